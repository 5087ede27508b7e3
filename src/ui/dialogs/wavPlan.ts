// What an audio file will be: its length, quality, size and name.
import type { WavBits } from '../../audio/interface.ts';
import { safeFileName } from '../../presets/text.ts';
import { number } from '../../synth/index.ts';

export interface WavPlan {
  readonly seconds: number;
  readonly sampleRate: number;
  readonly bits: WavBits;
}

export const WAV_BITS: readonly WavBits[] = [16, 24, 32];
export const WAV_RATES = [44100, 48000, 96000] as const;
export const WAV_LENGTH = number('Length', 180, { min: 10, max: 3600, unit: 's', taper: 'log' });

const CHANNELS = 2;
const MIB = 1024 * 1024;
const LARGE_BYTES = 500 * MIB;

export function planBytes({ seconds, sampleRate, bits }: WavPlan): number {
  return Math.round(seconds) * sampleRate * CHANNELS * (bits / 8);
}

export function isLarge(plan: WavPlan): boolean {
  return planBytes(plan) > LARGE_BYTES;
}

/** "34 MB", "1.2 GB". */
export function formatBytes(bytes: number): string {
  const mib = bytes / MIB;
  if (mib < 1) return 'less than 1 MB';
  return mib < 1000 ? `${String(Math.round(mib))} MB` : `${(mib / 1024).toFixed(1)} GB`;
}

/** "45 seconds", "3 minutes", "2 min 30 s", "1 hour". */
export function formatLength(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  if (whole >= 3600) return '1 hour';
  if (minutes === 0) return `${String(whole)} seconds`;
  if (rest === 0) return minutes === 1 ? '1 minute' : `${String(minutes)} minutes`;
  return `${String(minutes)} min ${String(rest)} s`;
}

/** Whole seconds below a minute, then whole 5 seconds, from 10 minutes on whole minutes: nobody wants 3 min 17.4 s. */
export function roundLength(seconds: number): number {
  const step = seconds < 60 ? 1 : seconds < 600 ? 5 : 60;
  return Math.round(seconds / step) * step;
}

export function wavFileName(name: string): string {
  return safeFileName(name, '.wav');
}

// What an audio file will be: what it holds, how long, which format, how large, what it is called.
import { estimateBytes, FORMATS } from '../../../audio/types.ts';
import type { AudioFormat, Encoding, SampleBits, ExportRange } from '../../../audio/types.ts';
import { safeFileName } from '../../../formats/text.ts';
import { number, sanitizeNightPlan, DEFAULT_NIGHT } from '../../../synth/index.ts';
import type { NumberParam } from '../../../synth/index.ts';
import { goTexts as texts } from './texts.ts';

export type SoundKind = ExportRange['kind'];

export interface SoundPlan {
  readonly kind: SoundKind;
  readonly seconds: number;
  /** Of a night: its last stretch. */
  readonly fadeSec: number;
  readonly format: AudioFormat;
  readonly sampleRate: number;
  readonly bits: SampleBits;
}

export const KINDS: readonly SoundKind[] = ['excerpt', 'loop', 'night'];
export const FORMAT_ORDER: readonly AudioFormat[] = ['wav', 'flac', 'opus', 'mp3'];

export const LENGTHS: Readonly<Record<SoundKind, NumberParam>> = {
  excerpt: number(180, { min: 10, max: 36000, unit: 'seconds', taper: 'log' }),
  loop: number(300, { min: 30, max: 1800, unit: 'seconds', taper: 'log' }),
  night: number(28800, { min: 600, max: 36000, unit: 'seconds', taper: 'log' }),
};
export const FADE = number(600, { min: 60, max: 3600, unit: 'seconds', taper: 'log' });

const MIB = 1024 * 1024;
const LARGE_BYTES = 500 * MIB;
/** From here on a file goes straight to the place a person picks, where the browser lets them: it never exists twice. */
const PICK_BYTES = 256 * MIB;

/** The plan's own wishes, as far as its format can follow them. */
export function encodingOf({ format, sampleRate, bits }: SoundPlan): Encoding {
  const facts = FORMATS[format];
  return {
    format,
    sampleRate: facts.rates.includes(sampleRate) ? sampleRate : 48000,
    bits: facts.bits.includes(bits) ? bits : (facts.bits.at(-1) ?? 16),
  };
}

export function soundOf({ kind, seconds, fadeSec }: SoundPlan): ExportRange {
  if (kind !== 'night') return { kind, seconds };
  const { plan } = sanitizeNightPlan({ ...DEFAULT_NIGHT, timerSec: seconds, fadeSec: Math.min(fadeSec, seconds) });
  return { kind, seconds, plan };
}

/** A loop is only seamless in a format that keeps every sample in its place. */
export function fits(format: AudioFormat, kind: SoundKind): boolean {
  return kind !== 'loop' || FORMATS[format].exact;
}

export function planBytes(plan: SoundPlan): number {
  return estimateBytes(encodingOf(plan), plan.seconds);
}

export function isLarge(plan: SoundPlan): boolean {
  return planBytes(plan) > LARGE_BYTES;
}

export function wantsPlace(plan: SoundPlan): boolean {
  return planBytes(plan) > PICK_BYTES;
}

/** "34 MB", "1.2 GB". */
export function formatBytes(bytes: number): string {
  const mib = bytes / MIB;
  if (mib < 1) return 'less than 1 MB';
  return mib < 1000 ? `${String(Math.round(mib))} MB` : `${(mib / 1024).toFixed(1)} GB`;
}

/** "45 seconds", "3 minutes", "2 min 30 s", "1 hour", "7 h 30 min". */
export function formatLength(seconds: number): string {
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = whole % 60;
  if (hours > 0 && minutes > 0) return `${String(hours)} h ${String(minutes)} min`;
  if (hours > 0) return counted(hours, 'hour');
  if (minutes === 0) return counted(whole, 'second');
  return rest === 0 ? counted(minutes, 'minute') : `${String(minutes)} min ${String(rest)} s`;
}

function counted(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${String(count)} ${word}s`;
}

/** Seconds, then 5 seconds, from 10 minutes on minutes, from an hour on 5 minutes: nobody wants 3 min 17.4 s. */
export function roundLength(seconds: number): number {
  const step = seconds < 60 ? 1 : seconds < 600 ? 5 : seconds < 3600 ? 60 : 300;
  return Math.round(seconds / step) * step;
}

/** What is left, in the coarse words of an estimate: "about 20 seconds left". */
export function formatLeft(seconds: number): string {
  const rounded = seconds < 90 ? Math.max(10, Math.ceil(seconds / 10) * 10) : Math.ceil(seconds / 60) * 60;
  return texts.left(formatLength(rounded));
}

export function soundFileName(name: string, { kind, format }: Pick<SoundPlan, 'kind' | 'format'>): string {
  return safeFileName(kind === 'excerpt' ? name : `${name}, ${texts.inName[kind]}`, FORMATS[format].extension);
}

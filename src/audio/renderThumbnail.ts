// Thumbnail of a scene: a few seconds of its sound → spectrogram with logarithmic frequency, levels 0…255.
import { renderScene } from '../synth/index.ts';
import type { Scene } from '../synth/index.ts';
import { fft } from './fft.ts';

const SAMPLE_RATE = 44100;
const FFT = 1024;
const LOW_HZ = 60;
const HIGH_HZ = 12000;
/** Range of levels below the brightest point. */
const RANGE_DB = 54;
/** The attack of the sound is left out. */
const SKIPPED_FADE_SEC = 0.5;

/**
 * Renders a scene and draws its spectrogram.
 * @param options - scene, seconds of sound, size in columns and rows
 * @returns `columns × rows` levels 0…255, column by column, low frequencies first
 */
export function renderThumbnail(options: { scene: Scene; seconds: number; columns: number; rows: number }): Uint8Array {
  const { scene, seconds, columns, rows } = options;
  const { left, right } = renderScene(scene, {
    seconds: seconds + SKIPPED_FADE_SEC,
    sampleRate: SAMPLE_RATE,
    fadeSec: 0,
  });
  const start = Math.round(SKIPPED_FADE_SEC * SAMPLE_RATE);
  const hop = (left.length - start - FFT) / Math.max(1, columns - 1);
  const power = new Float64Array(columns * rows);
  const re = new Float64Array(FFT);
  const im = new Float64Array(FFT);
  let peak = 1e-12;
  for (let column = 0; column < columns; column++) {
    const at = start + Math.floor(column * hop);
    for (let i = 0; i < FFT; i++) {
      const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FFT);
      re[i] = ((left[at + i] ?? 0) + (right[at + i] ?? 0)) * window;
    }
    im.fill(0);
    fft(re, im);
    for (let row = 0; row < rows; row++) {
      const from = binAtShare(row / rows);
      const to = Math.max(from + 1, binAtShare((row + 1) / rows));
      let peakPower = 0;
      for (let bin = Math.floor(from); bin < to; bin++)
        peakPower = Math.max(peakPower, (re[bin] ?? 0) ** 2 + (im[bin] ?? 0) ** 2);
      power[column * rows + row] = peakPower;
      peak = Math.max(peak, peakPower);
    }
  }
  return Uint8Array.from(power, (value) => {
    const db = 10 * Math.log10(value / peak + 1e-12);
    return Math.round(255 * Math.max(0, 1 + db / RANGE_DB));
  });
}

function binAtShare(share: number): number {
  return (LOW_HZ * (HIGH_HZ / LOW_HZ) ** share * FFT) / SAMPLE_RATE;
}

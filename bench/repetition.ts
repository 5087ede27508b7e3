// Does a sound come back? Autocorrelation of its level and of its waveform, so that neither a rhythm nor a loop goes unseen.
import { fft } from '../src/audio/fft.ts';

export interface Peak {
  readonly lagSec: number;
  readonly value: number;
}

const ENVELOPE_HZ = 10;
const WAVE_HZ = 500;
/** The waveform is judged below this: slow enough to follow through ten minutes of lag, and whatever loops, loops there too. */
const WAVE_BAND_HZ = 200;
const TAPS_PER_STEP = 8;
const SHORTEST_LAG_SEC = 1;
/** Slower than this is drift and not repetition; it is taken out of the level before. */
const TREND_SEC = 1200;
const PEAKS = 5;

/** Listens to a sound as it is made; `peaks` at any time tells how much of it came back so far. */
export class Repetition {
  readonly #longestLagSec: number;
  readonly #envelope: Float32Array;
  readonly #wave: Float32Array;
  readonly #stepFrames: number;
  readonly #envelopeFrames: number;
  readonly #filter: Float32Array;
  /** The newest samples of both ears together, twice over, so that a window of them is never cut. */
  readonly #recent: Float32Array;
  #frames = 0;
  #power = 0;

  constructor(sampleRate: number, seconds: number, longestLagSec = 600) {
    this.#longestLagSec = longestLagSec;
    this.#envelope = new Float32Array(Math.floor(seconds * ENVELOPE_HZ));
    this.#wave = new Float32Array(Math.floor(seconds * WAVE_HZ));
    this.#stepFrames = sampleRate / WAVE_HZ;
    this.#envelopeFrames = sampleRate / ENVELOPE_HZ;
    this.#filter = lowPass(TAPS_PER_STEP * this.#stepFrames, WAVE_BAND_HZ / sampleRate);
    this.#recent = new Float32Array(2 * this.#filter.length);
  }

  add(left: Float32Array, right: Float32Array): void {
    const taps = this.#filter.length;
    for (let i = 0; i < left.length; i++) {
      const [l, r] = [left[i] ?? 0, right[i] ?? 0];
      const at = this.#frames % taps;
      this.#recent[at] = l + r;
      this.#recent[at + taps] = l + r;
      this.#power += l * l + r * r;
      this.#frames += 1;
      if (this.#frames % this.#stepFrames === 0)
        this.#wave[this.#frames / this.#stepFrames - 1] = this.#filtered(at + 1);
      if (this.#frames % this.#envelopeFrames !== 0) continue;
      this.#envelope[this.#frames / this.#envelopeFrames - 1] = Math.sqrt(this.#power / (2 * this.#envelopeFrames));
      this.#power = 0;
    }
  }

  /** The highest summits of both autocorrelations at lags of a second and more, the highest first. */
  peaks(): { readonly envelope: Peak[]; readonly wave: Peak[] } {
    const envelope = this.#envelope.subarray(0, Math.floor(this.#frames / this.#envelopeFrames));
    const wave = this.#wave.subarray(0, Math.floor(this.#frames / this.#stepFrames));
    return {
      envelope: summits(withoutTrend(envelope), ENVELOPE_HZ, this.#longestLagSec),
      wave: summits(wave, WAVE_HZ, this.#longestLagSec),
    };
  }

  #filtered(from: number): number {
    let sum = 0;
    for (let i = 0; i < this.#filter.length; i++) sum += (this.#filter[i] ?? 0) * (this.#recent[from + i] ?? 0);
    return sum;
  }
}

/** A windowed sinc; `cutoff` as share of the sample rate. */
function lowPass(taps: number, cutoff: number): Float32Array {
  return Float32Array.from({ length: taps }, (_, i) => {
    const t = i - (taps - 1) / 2;
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / taps);
    return (window * Math.sin(2 * Math.PI * cutoff * t)) / (Math.PI * t);
  });
}

function summits(signal: Float32Array, hz: number, longestLagSec: number): Peak[] {
  const longest = longestLagSec * hz;
  const values = autocorrelation(signal, longest + 1);
  const peaks: Peak[] = [];
  for (let lag = SHORTEST_LAG_SEC * hz; lag <= longest; lag++) {
    const value = values[lag] ?? 0;
    const summit = value >= (values[lag - 1] ?? 0) && value > (values[lag + 1] ?? 0);
    if (summit) peaks.push({ lagSec: lag / hz, value });
  }
  return peaks.sort((a, b) => b.value - a.value).slice(0, PEAKS);
}

/** Lags 0…`longest`, against lag 0. In pieces by way of the spectrum: long signals cost no more than they must. */
function autocorrelation(signal: Float32Array, longest: number): Float64Array {
  const size = 2 ** Math.ceil(Math.log2(3 * longest));
  const step = size - longest;
  const [sumRe, sumIm] = [new Float64Array(size), new Float64Array(size)];
  for (let from = 0; from < signal.length; from += step) {
    // Real part: the piece and what came before it; imaginary part: the piece alone.
    const re = Float64Array.from({ length: size }, (_, i) => signal[from - longest + i] ?? 0);
    const im = Float64Array.from(re, (value, i) => (i < longest ? 0 : value));
    fft(re, im);
    for (let k = 0; k < size; k++) {
      const back = (size - k) % size;
      const aRe = ((re[k] ?? 0) + (re[back] ?? 0)) / 2;
      const aIm = ((im[k] ?? 0) - (im[back] ?? 0)) / 2;
      const bRe = ((im[k] ?? 0) + (im[back] ?? 0)) / 2;
      const bIm = ((re[back] ?? 0) - (re[k] ?? 0)) / 2;
      sumRe[k] = (sumRe[k] ?? 0) + aRe * bRe + aIm * bIm;
      sumIm[k] = (sumIm[k] ?? 0) + aRe * bIm - aIm * bRe;
    }
  }
  // The way back, as the conjugate of the way there.
  for (let k = 0; k < size; k++) sumIm[k] = -(sumIm[k] ?? 0);
  fft(sumRe, sumIm);
  const power = sumRe[0] ?? 0;
  return sumRe.slice(0, longest + 1).map((value) => (power > 0 ? value / power : 0));
}

/** Less a running mean of twenty minutes. */
function withoutTrend(envelope: Float32Array): Float32Array {
  const reach = (TREND_SEC * ENVELOPE_HZ) / 2;
  const sums = new Float64Array(envelope.length + 1);
  for (let i = 0; i < envelope.length; i++) sums[i + 1] = (sums[i] ?? 0) + (envelope[i] ?? 0);
  return Float32Array.from(envelope, (value, i) => {
    const from = Math.max(0, i - reach);
    const to = Math.min(envelope.length, i + reach);
    return value - ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
  });
}

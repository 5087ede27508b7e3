// Features that tests compare sounds by: level, centroid, band powers. Plain f64, free to use Math.

export function meanOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample;
  return sum / samples.length;
}

export function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}

export function mono({ left, right }: { left: Float32Array; right: Float32Array }): Float32Array {
  return left.map((sample, i) => (sample + right[i]!) / 2);
}

const FFT = 4096;

/** Mean power spectrum over half-overlapping Hann windows: `FFT / 2` bins. */
export function powerSpectrum(samples: Float32Array): Float64Array {
  const power = new Float64Array(FFT / 2);
  const re = new Float64Array(FFT);
  const im = new Float64Array(FFT);
  let windows = 0;
  for (let at = 0; at + FFT <= samples.length; at += FFT / 2) {
    for (let i = 0; i < FFT; i++) re[i] = samples[at + i]! * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FFT));
    im.fill(0);
    transform(re, im);
    for (let bin = 0; bin < FFT / 2; bin++) power[bin]! += re[bin]! ** 2 + im[bin]! ** 2;
    windows += 1;
  }
  return power.map((value) => value / Math.max(1, windows));
}

/** Power-weighted mean frequency above 60 Hz. */
export function centroidHz(samples: Float32Array, sampleRate: number): number {
  const power = powerSpectrum(samples);
  let weighted = 0;
  let total = 0;
  power.forEach((value, bin) => {
    const hz = (bin * sampleRate) / FFT;
    if (hz < 60) return;
    weighted += hz * value;
    total += value;
  });
  return weighted / total;
}

/** Octave-band powers from 125 Hz to 8 kHz, dB per hertz so that sample rates compare. */
export function bandPowerDb(samples: Float32Array, sampleRate: number): number[] {
  const power = powerSpectrum(samples);
  return [125, 250, 500, 1000, 2000, 4000, 8000].map((centre) => {
    let sum = 0;
    const from = Math.round((centre / Math.SQRT2 / sampleRate) * FFT);
    const to = Math.round(((centre * Math.SQRT2) / sampleRate) * FFT);
    for (let bin = from; bin < to; bin++) sum += power[bin]!;
    // The window's power grows with the density of bins: normalise to a density.
    return 10 * Math.log10((sum / (to - from)) * (1 / sampleRate) + 1e-30);
  });
}

/** In-place radix-2 transform, recursion-free. */
export function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j |= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const c = Math.cos((-2 * Math.PI * k) / size);
      const s = Math.sin((-2 * Math.PI * k) / size);
      for (let i = k; i < n; i += size) {
        const j = i + half;
        const r = re[j]! * c - im[j]! * s;
        const m = re[j]! * s + im[j]! * c;
        re[j] = re[i]! - r;
        im[j] = im[i]! - m;
        re[i]! += r;
        im[i]! += m;
      }
    }
  }
}

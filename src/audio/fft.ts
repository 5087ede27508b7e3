// Radix-2 fast Fourier transform, for offline use: thumbnails, measurements.

/**
 * Transforms in place.
 * @param re - real parts; the length is a power of two
 * @param im - imaginary parts, of the same length
 */
export function fft(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j |= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j] ?? 0, re[i] ?? 0];
      [im[i], im[j]] = [im[j] ?? 0, im[i] ?? 0];
    }
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const angle = (-2 * Math.PI * k) / size;
      const c = Math.cos(angle);
      const s = Math.sin(angle);
      for (let i = k; i < n; i += size) {
        const j = i + half;
        const r = (re[j] ?? 0) * c - (im[j] ?? 0) * s;
        const m = (re[j] ?? 0) * s + (im[j] ?? 0) * c;
        re[j] = (re[i] ?? 0) - r;
        im[j] = (im[i] ?? 0) - m;
        re[i] = (re[i] ?? 0) + r;
        im[i] = (im[i] ?? 0) + m;
      }
    }
  }
}

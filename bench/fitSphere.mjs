// Fits the near-field head table: exact rigid-sphere response → four gains on fixed first-order filters, per ear angle and distance.
//   node bench/fitSphere.mjs > src/synth/space/sphereTable.ts
// Sources: R. O. Duda & W. L. Martens, "Range dependence of the response of a spherical head model", JASA 104 (1998),
// eq. 2-5 for the series. The fit itself (minimum-phase target, weighted least squares, then decibel refinement) is ours.
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const HEAD_RADIUS_M = 0.0875;
const SOUND_SPEED = 343;
const CORNERS_HZ = [600, 2000, 6000];
const ANGLE_STEP_DEG = 10;
const DISTANCES = 12;
const NEAREST_M = 0.12;
const FARTHEST_M = 1;
/** Beyond this the sphere's ripples are too fine to hear or to fit. */
const HIGHEST_HZ = 14000;
const LOWEST_HZ = 60;

/** |pressure at the ear| over |free-field pressure at the head's centre|. */
export function sphereMagnitude(hz, distanceM, angleDeg) {
  const mu = (2 * Math.PI * hz * HEAD_RADIUS_M) / SOUND_SPEED;
  const rho = distanceM / HEAD_RADIUS_M;
  const far = mu * rho;
  const x = Math.cos((angleDeg * Math.PI) / 180);
  // Spherical Bessel j and y by upward recurrence (j loses its digits only where y dwarfs it), and Legendre P.
  const bessel = (z) => ({
    j0: Math.sin(z) / z,
    y0: -Math.cos(z) / z,
    j1: Math.sin(z) / z ** 2 - Math.cos(z) / z,
    y1: -Math.cos(z) / z ** 2 - Math.sin(z) / z,
    z,
  });
  const a = bessel(mu);
  const b = bessel(far);
  let p0 = 1;
  let p1 = x;
  let re = 0;
  let im = 0;
  for (let m = 0; m < 140; m++) {
    // h'_m(z) = (m/z)·h_m − h_{m+1}
    const dr = (m / mu) * a.j0 - a.j1;
    const di = (m / mu) * a.y0 - a.y1;
    const size = dr * dr + di * di;
    if (!Number.isFinite(size) || !Number.isFinite(b.y1)) break;
    const k = ((2 * m + 1) * p0) / size;
    const tr = k * (b.j0 * dr + b.y0 * di);
    const ti = k * (b.y0 * dr - b.j0 * di);
    re += tr;
    im += ti;
    if (m > mu + 10 && k * k * (b.j0 ** 2 + b.y0 ** 2) * size < 1e-22 * (re * re + im * im) && Math.abs(p0) > 0.05)
      break;
    [p0, p1] = [p1, ((2 * m + 3) * x * p1 - (m + 1) * p0) / (m + 2)];
    for (const f of [a, b]) {
      const n = (2 * m + 3) / f.z;
      [f.j0, f.j1] = [f.j1, n * f.j1 - f.j0];
      [f.y0, f.y1] = [f.y1, n * f.y1 - f.y0];
    }
  }
  return (rho / mu) * Math.hypot(re, im);
}

/** Solves the small symmetric system A·g = v in place. */
function solve(A, v) {
  const n = v.length;
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let r = i + 1; r < n; r++) if (Math.abs(A[r][i]) > Math.abs(A[pivot][i])) pivot = r;
    [A[i], A[pivot]] = [A[pivot], A[i]];
    [v[i], v[pivot]] = [v[pivot], v[i]];
    for (let r = i + 1; r < n; r++) {
      const f = A[r][i] / A[i][i];
      for (let c = i; c < n; c++) A[r][c] -= f * A[i][c];
      v[r] -= f * v[i];
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let c = i + 1; c < n; c++) v[i] -= A[i][c] * v[c];
    v[i] /= A[i][i];
  }
  return v;
}

const grid = Array.from({ length: 56 }, (_, i) => LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** (i / 55));
/** Hearing resolves less at the top: the last octave counts less. */
const weight = grid.map((hz) => (hz > 9000 ? 0.4 : 1));

export function basis(hz, corners = CORNERS_HZ) {
  return [[1, 0], ...corners.map((c) => [1 / (1 + (hz / c) ** 2), -(hz / c) / (1 + (hz / c) ** 2)])];
}

export function magnitude(gains, hz, corners = CORNERS_HZ) {
  let re = 0;
  let im = 0;
  basis(hz, corners).forEach(([r, i], k) => {
    re += gains[k] * r;
    im += gains[k] * i;
  });
  return Math.hypot(re, im);
}

/** Gauss–Newton in decibels with a leash on the step and on the size of the gains (keeps neighbours alike). */
function fit(target, start, corners) {
  let gains = [...start];
  const n = gains.length;
  const LEASH = 0.02;
  for (let round = 0; round < 60; round++) {
    const A = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? LEASH : 0)));
    const v = gains.map((g, i) => -LEASH * (g - start[i]) * 0.2);
    grid.forEach((hz, q) => {
      const b = basis(hz, corners);
      let re = 0;
      let im = 0;
      b.forEach(([r, i], k) => {
        re += gains[k] * r;
        im += gains[k] * i;
      });
      const size = re * re + im * im;
      const error = 20 * Math.log10(target[q]) - 10 * Math.log10(size);
      const slope = b.map(([r, i]) => (8.686 * (re * r + im * i)) / size);
      for (let i = 0; i < n; i++) {
        v[i] += weight[q] * slope[i] * error;
        for (let j = 0; j < n; j++) A[i][j] += weight[q] * slope[i] * slope[j];
      }
    });
    for (let i = 0; i < n; i++) A[i][i] *= 1.02;
    const step = solve(A, v);
    const longest = Math.max(...step.map(Math.abs));
    const shrink = Math.min(1, 0.25 / longest);
    gains = gains.map((g, i) => g + shrink * step[i]);
    if (longest < 1e-6) break;
  }
  return gains;
}

/** The whole table, worst and mean error in decibels (below 9 kHz). */
export function buildTable(corners = CORNERS_HZ, stepDeg = ANGLE_STEP_DEG) {
  const rows = [];
  let worst = 0;
  let sum = 0;
  let count = 0;
  let where = '';
  let along = [1, 0, 0, 0].slice(0, corners.length + 1);
  for (let d = DISTANCES - 1; d >= 0; d--) {
    const distance = FARTHEST_M * (NEAREST_M / FARTHEST_M) ** (d / (DISTANCES - 1));
    const row = [];
    let start = along;
    for (let angle = 0; angle <= 180; angle += stepDeg) {
      const target = grid.map((hz) => sphereMagnitude(hz, distance, angle));
      const gains = fit(target, start, corners);
      if (angle === 0) along = gains;
      start = gains;
      row.push(gains);
      grid.forEach((hz, q) => {
        if (hz > 9000) return;
        const error = Math.abs(20 * Math.log10(magnitude(gains, hz, corners) / target[q]));
        sum += error;
        count += 1;
        if (error > worst) {
          worst = error;
          where = `${distance.toFixed(3)} m ${angle} deg ${hz.toFixed(0)} Hz`;
        }
      });
    }
    rows[d] = row;
  }
  return { rows, worst, mean: sum / count, where };
}

/** Root mean square over 125 Hz…8 kHz of pink noise through the fitted filter: how loud this ear is. */
export function pinkLevel(gains) {
  let sum = 0;
  const STEPS = 60;
  for (let i = 0; i < STEPS; i++) sum += magnitude(gains, 125 * 64 ** ((i + 0.5) / STEPS)) ** 2;
  return Math.sqrt(sum / STEPS);
}

function main() {
  const { rows, worst, mean, where } = buildTable();
  const numbers = rows.map((row) =>
    row.map((g) => [...g, pinkLevel(g)].map((x) => String(Number(x.toFixed(4)))).join(', ')),
  );
  process.stdout
    .write(`// Rigid-sphere head, near and far: gains of [direct, low-passes at ${CORNERS_HZ.join(', ')} Hz] and the pink level of their sum.
// Made by bench/fitSphere.mjs from the exact series (Duda & Martens 1998); below 9 kHz the mean error is ${mean.toFixed(2)} dB, the worst
// ${worst.toFixed(1)} dB (${where}, inside a notch behind the head). Relative to the free field at the head's centre.

export const HEAD_RADIUS_M = ${HEAD_RADIUS_M};
export const SOUND_SPEED = ${SOUND_SPEED};
/** Corners of the fixed first-order low-passes the gains belong to. */
export const SPHERE_CORNERS_HZ = [${CORNERS_HZ.join(', ')}] as const;
export const ANGLE_STEP_DEG = ${ANGLE_STEP_DEG};
export const ANGLES = ${rows[0].length};
/** Rows run evenly in closeness, from 1 m (0) to 12 cm (1). */
export const DISTANCES = ${DISTANCES};
export const COLUMNS = ${rows[0][0].length + 1};

// prettier-ignore
export const SPHERE_TABLE: Float64Array = Float64Array.of(
${numbers.map((row) => row.map((g) => `  ${g},`).join('\n')).join('\n')}
);
`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();

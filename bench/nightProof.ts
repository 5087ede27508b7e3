// One scene through a whole night, offline: engine in pieces → limits, drift, repetition, memory. Writes JSON every hour.
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { FACTORY } from '../src/presets/factory.ts';
import { Engine } from '../src/synth/index.ts';
import { LoudnessMeter } from '../src/synth/master/loudness.ts';
import { fromLufs, toLufs } from '../src/synth/master/weighting.ts';

const RATE = 48000;
/** A tenth of a second: one point of the envelope, and one gating block of the loudness. */
const PIECE = RATE / 10;
const PIECES_PER_HOUR = 36000;
const SHORTEST_LAG = 10;
const LONGEST_LAG = 6000;
/** Slower than this is drift and not repetition; it is taken out of the envelope before. */
const TREND_PIECES = 12000;

interface Hour {
  readonly lufs: number;
  readonly dcDb: number;
  readonly heapMb: number;
  readonly rssMb: number;
}

interface Peak {
  readonly lagSec: number;
  readonly value: number;
}

/** Arguments: --scene ID --hours N --out FILE. The night has no timer and no arc: what changes then is the engine's fault. */
export function main(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scene: { type: 'string', default: 'slow-glass' },
      hours: { type: 'string', default: '8' },
      out: { type: 'string', default: 'night-proof.json' },
    },
  });
  const preset = FACTORY.find(({ id }) => id === values.scene);
  if (!preset) throw new Error(`There is no factory scene "${values.scene}".`);
  const engine = new Engine({ sampleRate: RATE, mode: 'sleep' });
  engine.setScene(preset.scene);
  engine.startNight({ timerSec: null, fadeSec: 600, after: 'silence', lowUntilSec: null, arc: false, wake: null });
  engine.start(8);
  const meter = new LoudnessMeter(RATE);
  const [left, right] = [new Float32Array(PIECE), new Float32Array(PIECE)];
  const envelope = new Float32Array(Number(values.hours) * PIECES_PER_HOUR);
  const momentary = new Float32Array(PIECES_PER_HOUR);
  const hours: Hour[] = [];
  let nonFinite = 0;
  let leftSum = 0;
  let rightSum = 0;
  const began = performance.now();
  for (let piece = 0; piece < envelope.length; piece++) {
    engine.process(left, right);
    let power = 0;
    for (let i = 0; i < PIECE; i++) {
      const [l, r] = [left[i] ?? NaN, right[i] ?? NaN];
      if (!Number.isFinite(l) || !Number.isFinite(r)) nonFinite += 1;
      leftSum += l;
      rightSum += r;
      power += l * l + r * r;
    }
    meter.add(left, right);
    envelope[piece] = Math.sqrt(power / (2 * PIECE));
    const inHour = piece % PIECES_PER_HOUR;
    momentary[inHour] = fromLufs(meter.momentaryLufs);
    if (inHour !== PIECES_PER_HOUR - 1) continue;
    const frames = PIECES_PER_HOUR * PIECE;
    const dcDb = 20 * Math.log10(Math.max(Math.abs(leftSum), Math.abs(rightSum), 1e-9) / frames);
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    hours.push({ lufs: integrated(momentary), dcDb, heapMb: heapUsed / 2 ** 20, rssMb: rss / 2 ** 20 });
    [leftSum, rightSum] = [0, 0];
    const result = {
      scene: values.scene,
      name: preset.name,
      hasBed: engine.hasBed,
      hours,
      nonFinite,
      rebuilt: engine.rebuilt,
      truePeakDb: meter.truePeakDb(),
      maxMomentaryLufs: meter.maxMomentaryLufs(),
      emergenceDb: meter.maxEmergenceDb(),
      peaks: repetition(envelope.subarray(0, piece + 1)),
      xRealtime: (1000 * (piece + 1)) / 10 / (performance.now() - began),
    };
    writeFileSync(values.out, `${JSON.stringify(result, null, 1)}\n`);
  }
}

/** Gated as BS.1770 asks: 400 ms blocks, three quarters overlapping. */
function integrated(powers: Float32Array): number {
  const absolute = fromLufs(-70);
  const audible = powers.filter((power) => power > absolute);
  const gate = Math.max(absolute, 0.1 * mean(audible));
  return toLufs(mean(audible.filter((power) => power > gate)));
}

function mean(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length > 0 ? sum / values.length : 0;
}

/** The highest local maxima of the envelope's autocorrelation, lags 1…600 s, the highest first. */
function repetition(envelope: Float32Array): Peak[] {
  const flat = withoutTrend(envelope);
  const at = (lag: number): number => {
    let sum = 0;
    for (let i = lag; i < flat.length; i++) sum += (flat[i] ?? 0) * (flat[i - lag] ?? 0);
    return sum;
  };
  const power = at(0);
  const values = new Float64Array(LONGEST_LAG + 2);
  for (let lag = SHORTEST_LAG - 1; lag < values.length; lag++) values[lag] = at(lag) / power;
  const peaks: Peak[] = [];
  for (let lag = SHORTEST_LAG; lag <= LONGEST_LAG; lag++) {
    const value = values[lag] ?? 0;
    const summit = value >= (values[lag - 1] ?? 0) && value > (values[lag + 1] ?? 0);
    if (summit) peaks.push({ lagSec: lag / 10, value });
  }
  return peaks.sort((a, b) => b.value - a.value).slice(0, 5);
}

/** Less a running mean of twenty minutes. */
function withoutTrend(envelope: Float32Array): Float64Array {
  const sums = new Float64Array(envelope.length + 1);
  for (let i = 0; i < envelope.length; i++) sums[i + 1] = (sums[i] ?? 0) + (envelope[i] ?? 0);
  return Float64Array.from(envelope, (value, i) => {
    const from = Math.max(0, i - TREND_PIECES / 2);
    const to = Math.min(envelope.length, i + TREND_PIECES / 2);
    return value - ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
  });
}

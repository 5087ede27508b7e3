// One scene through a whole night, offline: engine in pieces → limits, drift, repetition, memory. Writes JSON every hour.
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { FACTORY } from '../src/presets/factory.ts';
import { Engine } from '../src/synth/index.ts';
import { LoudnessMeter } from '../src/synth/analysis/loudness.ts';
import { fromLufs, toLufs } from '../src/synth/master/weighting.ts';
import { Repetition } from './repetition.ts';

const RATE = 48000;
/** A tenth of a second: one point of the envelope, and one gating block of the loudness. */
const PIECE = RATE / 10;
const PIECES_PER_HOUR = 36000;

interface Hour {
  readonly lufs: number;
  readonly dcDb: number;
  readonly heapMb: number;
  readonly rssMb: number;
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
  const pieces = Number(values.hours) * PIECES_PER_HOUR;
  const repetition = new Repetition(RATE, pieces / 10);
  const momentary = new Float32Array(PIECES_PER_HOUR);
  const hours: Hour[] = [];
  let nonFinite = 0;
  let leftSum = 0;
  let rightSum = 0;
  const usedSec = (): number => process.cpuUsage().user / 1e6;
  const began = usedSec();
  for (let piece = 0; piece < pieces; piece++) {
    engine.process(left, right);
    for (let i = 0; i < PIECE; i++) {
      const [l, r] = [left[i] ?? NaN, right[i] ?? NaN];
      if (!Number.isFinite(l) || !Number.isFinite(r)) nonFinite += 1;
      leftSum += l;
      rightSum += r;
    }
    meter.push(left, right);
    repetition.add(left, right);
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
      hasBed: engine.hasAmbience,
      hours,
      nonFinite,
      rebuilt: engine.rebuilt,
      truePeakDb: meter.truePeakDb(),
      maxMomentaryLufs: meter.maxMomentaryLufs(),
      emergenceDb: meter.maxEmergenceDb(),
      ...repetition.peaks(),
      xRealtime: (piece + 1) / 10 / (usedSec() - began),
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

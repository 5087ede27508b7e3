// The engine in Node: time per sample of every trigger and of whole scenes, blocks of 128.
import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { Engine, TRIGGERS } from '../src/synth/index.ts';
import type { EngineOptions, Scene } from '../src/synth/index.ts';
import { warmUp } from '../src/synth/engine/warmUp.ts';
import { corners, defaultScene, sceneOf } from './scenes.ts';

const RATE = 48000;
const BLOCK = 128;
const QUANTUM_MS = (1000 * BLOCK) / RATE;

export interface Row {
  readonly name: string;
  readonly nsPerSample: number;
  readonly xRealtime: number;
}

/** A scene that has played for two seconds, ready to be timed. */
class Run {
  readonly name: string;
  bestNs = Infinity;
  readonly #engine: Engine;
  readonly #left = new Float32Array(BLOCK);
  readonly #right = new Float32Array(BLOCK);

  constructor(name: string, scene: Scene, options: Partial<EngineOptions> = {}) {
    this.name = name;
    this.#engine = new Engine({ sampleRate: RATE, ...options });
    this.#engine.setScene(scene);
    this.#engine.start(0);
    this.play(2);
  }

  play(seconds: number): void {
    for (let i = 0; i < (seconds * RATE) / BLOCK; i++) this.#engine.process(this.#left, this.#right);
  }

  time(seconds: number): void {
    const before = performance.now();
    this.play(seconds);
    this.bestNs = Math.min(this.bestNs, ((performance.now() - before) * 1e6) / (seconds * RATE));
  }

  row(): Row {
    return { name: this.name, nsPerSample: this.bestNs, xRealtime: 1e9 / (this.bestNs * RATE) };
  }
}

/** Every row in one run, interleaved, so that they share the machine's moods. The least time counts. */
function timed(runs: readonly Run[], seconds: number, rounds: number): Row[] {
  for (let round = 0; round < rounds; round++) for (const run of runs) run.time(seconds);
  return runs.map((run) => run.row());
}

export function benchTriggers(): Row[] {
  return TRIGGERS.flatMap((trigger) => {
    const worst = timed(
      corners(trigger).map(({ name, scene }) => new Run(name, scene)),
      1,
      2,
    ).reduce((a, b) => (a.nsPerSample > b.nsPerSample ? a : b));
    const corner = corners(trigger).find(({ name }) => name === worst.name);
    const runs = [new Run(`${trigger.id}, defaults`, defaultScene(trigger))];
    if (corner) runs.push(new Run(`${trigger.id}, worst (${worst.name})`, corner.scene));
    return timed(runs, 2, 5);
  });
}

export function benchScenes(): Row[] {
  return timed([new Run('2 layers, room, limiter', sceneOf(2)), new Run('4 layers, room, limiter', sceneOf(4))], 3, 7);
}

/** The same scenes at night, as they are and in eco, in one run. */
export function benchEco(): Row[] {
  const scenes = [
    ...TRIGGERS.map((trigger) => ({ name: trigger.id, scene: defaultScene(trigger) })),
    ...[2, 4].map((layers) => ({ name: `${String(layers)} layers`, scene: sceneOf(layers) })),
  ];
  return scenes.flatMap(({ name, scene }) =>
    timed(
      [false, true].map(
        (eco) => new Run(`night, ${name}${eco ? ', eco' : ''}`, scene, { mode: 'sleep', lowPower: eco }),
      ),
      1,
      7,
    ),
  );
}

export interface Steadiness {
  readonly firstBlockMs: number;
  /** Share of the quantum's duration, percent. */
  readonly p999Percent: number;
  readonly collections: number;
}

/** First block of a warmed-up engine, block times over 100 s of sound, and garbage collections meanwhile. */
export async function benchSteadiness(): Promise<Steadiness> {
  warmUp(sceneOf(4), { sampleRate: RATE }); // as the worklet does, before it is connected
  const engine = new Engine({ sampleRate: RATE });
  engine.setScene(sceneOf(4));
  engine.start(0);
  const left = new Float32Array(BLOCK);
  const right = new Float32Array(BLOCK);
  const before = performance.now();
  engine.process(left, right);
  const firstBlockMs = performance.now() - before;

  const blocks = (100 * RATE) / BLOCK;
  const times = new Float64Array(blocks);
  for (let i = 0; i < 4000; i++) engine.process(left, right);
  let collections = 0;
  const observer = new PerformanceObserver((list) => (collections += list.getEntries().length));
  observer.observe({ entryTypes: ['gc'] });
  for (let i = 0; i < blocks; i++) {
    const start = performance.now();
    engine.process(left, right);
    times[i] = performance.now() - start;
  }
  await setImmediate(); // lets the observer report
  observer.disconnect();
  times.sort();
  return { firstBlockMs, p999Percent: (100 * (times[Math.floor(blocks * 0.999)] ?? 0)) / QUANTUM_MS, collections };
}

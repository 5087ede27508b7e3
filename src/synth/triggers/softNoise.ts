// Soft noise: white noise + Poisson impulses → filter bank (two bands, two low-passes) → slow swell → 2 emitters, partly correlated.
import { FilterBank } from '../dsp/filterBank.ts';
import { clamp, cos, exp, fromDb, lerp, lerpLog, sin, sqrt, TAU } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import { SmoothNoise } from '../dsp/smoothNoise.ts';
import { PoissonProcess } from '../dsp/poissonProcess.ts';
import type { Ptr } from '../kernelExports.ts';
import { number, unit } from '../params.ts';
import type { ValuesOf } from '../params.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import { defineTrigger } from '../trigger.ts';
import type { Block, Voice, VoiceContext } from '../trigger.ts';

const EMITTERS = 2;
/** Root mean square at the house level, for the usual tilt. */
const HOUSE_RMS = 0.00275;

/** Two octaves apart, these add up to an even slope. The lower two are bands: what lies below hearing is left out. */
const CORNERS_HZ = [80, 300, 1120, 4480] as const;
const BANDS = 2;
/** Two real poles: no bump at the corner. */
const CORNER_Q = 0.5;
/** Weight of each corner against the one below: a slope of −2 (bright) to −6.5 dB an octave (dark). */
const DARK_STEP_DB = -13;
const BRIGHT_STEP_DB = -4.5;

/** Grains: how many, and their share of the power at full crispness. */
const GRAINS_PER_SEC = 180;
const MAX_GRAIN_SHARE = 0.75;
const MIN_ENERGY = 0.3;
const MAX_ENERGY = 2.2;

/** The swell: its depth at most, dB either way, and how much of it both sides share. */
const MAX_SWELL_DB = 3.5;
const SHARED = 0.75;
/** Slow random shift of the colour: octaves of the top corners. */
const LEAN_OCT = 0.5;
const MINUTES_SEC = 300;
/** The sides' own swell against the shared one. */
const SIDE_PACE = 1.31;
/** Beside the swell it is never quite still: dB either way with full surprise, anew every few seconds. */
const MOOD_DB = 1.3;
const MOOD_SEC = 4;

/** Length of a one-shot. */
const ONE_SHOT_SEC = 2.4;
/** Planning anew every 20 ms is enough. */
const PLAN_BLOCKS = 8;

const PARAMS = {
  softness: unit(0.6, {
    words: ['open', 'airy', 'gentle', 'soft', 'muffled'],
  }),
  brightness: unit(0.35, {
    words: ['veryDark', 'dark', 'warm', 'clear', 'bright'],
  }),
  crispness: unit(0.15, {
    words: ['smooth', 'silky', 'fine', 'sandy', 'grainy'],
  }),
  pace: number(0.022, {
    min: 0.011,
    max: 0.05,
    unit: 'perSecond',
    taper: 'log',
    words: ['verySlow', 'slow', 'unhurried', 'breathing', 'lively'],
  }),
  steadiness: unit(0.5, {
    words: ['wandering', 'loose', 'even', 'steady', 'regular'],
  }),
  surprise: unit(0.35, {
    words: ['alike', 'calm', 'lively', 'varied', 'wild'],
  }),
  swell: unit(0.55, {
    words: ['still', 'barely', 'gentle', 'clear', 'deep'],
    levels: [
      ['still', 0.15],
      ['deep', Infinity],
    ],
  }),
  width: unit(0.7, {
    words: ['onePlace', 'narrow', 'open', 'wide', 'allAround'],
  }),
} as const;

/**
 * Soft noise.
 * Source: R. Voss & J. Clarke 1975, 1/f noise in music and speech: why sloped noise sounds natural.
 * Source: Tuned by measurement, 2026-11.
 */
export const softNoise = defineTrigger({
  id: 'softNoise',
  family: 'ambience',
  params: PARAMS,
  emitters: EMITTERS,
  create: (context) => new SoftNoiseVoice(context),
});

type Values = ValuesOf<typeof PARAMS>;

class SoftNoiseVoice implements Voice<Values> {
  readonly strokePosition = 0;
  readonly #context: VoiceContext;
  readonly #seeds: Random;
  readonly #noise: Ptr;
  readonly #mix: Ptr;
  readonly #mixView: Float32Array;
  readonly #out: Ptr;
  readonly #filters: FilterBank[] = [];
  #sway: SmoothNoise;
  #sides: readonly SmoothNoise[] = [];
  readonly #moods: SmoothNoise[] = [];
  readonly #lean: SmoothNoise;
  readonly #impulses: PoissonProcess;
  readonly #impulseDraws: Random;
  readonly #gains = new Float64Array(EMITTERS);
  /** Of the slow swell, cycles: whole ones are crests. */
  #phase = 0;
  /** Swells per second: as asked for, or the nearest that closes a loop. */
  #pace = 0;
  /** Reused for every filter. */
  readonly #outputs = { low: 0, band: 0, high: 0 };
  #blocksToPlan = 0;
  #level = 0;
  #grainShare = 0;

  constructor(context: VoiceContext) {
    const { arena, random, loopSec } = context;
    this.#context = context;
    this.#seeds = random.stream('noise');
    this.#noise = arena.floats(BLOCK_FRAMES);
    this.#mix = arena.floats(BLOCK_FRAMES);
    this.#mixView = arena.view(this.#mix, BLOCK_FRAMES);
    this.#out = arena.floats(BLOCK_FRAMES);
    for (let i = 0; i < EMITTERS; i++) {
      this.#filters.push(new FilterBank(context));
      this.#moods.push(new SmoothNoise(random.stream('mood').stream(i), { period: MOOD_SEC, loop: loopSec }));
    }
    this.#sway = new SmoothNoise(random.stream('sway'), { period: 1 });
    this.#sides = this.#createSides(Infinity);
    this.#lean = new SmoothNoise(random.stream('lean'), { period: MINUTES_SEC, loop: loopSec });
    this.#impulses = new PoissonProcess(random.stream('grains'));
    this.#impulseDraws = random.stream('grain draws');
    this.#phase = random.stream('phase').uniform(0);
    this.#gains.fill(-1);
  }

  render(block: Block, values: Values): void {
    const { kernels, sampleRate, oneShot } = this.#context;
    if (this.#blocksToPlan === 0) this.#plan(block.timeSec, values);
    this.#blocksToPlan = (this.#blocksToPlan + 1) % PLAN_BLOCKS;
    const blockSec = BLOCK_FRAMES / sampleRate;
    this.#setPace(values.pace);
    this.#advancePhase(block, this.#pace * blockSec);
    const envelope = oneShot ? oneShotGain(block.timeSec + blockSec) : 1;
    if (oneShot && block.timeSec > ONE_SHOT_SEC) return;

    const own = sqrt(clamp(values.width, 0, 1));
    const common = sqrt(1 - own * own);
    const smooth = sqrt(1 - this.#grainShare);
    for (let i = 0; i < EMITTERS; i++) {
      const emitter = block.emitters[i];
      const filter = this.#filters[i];
      if (!emitter || !filter) continue;
      kernels.clear(this.#mix, BLOCK_FRAMES);
      this.#addNoise(0, block.frame, common * smooth);
      this.#addNoise(1 + i, block.frame, own * smooth);
      this.#addGrains(block, i, blockSec);
      kernels.clear(this.#out, BLOCK_FRAMES);
      filter.render(this.#mix, this.#out, BLOCK_FRAMES);
      const gain = this.#level * this.#swell(i, block.timeSec, values) * envelope * block.loopGain;
      const from = this.#gains[i] ?? 0;
      kernels.addRamp(this.#out, emitter.out, from < 0 ? gain : from, gain, BLOCK_FRAMES);
      this.#gains[i] = gain;
    }
  }

  #plan(timeSec: number, values: Values): void {
    const step = fromDb(lerp(DARK_STEP_DB, BRIGHT_STEP_DB, values.brightness));
    const lean = LEAN_OCT * values.surprise * 0.5 * this.#lean.at(timeSec);
    const open = lerpLog(1.9, 0.5, values.softness) * exp(lean * 0.69);
    const outputs = this.#outputs;
    let weight = 1;
    let power = 0;
    for (let lane = 0; lane < CORNERS_HZ.length; lane++) {
      // Softness takes from the top; the lowest corner stays.
      const hz = (CORNERS_HZ[lane] ?? 0) * (lane === 0 ? 1 : lane === 1 ? sqrt(open) : open);
      outputs.low = lane < BANDS ? 0 : weight;
      outputs.band = lane < BANDS ? weight : 0;
      for (const filter of this.#filters) {
        filter.setFilter(lane, hz, CORNER_Q, outputs);
      }
      // What is heard of a corner: its band's power, weighed as the ear weighs it (little below 100 Hz).
      power += weight * weight * hz * (lane === 0 ? 0.25 : 1);
      weight *= step;
    }
    this.#level = (HOUSE_RMS * sqrt(this.#context.sampleRate)) / sqrt(power);
    this.#grainShare = MAX_GRAIN_SHARE * values.crispness * values.crispness;
  }

  /** A loop holds whole swells. */
  #setPace(pace: number): void {
    const { loopSec, random } = this.#context;
    if (loopSec === Infinity) this.#pace = pace;
    if (this.#pace > 0) return;
    const swells = Math.max(1, Math.round(pace * loopSec));
    this.#pace = swells / loopSec;
    this.#sway = new SmoothNoise(random.stream('sway'), { period: 1, loop: 2 * swells });
    this.#sides = this.#createSides(2 * SIDE_PACE * swells);
  }

  #createSides(loop: number): SmoothNoise[] {
    const random = this.#context.random.stream('side');
    return Array.from({ length: EMITTERS }, (_, i) => new SmoothNoise(random.stream(i), { period: 1, loop }));
  }

  /** Crests of the swell are its onsets. */
  #advancePhase(block: Block, cycles: number): void {
    const before = this.#phase;
    this.#phase += cycles;
    if (Math.floor(this.#phase) > Math.floor(before)) block.onset(0, 0.3, Math.floor(this.#phase) % EMITTERS);
  }

  #swell(side: number, timeSec: number, values: Values): number {
    const depth = MAX_SWELL_DB * values.swell;
    const regular = cos(TAU * this.#phase + 0.5 * side);
    const position = timeSec * this.#pace * 2;
    const free = SHARED * this.#sway.at(position) + (1 - SHARED) * (this.#sides[side]?.at(SIDE_PACE * position) ?? 0);
    const roam = values.surprise * (this.#moods[side]?.at(timeSec) ?? 0);
    return fromDb(depth * clamp(lerp(0.8 * free, regular, values.steadiness), -1, 1) + MOOD_DB * roam);
  }

  #addNoise(stream: number, frame: number, gain: number): void {
    if (gain <= 0) return;
    const { kernels } = this.#context;
    kernels.noiseFill(this.#noise, this.#seeds.uint32(stream), frame, BLOCK_FRAMES);
    kernels.addRamp(this.#noise, this.#mix, gain, gain, BLOCK_FRAMES);
  }

  /** Impulses with the power that smooth noise gave up. Grains fall in one place each. */
  #addGrains(block: Block, side: number, blockSec: number): void {
    if (this.#grainShare <= 0) return;
    const { sampleRate } = this.#context;
    const size = sqrt((this.#grainShare * sampleRate) / GRAINS_PER_SEC);
    const grains = this.#impulses;
    grains.beginBlock(2 * (block.frame / BLOCK_FRAMES) + side, GRAINS_PER_SEC, blockSec);
    while (grains.next()) {
      const at = Math.min(BLOCK_FRAMES - 1, Math.floor(grains.atSec * sampleRate));
      const draw = this.#impulseDraws.uniform(grains.id);
      const sign = draw < 0.5 ? -1 : 1;
      const energy = MIN_ENERGY + (MAX_ENERGY - MIN_ENERGY) * ((2 * draw) % 1) * ((2 * draw) % 1);
      this.#mixView[at] = (this.#mixView[at] ?? 0) + sign * size * sqrt(energy);
    }
  }
}

/** Envelope of a one-shot: one slow swell. */
function oneShotGain(timeSec: number): number {
  if (timeSec >= ONE_SHOT_SEC) return 0;
  const rise = sin((Math.PI * timeSec) / ONE_SHOT_SEC);
  return rise * rise;
}

// Soft rain: gusts → wash noise + far drops + near drops (Poisson processes) on a surface or on water → 3 emitters.
import { clamp, exp2, fromDb, lerp, lerpLog, sin } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import { SmoothNoise } from '../dsp/smoothNoise.ts';
import { Raindrops } from '../exciters/raindrops.ts';
import { PoissonProcess } from '../dsp/poissonProcess.ts';
import { choice, number, unit } from '../params.ts';
import type { ValuesOf } from '../params.ts';
import { RainGround } from '../resonators/rainGround.ts';
import type { FarDrop, NearDrop, RainParams } from '../resonators/rainGround.ts';
import { RAIN_SURFACES } from '../materials/rainSurfaces.ts';
import type { RainSurface, RainSurfaceId } from '../materials/rainSurfaces.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import { defineTrigger } from '../trigger.ts';
import type { Block, Voice, VoiceContext } from '../trigger.ts';

const EMITTERS = 3;
/** Mean square of all emitters together: the house level. */
const HOUSE_POWER = 4.5e-4;
/** Slower near drops are not louder ones: their share falls with their rate below this. */
const DEFAULT_NEAR_PER_SEC = 5;
const MIN_FAR_PER_SEC = 50;
const MAX_FAR_PER_SEC = 400;
/** How far the colours of drops a little away differ (octaves, one SD). */
const FAR_SPREAD_OCT = 0.8;
/** Onset of a tap from sharpest to softest. */
const MIN_RAMP_SEC = 0.0003;
const MAX_RAMP_SEC = 0.006;
/** The wash's bands, each against the one below: bright and dark. */
const BRIGHT_SLOPE_DB = -2.5;
const DARK_SLOPE_DB = -9;
/** Gusts: how deep at most, dB either way, and how long. */
const MAX_GUST_DB = 2.4;
const GUST_SEC = 34;
const MAX_FLURRY_DB = 1.2;
const FLURRY_SEC = 5;
/** The two sides differ a little, from one time to the next. */
const SIDE_SEC = 19;
const MINUTES_SEC = 400;
/** Length of a one-shot. */
const ONE_SHOT_SEC = 2.2;
const PLAN_BLOCKS = 8;
/** No near drop brings more than this many times the mean: none startles. */
const MAX_ENERGY = 2.5;
/** What the picture shows of near drops. */
const ONSET_GAP_SEC = 0.06;

const PARAMS = {
  softness: unit(0.6, {
    words: ['pattering', 'clear', 'gentle', 'soft', 'hushed'],
  }),
  brightness: unit(0.4, {
    words: ['dark', 'warm', 'natural', 'clear', 'bright'],
  }),
  crispness: unit(0.45, {
    words: ['oneWash', 'blurred', 'even', 'distinct', 'everyDrop'],
  }),
  pace: number(4, {
    min: 0.5,
    max: 12,
    unit: 'perSecond',
    taper: 'log',
  }),
  steadiness: unit(0.6, {
    words: ['gusty', 'changing', 'natural', 'steady', 'even'],
  }),
  surprise: unit(0.35, {
    words: ['alike', 'calm', 'lively', 'varied', 'wild'],
  }),
  surface: choice<RainSurfaceId>('leaves', ['leaves', 'canvas', 'window', 'tin', 'earth', 'water']),
  density: unit(0.45, {
    words: ['fewDrops', 'light', 'medium', 'full', 'steady'],
  }),
  size: unit(0.45, { words: ['fine', 'small', 'medium', 'large', 'heavy'] }),
  wetness: unit(0.2, {
    words: ['dryGround', 'damp', 'wet', 'puddlesHereAndThere', 'puddles'],
  }),
  nearness: unit(0.4, {
    words: ['farAway', 'acrossTheGarden', 'outsideTheWindow', 'near', 'allAroundYou'],
  }),
} as const;

/**
 * Soft rain.
 * Source: J. Marshall & W. Palmer 1948, The distribution of raindrops with size.
 * Source: D. Atlas et al. 1973, Doppler radar characteristics of precipitation: terminal speed of drops.
 * Source: K. van den Doel 2005, Physically based models for liquid sounds: bubbles.
 * Source: A. Farnell 2010, Designing Sound: variety of rain comes from what it falls on.
 */
export const softRain = defineTrigger({
  id: 'softRain',
  family: 'ambience',
  params: PARAMS,
  emitters: EMITTERS,
  create: (context) => new SoftRainVoice(context),
});

type Values = ValuesOf<typeof PARAMS>;

class SoftRainVoice implements Voice<Values> {
  readonly strokePosition = 0;
  readonly #context: VoiceContext;
  readonly #blockSec: number;
  readonly #ground: RainGround;
  readonly #drops = new Raindrops();
  readonly #far: PoissonProcess;
  readonly #near: PoissonProcess;
  readonly #farDraws: Random;
  readonly #nearDraws: Random;
  readonly #gust: SmoothNoise;
  readonly #flurry: SmoothNoise;
  readonly #sides: SmoothNoise[] = [];
  readonly #lean: SmoothNoise;
  readonly #params: RainParams = { pitch: 1, ring: 1, rampSec: 0 };
  // Reused for every drop.
  readonly #farDrop: FarDrop = { id: 0, emitter: 0, atFrames: 0, energy: 0, hz: 0 };
  readonly #nearDrop: NearDrop = { id: 0, emitter: 0, atFrames: 0, energy: 0, sizeMm: 0, bubble: false };
  #blocksToPlan = 0;
  #weather = 1;
  #washPower = 0;
  #farPower = 0;
  #nearPower = 0;
  #farPerSec = 1;
  #lastOnsetSec = -1;

  constructor(context: VoiceContext) {
    const { random, sampleRate, loopSec } = context;
    this.#context = context;
    this.#blockSec = BLOCK_FRAMES / sampleRate;
    this.#ground = new RainGround(context, EMITTERS);
    this.#far = new PoissonProcess(random.stream('far'));
    this.#near = new PoissonProcess(random.stream('near'));
    this.#farDraws = random.stream('far drops');
    this.#nearDraws = random.stream('near drops');
    this.#gust = new SmoothNoise(random.stream('gust'), { period: GUST_SEC, loop: loopSec });
    this.#flurry = new SmoothNoise(random.stream('flurry'), { period: FLURRY_SEC, loop: loopSec });
    for (let i = 0; i < EMITTERS; i++)
      this.#sides.push(new SmoothNoise(random.stream('side').stream(i), { period: SIDE_SEC, loop: loopSec }));
    this.#lean = new SmoothNoise(random.stream('lean'), { period: MINUTES_SEC, loop: loopSec });
  }

  render(block: Block, values: Values): void {
    const { kernels, oneShot } = this.#context;
    if (this.#blocksToPlan === 0) this.#plan(block.timeSec, values);
    this.#blocksToPlan = (this.#blocksToPlan + 1) % PLAN_BLOCKS;
    const weather = oneShot ? oneShotPower(block.timeSec) : this.#weather * block.loopGain * block.loopGain;
    const number = block.frame / BLOCK_FRAMES;
    this.#addFarDrops(number, weather, RAIN_SURFACES[values.surface]);
    this.#addNearDrops(number, weather, block, values);
    for (let i = 0; i < EMITTERS; i++) {
      const side = oneShot ? 0 : fromDb(0.8 * (this.#sides[i]?.at(block.timeSec) ?? 0));
      this.#ground.setWash(i, (this.#washPower / EMITTERS) * weather * side);
    }
    this.#ground.render();
    for (let i = 0; i < EMITTERS; i++) {
      const emitter = block.emitters[i];
      if (emitter) kernels.addRamp(this.#ground.bus(i), emitter.out, 1, 1, block.frames);
    }
  }

  #plan(timeSec: number, values: Values): void {
    const { softness, brightness, crispness, density, nearness, size, surprise, steadiness } = values;
    const lean = 0.25 * surprise * this.#lean.at(timeSec);
    const params = this.#params;
    params.pitch = lerpLog(1.25, 0.7, softness) * exp2(1.1 * (brightness - 0.45) + lean);
    params.ring = lerpLog(1.4, 0.75, crispness);
    params.rampSec = lerpLog(MIN_RAMP_SEC, MAX_RAMP_SEC, softness);
    const slopeDb = lerp(DARK_SLOPE_DB, BRIGHT_SLOPE_DB, brightness) - 1.5 * softness;
    this.#ground.setParams(RAIN_SURFACES[values.surface], params, slopeDb);

    // Heavier rain has larger drops among the small ones.
    this.#drops.setParams(lerp(3, 1.5, density), lerp(0.75, 1.35, size));
    const gusts = MAX_GUST_DB * (1 - steadiness) * this.#gust.at(timeSec);
    const flurries = MAX_FLURRY_DB * (1 - 0.7 * steadiness) * this.#flurry.at(timeSec);
    this.#weather = fromDb(2 * clamp(gusts + flurries, -6, 3.5));

    this.#farPerSec = lerpLog(MIN_FAR_PER_SEC, MAX_FAR_PER_SEC, density);
    const nearShare = lerp(0.06, 0.5, nearness) * Math.min(1, values.pace / DEFAULT_NEAR_PER_SEC);
    const farShare = lerp(0.2, 0.75, crispness) * lerp(0.7, 1, nearness);
    this.#nearPower = HOUSE_POWER * nearShare;
    this.#farPower = HOUSE_POWER * (1 - nearShare) * farShare;
    this.#washPower = HOUSE_POWER * (1 - nearShare) * (1 - farShare);
  }

  #addFarDrops(number: number, weather: number, surface: RainSurface): void {
    const far = this.#far;
    const drop = this.#farDrop;
    const draws = this.#farDraws;
    far.beginBlock(number, this.#farPerSec * weather, this.#blockSec);
    while (far.next()) {
      const first = 4 * far.id;
      const sizeMm = this.#drops.diameterMm(draws.uniform(first));
      const energy = (this.#farPower / this.#farPerSec) * this.#drops.energy(sizeMm);
      const hz =
        surface.farHz * this.#params.pitch * exp2(FAR_SPREAD_OCT * draws.normal(first + 1)) * (1.6 / (0.6 + sizeMm));
      const emitter = Math.floor(draws.uniform(first + 2) * EMITTERS);
      drop.id = far.id;
      drop.emitter = emitter;
      drop.atFrames = this.#frameOf(far.atSec);
      drop.energy = energy;
      drop.hz = hz;
      this.#ground.addFarDrop(drop);
    }
  }

  #addNearDrops(number: number, weather: number, block: Block, values: Values): void {
    const near = this.#near;
    const drop = this.#nearDrop;
    const draws = this.#nearDraws;
    near.beginBlock(number, values.pace * weather, this.#blockSec);
    while (near.next()) {
      const first = 4 * near.id;
      const sizeMm = this.#drops.diameterMm(draws.uniform(first));
      // With little surprise drops are alike: their energy is drawn towards the mean.
      const energy = Math.min(lerp(1, this.#drops.energy(sizeMm), 0.35 + 0.65 * values.surprise), MAX_ENERGY);
      const emitter = Math.floor(draws.uniform(first + 1) * EMITTERS);
      const bubble = draws.uniform(first + 2) < (values.surface === 'water' ? 0.7 : 0.6 * values.wetness);
      const at = this.#frameOf(near.atSec);
      drop.id = near.id;
      drop.emitter = emitter;
      drop.atFrames = at;
      drop.energy = (this.#nearPower / values.pace) * energy;
      drop.sizeMm = sizeMm;
      drop.bubble = bubble;
      this.#ground.addNearDrop(drop);
      const timeSec = block.timeSec + near.atSec;
      if (timeSec - this.#lastOnsetSec > ONSET_GAP_SEC) {
        this.#lastOnsetSec = timeSec;
        block.onset(Math.floor(at), clamp(0.2 + 0.3 * energy, 0, 1), emitter);
      }
    }
  }

  /** Events begin before the very end of the block they belong to. */
  #frameOf(atSec: number): number {
    return Math.min(atSec * this.#context.sampleRate, BLOCK_FRAMES - 0.01);
  }
}

/** Envelope of a one-shot: a few drops, then none. */
function oneShotPower(timeSec: number): number {
  if (timeSec >= ONE_SHOT_SEC) return 0;
  const rise = sin((Math.PI * timeSec) / ONE_SHOT_SEC);
  return rise * rise;
}

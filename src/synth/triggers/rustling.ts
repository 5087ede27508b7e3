// Rustling: sheet handling → Hawkes process of clicks → sheet (sines, modes, noise bands) + slide + air → 2 emitters.
import { clamp, exp, exp2, fromDb, lerp, lerpLog, log } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import { TruncatedPareto } from '../dsp/truncatedPareto.ts';
import { HawkesProcess } from '../dsp/hawkesProcess.ts';
import { SmoothNoise } from '../dsp/smoothNoise.ts';
import { SheetHandling } from '../gestures/sheetHandling.ts';
import type { SheetContact, SheetGesture } from '../gestures/sheetHandling.ts';
import { choice, number, unit } from '../params.ts';
import type { ValuesOf } from '../params.ts';
import { Sheet } from '../resonators/sheet.ts';
import type { SheetClick, SheetParams, SheetThump } from '../resonators/sheet.ts';
import { SHEETS } from '../materials/sheets.ts';
import type { SheetId } from '../materials/sheets.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import { defineTrigger } from '../trigger.ts';
import type { Block, Voice, VoiceContext } from '../trigger.ts';

const EMITTERS = 2;

/** Mean square while hands move in an ordinary way: the house level. */
const HOUSE_POWER = 4.5e-4;
/** Measured rise of the level with surprise, and where it is nil. */
const SPREAD_DB = 3.2;
const SPREAD_AT = 0.35;
/** Variation over seconds and over minutes. */
const MOOD_SEC = 5;
const DRIFT_SEC = 420;
/** Separate noises of the stream of the moods. */
const MOOD_OFFSETS = { alpha: 1e4, rate: 2e4, drift: 3e4 } as const;
/** Values and moods move slowly: planning anew every 20 ms is enough. */
const PLAN_BLOCKS = 8;

/** Onset of a click from sharpest to softest; in sleep none is faster than the last. */
const MIN_RAMP_SEC = 0.00005;
const MAX_RAMP_SEC = 0.005;
const SLEEP_RAMP_SEC = 0.008;
/** And more of it blurs into the body, which swells slowly too. */
const SLEEP_BODY = 1.6;

/** How much clicks set off clicks: a fist makes avalanches, a page bends smoothly. */
const BURSTINESS: Readonly<Record<SheetGesture, number>> = { squeeze: 1, rub: 0.7, turn: 0.5, walk: 0.6 };
/** How much the energy of clicks follows the speed. */
const SPEED_FORCE: Readonly<Record<SheetGesture, number>> = { squeeze: 0, rub: 0.8, turn: 1, walk: 0.8 };
/** Click rate of a sheet that has just come to rest, against its peak. */
const CREEP_SHARE = 0.35;
/** How often the next click comes from elsewhere. */
const MOVE_PROBABILITY = 0.2;
/** Clicks begin before the very end of the block they belong to. */
const LAST_START = BLOCK_FRAMES - 0.01;

/** The steady hush under everything, against the house level. */
const MIN_REST_DB = -46;
const MAX_REST_DB = -16;

/** Onsets for the picture: clicks well above the mean, no more often than this. */
const SALIENT = 3;
const ONSET_GAP_SEC = 0.085;

/** Energy of single contacts, as the time for which the house power would have to last to bring it. */
const TICK_SEC = 0.015;
const FLAP_SEC = 0.06;
const STEP_SEC = 0.02;
/** They sound as dark as a click of this many times the mean energy. */
const TICK_ENERGY = 6;
/** Modes of the stack under the page; the ground under the leaves is darker by `GROUND`. */
const THUMP_HZ = [130, 210, 330, 520] as const;
const THUMP_SHARE = [0.3, 0.35, 0.25, 0.1] as const;
const THUMP_DETUNE = 0.12;
const THUMP_T60_SEC = 0.09;
const THUMP_RAMP_SEC = 0.004;
const GROUND = 0.6;

/** Air under a turning page: its power against that of the clicks, and how far its band sweeps. */
const AIR_SHARE = 0.25;
const AIR_LOW_HZ = 600;
const AIR_HIGH_HZ = 1800;

const PARAMS = {
  softness: unit(0.55, {
    words: ['sharp', 'clear', 'gentle', 'soft', 'hushed'],
  }),
  brightness: unit(0.4, {
    words: ['dark', 'warm', 'natural', 'clear', 'bright'],
  }),
  crispness: unit(0.5, {
    words: ['blurred', 'mellow', 'even', 'distinct', 'crisp'],
  }),
  pace: number(0.45, {
    min: 0.2,
    max: 4,
    unit: 'perSecond',
    taper: 'log',
    levels: [
      ['verySlow', 0.35],
      ['slow', 0.8],
      ['lively', 1.8],
      ['quick', Infinity],
    ],
  }),
  steadiness: unit(0.7, {
    words: ['free', 'loose', 'natural', 'steady', 'even'],
  }),
  surprise: unit(0.35, {
    words: ['alike', 'calm', 'lively', 'varied', 'wild'],
  }),
  material: choice<SheetId>('paper', ['paper', 'page', 'tissue', 'leaves', 'fabric']),
  gesture: choice<SheetGesture>('squeeze', ['squeeze', 'rub', 'turn', 'walk']),
  size: unit(0.5, {
    words: ['scrap', 'small', 'handSized', 'large', 'huge'],
  }),
  density: unit(0.5, {
    words: ['sparse', 'loose', 'medium', 'thick', 'dense'],
  }),
  dampness: unit(0, { words: ['dry', 'fresh', 'slightlyDamp', 'moist', 'damp'] }),
  settling: unit(0.5, {
    words: ['none', 'short', 'natural', 'long', 'veryLong'],
  }),
  sliding: unit(0.5, {
    words: ['none', 'little', 'some', 'much', 'veryMuch'],
  }),
  hush: unit(0.45, {
    words: ['none', 'barelyThere', 'faint', 'soft', 'clear'],
  }),
} as const;

/**
 * Rustling of paper, leaves and cloth.
 * Source: P. Houle & J. Sethna 1996, Acoustic emission from crumpling paper: energies p(E) ∝ E^−1.3…−1.6.
 * Source: E. Kramer & A. Lobkovsky 1996, Universal power law in the noise from a crumpled elastic sheet.
 * Source: Y. Lahini et al. 2023, Crackling of a held crumpled sheet is even in logarithmic time.
 * Source: A. Hawkes 1971, Spectra of some self-exciting and mutually exciting point processes.
 */
export const rustling = defineTrigger({
  id: 'rustling',
  family: 'crackle',
  params: PARAMS,
  emitters: EMITTERS,
  create: (context) => new RustlingVoice(context),
});

type Values = ValuesOf<typeof PARAMS>;

class RustlingVoice implements Voice<Values> {
  readonly #context: VoiceContext;
  readonly #blockSec: number;
  readonly #sheet: Sheet;
  readonly #hands: SheetHandling;
  readonly #arrivals: HawkesProcess;
  readonly #energyLaw = new TruncatedPareto();
  readonly #energies: Random;
  readonly #places: Random;
  readonly #pitchMood: SmoothNoise;
  readonly #alphaMood: SmoothNoise;
  readonly #rateMood: SmoothNoise;
  readonly #pitchDrift: SmoothNoise;
  readonly #params: SheetParams = { pitch: 1, modePitch: 1, ring: 1, rampSec: 0, body: 1 };
  // Reused for every click and thump.
  readonly #click: SheetClick = { emitter: 0, atFrames: 0, energy: 0, relative: 1 };
  readonly #thump: SheetThump = {
    emitter: 0,
    atFrames: 0,
    energy: 0,
    hz: 0,
    t60Sec: THUMP_T60_SEC,
    rampSec: THUMP_RAMP_SEC,
  };
  // Derived from the values every few blocks.
  #blocksToPlan = 0;
  #clicksPerSec = 1;
  #clickEnergy = 0;
  #slidePower = 0;
  #airPower = 0;
  #restPower = 0;
  #power = 0;
  #clicks = 0;
  #contacts = 0;
  #gestures = 0;
  #emitter = 0;
  #lastOnsetSec = -1;

  constructor(context: VoiceContext) {
    const { random, sampleRate, oneShot, loopSec } = context;
    this.#context = context;
    this.#blockSec = BLOCK_FRAMES / sampleRate;
    this.#sheet = new Sheet(context, EMITTERS);
    this.#hands = new SheetHandling(random.stream('hands'), oneShot, loopSec);
    this.#arrivals = new HawkesProcess(random.stream('arrivals'));
    this.#energies = random.stream('energies');
    this.#places = random.stream('places');
    const moods = random.stream('moods');
    const mood = { period: MOOD_SEC, loop: loopSec, phase: 'zero' } as const;
    this.#pitchMood = new SmoothNoise(moods, mood);
    this.#alphaMood = new SmoothNoise(moods, { ...mood, offset: MOOD_OFFSETS.alpha });
    this.#rateMood = new SmoothNoise(moods, { ...mood, offset: MOOD_OFFSETS.rate });
    this.#pitchDrift = new SmoothNoise(moods, { ...mood, period: DRIFT_SEC, offset: MOOD_OFFSETS.drift });
  }

  get strokePosition(): number {
    return this.#hands.strokePosition;
  }

  render(block: Block, values: Values): void {
    const hands = this.#hands;
    const sheet = this.#sheet;
    hands.advance(block.timeSec, this.#blockSec, values.gesture, values);
    if (this.#blocksToPlan === 0) this.#plan(block.timeSec, values);
    this.#blocksToPlan = (this.#blocksToPlan + 1) % PLAN_BLOCKS;
    if (hands.gestures !== this.#gestures) {
      this.#gestures = hands.gestures;
      sheet.refold();
    }
    this.#addClicks(block, values);
    const endSec = block.timeSec + this.#blockSec;
    for (let contact = hands.nextContact(endSec); contact; contact = hands.nextContact(endSec)) {
      this.#addContact(contact, (contact.timeSec - block.timeSec) * this.#context.sampleRate);
    }
    const airHz = lerpLog(AIR_LOW_HZ, AIR_HIGH_HZ, 1 - Math.abs(1 - 2 * hands.airArc));
    sheet.setAir(this.#airPower * hands.airRate * hands.airRate, airHz * this.#params.pitch);
    const restPower = this.#context.oneShot ? 0 : this.#restPower * block.loopGain * block.loopGain;
    sheet.setSteadyPower(this.#slidePower * hands.slideRate * hands.slideRate, restPower);
    sheet.render();
    for (let i = 0; i < EMITTERS; i++) {
      const emitter = block.emitters[i];
      if (emitter) this.#context.kernels.addRamp(sheet.bus(i), emitter.out, 1, 1, block.frames);
    }
  }

  /** Derives clicks, energies and colours from the values and the moods of the moment (seconds, minutes). */
  #plan(timeSec: number, values: Values): void {
    const { surprise, dampness, crispness, softness } = values;
    const material = SHEETS[values.material];
    this.#sheet.setMaterial(material);
    const roam = surprise * (0.22 * this.#pitchMood.at(timeSec) + 0.3 * this.#pitchDrift.at(timeSec));

    const params = this.#params;
    const soft = lerpLog(1.25, 0.6, softness);
    params.pitch = soft * exp2(0.9 * (values.brightness - 0.5) + roam) * lerpLog(1, 0.7, dampness);
    params.modePitch = lerpLog(1.8, 0.55, values.size) * exp2(0.5 * roam);
    params.ring = lerpLog(1.7, 0.6, crispness) * lerpLog(1, 0.5, dampness);
    const asleep = this.#context.mode === 'sleep';
    params.body = lerpLog(1.8, 0.5, crispness) * (asleep ? SLEEP_BODY : 1);
    params.rampSec = Math.max(lerpLog(MIN_RAMP_SEC, MAX_RAMP_SEC, softness), asleep ? SLEEP_RAMP_SEC : 0);

    const alpha = material.alpha + 0.3 * dampness + 0.1 * surprise * this.#alphaMood.at(timeSec);
    this.#energyLaw.setParams(alpha, fromDb(2 * material.rangeDb * lerp(0.85, 1.1, crispness)));
    const count = lerpLog(0.3, 3.3, values.density) * lerpLog(0.6, 1.6, values.size);
    this.#clicksPerSec = material.clicksPerSec * count * exp(0.35 * surprise * this.#rateMood.at(timeSec));

    const slideShare = material.slideShare * 4 * values.sliding * values.sliding;
    // Spread levels have a higher mean power than even ones: compensated.
    const spreadDb = SPREAD_DB * (surprise - SPREAD_AT);
    this.#power = (HOUSE_POWER * fromDb(2 * (material.levelDb - spreadDb))) / (1 + slideShare);
    this.#clickEnergy = this.#power / this.#clicksPerSec;
    this.#restPower =
      HOUSE_POWER * fromDb(2 * lerp(MIN_REST_DB, MAX_REST_DB, values.hush)) * Math.min(1, 20 * values.hush);
    this.#slidePower = this.#power * slideShare;
    this.#airPower = this.#power * AIR_SHARE * lerpLog(0.5, 2, values.size);
  }

  #addClicks(block: Block, values: Values): void {
    const arrivals = this.#arrivals;
    const { deformRate, creep } = this.#hands;
    const burstiness = BURSTINESS[values.gesture];
    const rate = deformRate + CREEP_SHARE * values.settling * creep;
    arrivals.beginBlock(this.#clicksPerSec * rate, this.#clicksPerSec, this.#blockSec, burstiness);
    // A crease snaps as hard as it will, however slowly it is led there; what is dragged along snaps with the speed.
    const force = lerp(1, 0.15 + 0.85 * Math.min(deformRate, 1.5), SPEED_FORCE[values.gesture]);
    const click = this.#click;
    while (arrivals.next()) {
      const index = this.#clicks++;
      const energy = this.#energyLaw.energy(this.#energies.uniform(index));
      arrivals.excite(this.#energyLaw.amplitude(energy), burstiness);
      // A crease runs on where it began, so neighbours in time mostly share a place.
      if (this.#places.uniform(2 * index) < MOVE_PROBABILITY) {
        this.#emitter = Math.floor(this.#places.uniform(2 * index + 1) * EMITTERS);
      }
      click.emitter = this.#emitter;
      click.atFrames = Math.min(arrivals.atSec * this.#context.sampleRate, LAST_START);
      click.energy = this.#clickEnergy * force * energy;
      click.relative = energy;
      this.#sheet.addClick(click, this.#params);
      const timeSec = block.timeSec + arrivals.atSec;
      if (energy > SALIENT && timeSec - this.#lastOnsetSec > ONSET_GAP_SEC) {
        this.#lastOnsetSec = timeSec;
        block.onset(Math.floor(click.atFrames), clamp(0.25 + 0.18 * log(energy), 0, 1), this.#emitter);
      }
    }
  }

  #addContact({ kind, size }: SheetContact, atFrames: number): void {
    const draw = (THUMP_HZ.length + 1) * this.#contacts++;
    const emitter = Math.floor(this.#places.uniform(-1 - draw) * EMITTERS);
    const energy = size * size * this.#power;
    const click = this.#click;
    click.emitter = emitter;
    click.atFrames = clamp(atFrames, 0, BLOCK_FRAMES - 1);
    click.energy = energy * TICK_SEC;
    click.relative = TICK_ENERGY;
    if (kind !== 'step') this.#sheet.addClick(click, this.#params);
    if (kind === 'tick') return;
    // What lies below responds dark and short, and not at once: a soft thing fell on it.
    const thump = this.#thump;
    thump.emitter = emitter;
    thump.atFrames = click.atFrames;
    for (let i = 0; i < THUMP_HZ.length; i++) {
      const hz = this.#places.logNormal(-2 - draw - i, THUMP_HZ[i] ?? 0, THUMP_DETUNE);
      thump.energy = energy * (THUMP_SHARE[i] ?? 0) * (kind === 'flap' ? FLAP_SEC : STEP_SEC);
      thump.hz = kind === 'flap' ? hz : GROUND * hz;
      this.#sheet.addThump(thump);
    }
  }
}

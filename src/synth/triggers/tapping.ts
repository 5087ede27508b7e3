// Tapping: onset clock → hands and fingers → contact force → tapped body (modes, dense response) → high-pass → 2 emitters, one per hand.
import { clamp, exp, fromDb, lerp, pow, sqrt, tan } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import { SmoothNoise } from '../dsp/smoothNoise.ts';
import { Contacts, contactSec } from '../exciters/contact.ts';
import type { Hit } from '../exciters/contact.ts';
import { OnsetClock } from '../gestures/onsetClock.ts';
import type { Ptr } from '../kernelExports.ts';
import { objectMaterial, MATERIALS } from '../materials/objects.ts';
import { choice, number, unit } from '../params.ts';
import type { ValuesOf } from '../params.ts';
import { TappedBody, DEFAULT_Y } from '../resonators/tappedBody.ts';
import type { BodyParams } from '../resonators/tappedBody.ts';
import { Surroundings } from '../resonators/surroundings.ts';
import type { SurroundingsBlock } from '../resonators/surroundings.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import { defineTrigger } from '../trigger.ts';
import type { Block, Voice, VoiceContext } from '../trigger.ts';

const params = {
  softness: unit(0.55, {
    words: ['hardNail', 'nail', 'softNail', 'knuckle', 'firmFingertip', 'fingertip', 'softFingertip'],
  }),
  brightness: unit(0.5, {
    words: ['dark', 'warm', 'natural', 'clear', 'bright'],
  }),
  crispness: unit(0.5, {
    words: ['mellow', 'rounded', 'natural', 'distinct', 'crisp'],
  }),
  pace: number(1.6, {
    min: 0.5,
    max: 8,
    unit: 'perSecond',
    taper: 'log',
    levels: [
      ['slow', 1.2],
      ['unhurried', 2.6],
      ['lively', 4.5],
      ['quick', Infinity],
    ],
  }),
  steadiness: unit(0.75, {
    words: ['free', 'loose', 'natural', 'steady', 'metronome'],
  }),
  surprise: unit(0.35, {
    words: ['alike', 'calm', 'lively', 'varied', 'wild'],
  }),
  material: choice(
    'wood',
    MATERIALS.map(({ id }) => id),
  ),
  size: unit(0.4, { words: ['tiny', 'small', 'medium', 'large', 'huge'] }),
  ring: number(1, {
    min: 0.3,
    max: 3,
    unit: 'factor',
    taper: 'log',
  }),
  position: unit(0.35, {
    words: ['middle', 'offTheMiddle', 'between', 'nearTheRim', 'rim'],
  }),
  hands: choice('one', ['one', 'alternate', 'together', 'rolls']),
  table: unit(0.4),
  cavity: unit(0.4),
  rattle: unit(0),
  air: unit(0),
};

type Values = ValuesOf<typeof params>;

/** Strength of a usual hit, found by measuring: −30 LUFS at the default values. */
const LEVEL = 0.0192;
/** Taps quicker than this overlap; each is a little softer. */
const DEFAULT_PACE = 1.6;
const CROWD_EXPONENT = -0.25;
/** First draws of each property in the stream of the draws. */
const DRAWS = {
  softness: 1e6,
  rebound: 2e6,
  reboundLag: 3e6,
  reboundLevel: 4e6,
  rattleCount: 5e6,
  rattleLag: 6e6,
  rattleLevel: 7e6,
  x: 8e6,
  y: 9e6,
  contactSec: 1e7,
  seed: 1.1e7,
  firmness: 1.2e7,
  damping: 1.3e7,
} as const;
/** Periods of the slow variations, and their separate noises in the stream of the drift. */
const SOFTNESS_MOOD_SEC = 4;
const X_MOOD_SEC = 5;
const Y_MOOD_SEC = 7;
const SIZE_DRIFT_SEC = 330;
const MOOD_OFFSETS = { size: 1e4, x: 2e4, y: 3e4 } as const;
/** Below this nothing is heard, only pushed. */
const HIGH_PASS_HZ = 35;
/** 1/Q of a filter without a bump. */
const HIGH_PASS_K = 1.41;
const MAX_PENDING = 24;
const FINGERS = 4;
/** Little finger to index, dB. */
const FINGER_DB = [-4, -2, -1, 0];
/** A roll of four is four taps: each is softer, so that the whole is as loud. */
const ROLL_DB = -4.5;
const TOGETHER_DB = -2.5;

/** A hit that will come: fingers of a roll, a rebound, a rattling lid. Reused. */
interface Pending {
  waiting: boolean;
  timeSec: number;
  hand: number;
  levelDb: number;
  softness: number;
  finger: number;
  /** Anything but the finger's own hit: not shown as an onset. */
  echo: boolean;
}

class TappingVoice implements Voice<Values> {
  readonly strokePosition = 0;
  readonly #context: VoiceContext;
  readonly #clock: OnsetClock;
  readonly #hands: Hand[] = [];
  readonly #pending: Pending[] = [];
  readonly #draws: Random;
  readonly #fingers: Random;
  readonly #softnessMood: SmoothNoise;
  readonly #sizeDrift: SmoothNoise;
  readonly #xMood: SmoothNoise;
  readonly #yMood: SmoothNoise;
  readonly #noise: Ptr;
  readonly #both: Ptr;
  readonly #surroundings: Surroundings;
  readonly #air: SurroundingsBlock = { frame: 0, amount: 0, floor: 0 };
  readonly #params: BodyParams;
  readonly #highPassG: number;
  #gesture = 0;
  #hits = 0;
  #strikes = 0;

  constructor(context: VoiceContext) {
    const { kernels, arena, sampleRate, random, oneShot, loopSec, lowPower } = context;
    this.#context = context;
    this.#clock = new OnsetClock(random.stream('clock'), { oneShot, startSec: oneShot ? 0.02 : 0.15, loopSec });
    this.#draws = random.stream('draws');
    this.#fingers = random.stream('fingers');
    const drift = random.stream('drift');
    const mood = { loop: loopSec, phase: 'zero' } as const;
    this.#softnessMood = new SmoothNoise(drift, { ...mood, period: SOFTNESS_MOOD_SEC });
    this.#sizeDrift = new SmoothNoise(drift, { ...mood, period: SIZE_DRIFT_SEC, offset: MOOD_OFFSETS.size });
    this.#xMood = new SmoothNoise(drift, { ...mood, period: X_MOOD_SEC, offset: MOOD_OFFSETS.x });
    this.#yMood = new SmoothNoise(drift, { ...mood, period: Y_MOOD_SEC, offset: MOOD_OFFSETS.y });
    this.#noise = arena.floats(BLOCK_FRAMES);
    this.#highPassG = tan((Math.PI * HIGH_PASS_HZ) / sampleRate);
    this.#both = arena.floats(BLOCK_FRAMES);
    this.#surroundings = new Surroundings(context, random, lowPower);
    this.#params = {
      material: objectMaterial(params.material.default),
      size: -1,
      ring: 1,
      crispness: 0.5,
      table: 0,
      cavity: 0,
    };
    for (let hand = 0; hand < 2; hand++) {
      const body = new TappedBody(context, random, this.#params);
      this.#hands.push({
        body,
        contacts: new Contacts(context, body.bank.gainCount),
        hit: { startFrame: 0, contactSec: 0.001, softness: 0.5, strength: 0, rough: 0, surfaceGain: 0, seed: 0 },
        highPass: arena.alloc(kernels.SVF_BYTES),
        liftFrame: Infinity,
      });
    }
    for (let i = 0; i < MAX_PENDING; i++) {
      this.#pending.push({ waiting: false, timeSec: 0, hand: 0, levelDb: 0, softness: 0, finger: 0, echo: false });
    }
  }

  render(block: Block, values: Values): void {
    const { kernels, sampleRate, random } = this.#context;
    const endSec = (block.frame + block.frames) / sampleRate;
    for (let due = this.#clock.dueSec(values); due < endSec; due = this.#clock.dueSec(values)) {
      const at = Math.max(due, block.timeSec);
      this.#clock.advance(at, values.surprise);
      this.#gesturesAt(at, values);
    }
    const apart = values.hands === 'alternate' || values.hands === 'together';
    for (let index = 0; index < this.#hands.length; index++) {
      const hand = this.#hands[index];
      const emitter = block.emitters[index];
      if (!hand || !emitter) continue;
      const { out } = emitter;
      const side = index === 0 ? 1 : -1;
      emitter.offset += ((apart ? side : 0.15 * side) - emitter.offset) * 0.02;
      kernels.noiseFill(this.#noise, random.key + index, block.frame, BLOCK_FRAMES);
      if (block.frame >= hand.liftFrame) {
        hand.liftFrame = Infinity;
        hand.body.damp(1);
      }
      // Dense responses begin at the hit: the block is cut there, on a grid of four frames.
      let from = 0;
      for (let next = this.#nextFor(index, endSec); next; next = this.#nextFor(index, endSec)) {
        next.waiting = false;
        const start = next.timeSec * sampleRate;
        const offset = clamp(Math.floor(start - block.frame), 0, BLOCK_FRAMES - 1);
        const cut = Math.max(from, offset & ~3);
        if (cut > from) this.#renderDense(hand, out, from, cut);
        from = cut;
        this.#strike(hand, next, Math.max(start, block.frame), values);
        if (!next.echo) block.onset(offset, clamp(0.5 * fromDb(next.levelDb), 0, 1), index);
      }
      this.#renderDense(hand, out, from, BLOCK_FRAMES);
      hand.body.bank.ring(out);
      hand.contacts.render(block.frame, hand.body.bank, out);
      kernels.svfRender(hand.highPass, out, out, this.#highPassG, HIGH_PASS_K, 0, 0, 1, BLOCK_FRAMES);
    }
    this.#surround(block, values.air);
  }

  /** Both hands stand in the same place. */
  #surround(block: Block, air: number): void {
    const { kernels } = this.#context;
    const [left, right] = block.emitters;
    if (!left || !right) return;
    kernels.clear(this.#both, BLOCK_FRAMES);
    kernels.addRamp(left.out, this.#both, 1, 1, BLOCK_FRAMES);
    kernels.addRamp(right.out, this.#both, 1, 1, BLOCK_FRAMES);
    const floor = this.#context.loopSec < Infinity ? block.loopGain : this.#clock.finished ? 0 : 1;
    this.#air.frame = block.frame;
    this.#air.amount = air;
    this.#air.floor = floor;
    this.#surroundings.render(this.#air, this.#both, left.out, right.out);
  }

  #renderDense(hand: Hand, out: Ptr, from: number, to: number): void {
    hand.body.renderDense(this.#noise + 4 * from, out + 4 * from, to - from);
  }

  #nextFor(hand: number, beforeSec: number): Pending | undefined {
    let best: Pending | undefined;
    for (const pending of this.#pending) {
      if (!pending.waiting || pending.hand !== hand || pending.timeSec >= beforeSec) continue;
      if (!best || pending.timeSec < best.timeSec) best = pending;
    }
    return best;
  }

  /** Turns one beat into the hits of hands and fingers. */
  #gesturesAt(timeSec: number, values: Values): void {
    const gesture = this.#gesture++;
    const { levelDb, phrase, phrasePosition } = this.#clock;
    const draw = this.#draws;
    const { hands, pace } = values;
    if (hands === 'rolls') {
      const hand = phrase & 1;
      // Most rolls run from the little finger to the index; a few leave one out.
      const reverse = draw.uniform(8 * gesture) < 0.2 * values.surprise;
      const missing = draw.uniform(8 * gesture + 1) < 0.06 ? Math.floor(4 * draw.uniform(8 * gesture + 2)) : -1;
      const step = Math.min(0.07, 0.22 / pace);
      let at = timeSec;
      for (let i = 0; i < FINGERS; i++) {
        const finger = reverse ? FINGERS - 1 - i : i;
        if (finger !== missing) this.#hit(at, hand, levelDb + (FINGER_DB[finger] ?? 0) + ROLL_DB, finger, values);
        at += this.#fingers.logNormal(4 * gesture + i, step, 0.15);
      }
      return;
    }
    if (hands === 'together') {
      const first = draw.uniform(8 * gesture) < 0.5 ? 0 : 1;
      this.#hit(timeSec, first, levelDb + TOGETHER_DB, 3, values);
      const lag = draw.range(8 * gesture + 1, 0.004, 0.018);
      this.#hit(timeSec + lag, 1 - first, levelDb + TOGETHER_DB - draw.range(8 * gesture + 2, 0, 3), 3, values);
      return;
    }
    const hand = hands === 'alternate' ? phrasePosition & 1 : 0;
    this.#hit(timeSec, hand, levelDb - hand, 3, values);
  }

  /** One finger's hit, with the rebound and the rattle that may follow it. */
  #hit(timeSec: number, hand: number, levelDb: number, finger: number, values: Values): void {
    const hit = this.#hits++;
    const draw = this.#draws;
    const { surprise, rattle } = values;
    const fingerSoftness = 0.04 * this.#fingers.normal(-1 - finger);
    const now = this.#softnessMood.at(timeSec) * 0.08 + draw.normal(DRAWS.softness + hit) * 0.14;
    const softness = clamp(values.softness + fingerSoftness + surprise * now, 0, 1);
    this.#push(timeSec, hand, levelDb, softness, finger, false);
    // A hard finger on a hard body bounces; a lazy one comes down twice.
    if (draw.uniform(DRAWS.rebound + hit) < 0.02 + 0.3 * surprise * surprise + 0.1 * (1 - softness) * surprise) {
      const lag = draw.range(DRAWS.reboundLag + hit, 0.014, 0.05);
      this.#push(timeSec + lag, hand, levelDb - draw.range(DRAWS.reboundLevel + hit, 8, 16), softness, finger, true);
    }
    if (rattle > 0.01) {
      const count = 1 + Math.floor(3.99 * draw.uniform(DRAWS.rattleCount + hit) * sqrt(rattle));
      let at = timeSec;
      for (let i = 0; i < count; i++) {
        at += draw.range(DRAWS.rattleLag + 4 * hit + i, 0.008, 0.025);
        this.#push(
          at,
          hand,
          levelDb - 26 + 12 * rattle - 2 * i + 2 * draw.normal(DRAWS.rattleLevel + 4 * hit + i),
          0.06,
          finger,
          true,
        );
      }
    }
  }

  #push(timeSec: number, hand: number, levelDb: number, softness: number, finger: number, echo: boolean): void {
    for (const pending of this.#pending) {
      if (pending.waiting) continue;
      pending.waiting = true;
      pending.timeSec = timeSec;
      pending.hand = hand;
      pending.levelDb = levelDb;
      pending.softness = softness;
      pending.finger = finger;
      pending.echo = echo;
      return;
    }
  }

  #strike(hand: Hand, pending: Pending, startFrame: number, values: Values): void {
    const { surprise, crispness, position } = values;
    const { body, contacts, hit } = hand;
    const params = this.#params;
    const minutes = this.#sizeDrift.at(pending.timeSec);
    params.material = objectMaterial(values.material);
    params.size = clamp(values.size + 0.04 * surprise * minutes, 0, 1);
    params.ring = values.ring;
    params.crispness = crispness;
    params.table = values.table;
    params.cavity = values.cavity;
    body.setParams(params);

    const index = this.#strikes++;
    const draw = this.#draws;
    // Fingers lie side by side; the hand drifts over seconds and lands a little elsewhere each time.
    const roam = 0.2 + surprise;
    const apart = 0.06 * (pending.finger - 3) + 0.1 * pending.hand;
    const x = clamp(
      position + apart + roam * (0.12 * this.#xMood.at(pending.timeSec) + 0.1 * draw.normal(DRAWS.x + index)),
      0,
      1,
    );
    const y = clamp(
      DEFAULT_Y + roam * (0.15 * this.#yMood.at(pending.timeSec) + 0.12 * draw.normal(DRAWS.y + index)),
      0,
      1,
    );

    const rough = lerp(0.2, 0.15, pending.softness) * lerp(0.4, 1.6, crispness);
    // Softness, object, size and ring shape the sound, a quick pace fills it; its level stays with the hand.
    const usual = contactSec(pending.softness, 0);
    const energy = body.energy(position, usual, pending.softness, rough) * Surroundings.powerGain(values.air);
    const level = (LEVEL * pow(Math.max(1, values.pace / DEFAULT_PACE), CROWD_EXPONENT)) / sqrt(energy);
    hit.startFrame = startFrame;
    hit.softness = pending.softness;
    hit.contactSec = contactSec(pending.softness, pending.levelDb) * (1 + 0.1 * draw.normal(DRAWS.contactSec + index));
    hit.strength = level * fromDb(pending.levelDb);
    hit.rough = rough;
    hit.surfaceGain = body.surfaceGain;
    hit.seed = draw.uint32(DRAWS.seed + index);
    const gains = contacts.begin(hit);
    if (!gains) return;
    body.gains(gains, x, y, index, surprise);
    body.exciteDense(hit, index, surprise);
    // The finger rests on the body for a moment, more or less firmly, and then leaves it.
    const firm = draw.uniform(DRAWS.firmness + index);
    body.damp(exp(-(0.2 + 1.4 * surprise) * firm * firm));
    hand.liftFrame = startFrame + draw.range(DRAWS.damping + index, 0.02, 0.09) * this.#context.sampleRate;
  }
}

interface Hand {
  readonly body: TappedBody;
  readonly contacts: Contacts;
  readonly hit: Hit;
  /** State of the filter that keeps what is too low to hear out. */
  readonly highPass: Ptr;
  /** When the finger lets the body ring on. */
  liftFrame: number;
}

/**
 * Tapping on objects.
 * Source: Traer, Cusimano & McDermott, DAFx 2019: decay times and levels of everyday objects.
 * Source: Hunt & Crossley 1975; Jindrich et al. 2003: contact time and force of fingertips.
 * Source: Wing & Kristofferson 1973; Hennig et al. 2011: timing of human taps.
 */
export const tapping = defineTrigger({
  id: 'tapping',
  family: 'contact',
  params,
  emitters: 2,
  create: (context) => new TappingVoice(context),
});

// Rustling: paper, leaves, cloth. Hands (how fast the sheet gives) → bursts of clicks → sheet (rings, modes, diffuse body) + slide + air → 2 emitters.
import { clamp, exp, exp2, lerp, lerpLog, log, sqrt } from '../dsp/maths.ts';
import { powerLaw, powerLawMoment } from '../exciters/dust.ts';
import { Arrivals, Crumple, FLAP, TICK } from '../gestures/crumple.ts';
import type { CrumpleGesture } from '../gestures/crumple.ts';
import { wander } from '../gestures/timing.ts';
import { choice, formatParam, number, unit } from '../params.ts';
import { Sheet } from '../resonators/sheet.ts';
import type { SheetMaterial, SheetShape } from '../resonators/sheet.ts';
import { BLOCK_FRAMES, defineTrigger } from '../trigger.ts';

const EMITTERS = 2;

/** A sheet and how it cracks. */
interface RustleMaterial extends SheetMaterial {
  /** Exponent and range of the click energies. */
  readonly alpha: number;
  readonly rangeDb: number;
  /** Clicks per second at the peak of an ordinary movement. */
  readonly clicksPerSec: number;
  /** Power of sliding against the power of clicks. */
  readonly slideShare: number;
  /** Brings the material to the house level. Tuned by measurement. */
  readonly levelDb: number;
}

type MaterialId = 'paper' | 'page' | 'tissue' | 'leaves' | 'fabric';

const MATERIALS: Readonly<Record<MaterialId, RustleMaterial>> = {
  paper: {
    alpha: 1.45,
    rangeDb: 26,
    clicksPerSec: 160,
    clickHz: 2400,
    spreadOct: 0.9,
    clickT60Sec: 0.006,
    rings: 2,
    modeHz: 420,
    modeT60Sec: 0.03,
    modeShare: 0.2,
    bodyShare: 0.35,
    bodyDb: [-10, 0, 0, -3],
    bodyT60Sec: [0.09, 0.07, 0.06, 0.05],
    slideShare: 0.1,
    slideDb: [-6, -2, 0, -3],
    levelDb: 0,
  },
  page: {
    alpha: 1.5,
    rangeDb: 22,
    clicksPerSec: 110,
    clickHz: 1500,
    spreadOct: 0.9,
    clickT60Sec: 0.007,
    rings: 2,
    modeHz: 300,
    modeT60Sec: 0.04,
    modeShare: 0.25,
    bodyShare: 0.4,
    bodyDb: [-8, 0, 0, -4],
    bodyT60Sec: [0.11, 0.09, 0.08, 0.08],
    slideShare: 0.15,
    slideDb: [-6, -2, 0, -4],
    levelDb: 0,
  },
  tissue: {
    alpha: 1.6,
    rangeDb: 20,
    clicksPerSec: 320,
    clickHz: 1700,
    spreadOct: 0.7,
    clickT60Sec: 0.003,
    rings: 1,
    modeHz: 500,
    modeT60Sec: 0.012,
    modeShare: 0.1,
    bodyShare: 0.5,
    bodyDb: [-10, -2, 0, -3],
    bodyT60Sec: [0.05, 0.04, 0.035, 0.03],
    slideShare: 0.3,
    slideDb: [-10, -3, 0, -2],
    levelDb: 0,
  },
  leaves: {
    alpha: 1.5,
    rangeDb: 22,
    clicksPerSec: 420,
    clickHz: 5200,
    spreadOct: 0.7,
    clickT60Sec: 0.003,
    rings: 1,
    modeHz: 700,
    modeT60Sec: 0.012,
    modeShare: 0.06,
    bodyShare: 0.5,
    bodyDb: [-16, -11, -5, 0],
    bodyT60Sec: [0.08, 0.06, 0.05, 0.05],
    slideShare: 0.2,
    slideDb: [-16, -10, -5, 0],
    levelDb: 0,
  },
  fabric: {
    alpha: 1.6,
    rangeDb: 16,
    clicksPerSec: 260,
    clickHz: 500,
    spreadOct: 1,
    clickT60Sec: 0.012,
    rings: 1,
    modeHz: 160,
    modeT60Sec: 0.04,
    modeShare: 0.25,
    bodyShare: 0.6,
    bodyDb: [0, -4, -10, -14],
    bodyT60Sec: [0.12, 0.1, 0.08, 0.08],
    slideShare: 0.8,
    slideDb: [0, -4, -10, -13],
    levelDb: 0,
  },
};

/** Mean power while hands move in an ordinary way: the house level. */
const HOUSE_POWER = 1.1e-3;
/** No draw of chance may move a click's frequency further than the truncated normal times this. */
const SLOW_SEC = 5;
const MACRO_SEC = 420;
/** Onsets for the picture: the salient ones, no more often than this. */
const ONSET_GAP_SEC = 0.085;
const SALIENT = 3;
/** In sleep no click may begin faster. */
const SLEEP_RAMP_SEC = 0.004;

/** Single contacts, as the time for which the house power would have to last to bring their energy. */
const TICK_SEC = 0.012;
const FLAP_SEC = 0.06;
const STEP_SEC = 0.04;
const THUMP_HZ = [130, 210, 330, 520] as const;
const THUMP_SHARE = [0.3, 0.35, 0.25, 0.1] as const;
const THUMP_T60_SEC = 0.09;
const THUMP_RAMP_SEC = 0.004;
/** Power of the air a page moves, against that of its clicks. */
const AIR_POWER = 0.25;

const SOFTNESS = unit('Softness', 0.55, {
  low: 'sharp',
  high: 'hushed',
  words: ['sharp', 'clear', 'gentle', 'soft', 'hushed'],
  hint: 'How gradually each tiny click begins.',
});
const PACE = number('Pace', 0.45, {
  min: 0.2,
  max: 4,
  unit: 'per second',
  taper: 'log',
  low: 'slow',
  high: 'busy',
  hint: 'Squeezes, strokes, pages or steps per second.',
});

const GESTURES: readonly { readonly id: CrumpleGesture; readonly label: string }[] = [
  { id: 'squeeze', label: 'Squeezing' },
  { id: 'rub', label: 'Rubbing' },
  { id: 'turn', label: 'Turning pages' },
  { id: 'walk', label: 'Footsteps' },
];

const MATERIAL_WORDS: Readonly<Record<MaterialId, string>> = {
  paper: 'paper',
  page: 'book pages',
  tissue: 'tissue paper',
  leaves: 'dry leaves',
  fabric: 'fabric',
};
const GESTURE_WORDS: Readonly<Record<CrumpleGesture, string>> = {
  squeeze: 'squeezes',
  rub: 'rubs',
  turn: 'page turns',
  walk: 'footsteps',
};

export const rustling = defineTrigger({
  id: 'rustling',
  label: 'Rustling',
  family: 'crackle',
  sources: [
    'P. Houle & J. Sethna 1996, Acoustic emission from crumpling paper: energies p(E) ∝ E^−1.3…−1.6',
    'E. Kramer & A. Lobkovsky 1996, Universal power law in the noise from a crumpled elastic sheet',
    'Y. Lahini et al. 2023, Crackling of a held crumpled sheet is even in logarithmic time',
    'A. Hawkes 1971, Spectra of some self-exciting and mutually exciting point processes',
  ],
  params: {
    softness: SOFTNESS,
    brightness: unit('Brightness', 0.4, {
      low: 'dark',
      high: 'bright',
      words: ['dark', 'warm', 'natural', 'clear', 'bright'],
    }),
    crispness: unit('Crispness', 0.5, {
      low: 'blurred',
      high: 'crisp',
      words: ['blurred', 'mellow', 'even', 'distinct', 'crisp'],
      hint: 'Separate, short clicks, or one soft rustle.',
    }),
    pace: PACE,
    steadiness: unit('Steadiness', 0.7, {
      low: 'free',
      high: 'even',
      words: ['free', 'loose', 'human', 'steady', 'even'],
    }),
    surprise: unit('Surprise', 0.35, {
      low: 'alike',
      high: 'varied',
      words: ['alike', 'calm', 'lively', 'varied', 'wild'],
    }),
    material: choice('Material', 'paper', [
      { id: 'paper', label: 'Paper' },
      { id: 'page', label: 'Book pages' },
      { id: 'tissue', label: 'Tissue paper' },
      { id: 'leaves', label: 'Dry leaves' },
      { id: 'fabric', label: 'Fabric' },
    ] satisfies readonly { id: MaterialId; label: string }[]),
    gesture: choice('Gesture', 'squeeze', GESTURES),
    size: unit('Size', 0.5, {
      low: 'scrap',
      high: 'large sheet',
      words: ['scrap', 'small', 'hand-sized', 'large', 'huge'],
    }),
    density: unit('Density', 0.5, {
      low: 'sparse',
      high: 'dense',
      words: ['sparse', 'loose', 'medium', 'thick', 'dense'],
    }),
    dampness: unit('Dampness', 0, { low: 'dry', high: 'damp', words: ['dry', 'fresh', 'limp', 'moist', 'damp'] }),
    settling: unit('Settling', 0.5, {
      low: 'stops',
      high: 'lingers',
      words: ['stops', 'short', 'natural', 'long', 'lingers'],
      hint: 'How long it ticks on after the hand holds still.',
    }),
    sliding: unit('Sliding', 0.5, {
      low: 'none',
      high: 'much',
      words: ['none', 'a little', 'some', 'more', 'much'],
      hint: 'The soft hiss of a hand along the sheet.',
    }),
  },
  emitters: EMITTERS,
  describe(values) {
    const soft = formatParam(SOFTNESS, values.softness);
    const pace = values.pace < 0.35 ? 'very slow' : values.pace < 0.8 ? 'slow' : values.pace < 1.8 ? 'lively' : 'quick';
    return `${soft} ${MATERIAL_WORDS[values.material]}, ${pace} ${GESTURE_WORDS[values.gesture]}`;
  },
  create(context) {
    const { kernels, sampleRate, random, mode, once } = context;
    const sheet = new Sheet(context, EMITTERS);
    const hands = new Crumple(random.stream('hands'), once);
    const arrivals = new Arrivals(random.stream('arrivals'));
    const energies = random.stream('energies');
    const places = random.stream('places');
    const slow = random.stream('slow');
    const macro = random.stream('macro');
    const blockSec = BLOCK_FRAMES / sampleRate;
    const shape: SheetShape = { pitch: 1, modePitch: 1, ring: 1, rampSec: 0, body: 1 };
    let click = 0;
    let place = 0;
    let lastOnsetSec = -1;
    let contacts = 0;
    const contact = (kind: number, at: number, size: number, power: number): void => {
      const emitter = Math.floor(places.uniform(1e9 + contacts) * EMITTERS);
      const energy = size * size * power;
      if (kind === TICK) {
        sheet.click(emitter, at, TICK_SEC * energy, 4, shape);
      } else {
        // The stack under the page, the ground under the leaves: dark, short, begun by something soft.
        for (let i = 0; i < THUMP_HZ.length; i++) {
          const hz = (THUMP_HZ[i] ?? 100) * exp(0.12 * places.normal(2e9 + THUMP_HZ.length * contacts + i));
          const share = (THUMP_SHARE[i] ?? 0) * (kind === FLAP ? FLAP_SEC : STEP_SEC);
          sheet.thump(emitter, at, energy * share, kind === FLAP ? hz : 0.6 * hz, THUMP_T60_SEC, THUMP_RAMP_SEC);
        }
        sheet.click(emitter, at, 2 * TICK_SEC * energy, 8, shape);
      }
      contacts += 1;
    };
    return {
      get stroke() {
        return hands.stroke;
      },
      render(block, values) {
        const material = MATERIALS[values.material];
        sheet.set(material);
        hands.advance(block.timeSec, blockSec, values.gesture, values);

        const { surprise, dampness, crispness, softness } = values;
        const seconds = wander(slow, block.timeSec, SLOW_SEC);
        const minutes = wander(macro, block.timeSec, MACRO_SEC);
        const roam = surprise * (0.22 * seconds + 0.3 * minutes);
        shape.pitch =
          lerpLog(1.25, 0.6, softness) * exp2(0.9 * (values.brightness - 0.5)) * lerpLog(1, 0.7, dampness) * exp2(roam);
        shape.modePitch = lerpLog(1.8, 0.55, values.size) * exp2(0.5 * roam);
        shape.ring = lerpLog(1.7, 0.6, crispness) * lerpLog(1, 0.5, dampness);
        shape.body = lerpLog(1.8, 0.5, crispness);
        const ramp = lerpLog(0.00005, 0.0025, softness);
        shape.rampSec = mode === 'sleep' ? Math.max(ramp, SLEEP_RAMP_SEC) : ramp;

        const alpha = material.alpha + 0.3 * dampness + 0.1 * surprise * wander(slow, block.timeSec + 1e4, SLOW_SEC);
        const ratio = exp(0.2302585 * material.rangeDb * lerp(0.85, 1.1, crispness));
        const peakRate =
          material.clicksPerSec *
          lerpLog(0.3, 3.3, values.density) *
          lerpLog(0.6, 1.6, values.size) *
          exp(0.35 * surprise * wander(slow, block.timeSec + 2e4, SLOW_SEC));
        const mean = powerLawMoment(alpha, ratio, 1);
        const meanRoot = powerLawMoment(alpha, ratio, 0.5);
        const power = HOUSE_POWER * exp(0.2302585 * material.levelDb);
        const slideShare = clamp(material.slideShare * 2 * values.sliding, 0, 2);
        const energyEach = power / ((1 + slideShare) * peakRate);

        arrivals.begin(peakRate * (hands.give + 0.35 * values.settling * hands.settling), peakRate, blockSec, 1);
        while (arrivals.next()) {
          const relative = powerLaw(energies.uniform(click), alpha, ratio) / mean;
          const root = sqrt(relative * mean) / meanRoot;
          arrivals.excite(root, 1);
          // A crease runs on where it began, so neighbours in time mostly share a place.
          if (places.uniform(2 * click) > 0.8) place = Math.floor(places.uniform(2 * click + 1) * EMITTERS);
          const at = arrivals.atSec * sampleRate;
          sheet.click(place, Math.min(at, BLOCK_FRAMES - 0.01), energyEach * relative, relative, shape);
          const nowSec = block.timeSec + arrivals.atSec;
          if (relative > SALIENT && nowSec - lastOnsetSec > ONSET_GAP_SEC) {
            lastOnsetSec = nowSec;
            block.onset(Math.floor(at), clamp(0.25 + 0.18 * log(relative), 0, 1), place);
          }
          click += 1;
        }
        for (
          let i = hands.contactBefore(block.timeSec + blockSec);
          i >= 0;
          i = hands.contactBefore(block.timeSec + blockSec)
        ) {
          const at = clamp((hands.contactSec(i) - block.timeSec) * sampleRate, 0, BLOCK_FRAMES - 1);
          contact(hands.contactKind(i), at, hands.contactSize(i), power);
          hands.takeContact(i);
        }
        if (hands.air > 0) {
          const arc = hands.airArc;
          const hz = arc < 0.5 ? lerpLog(500, 1800, 2 * arc) : lerpLog(1800, 700, 2 * arc - 1);
          sheet.air(AIR_POWER * power * hands.air * hands.air * lerpLog(0.5, 2, values.size), hz * shape.pitch);
        }
        sheet.slide((power * slideShare * hands.slide * hands.slide) / (1 + slideShare));
        sheet.render();
        for (let i = 0; i < EMITTERS; i++) {
          const emitter = block.emitters[i];
          if (emitter) kernels.addRamp(sheet.bus(i), emitter.out, 1, 1, block.frames);
        }
      },
    };
  },
});

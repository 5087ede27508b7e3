// Brushing: bristles, hair or cloth under a stroking hand.
// strokes → speed, pressure → friction contact × 2 (independent) + handling knocks → microphone body → 2 emitters.
import { Bristles } from '../dsp/bristles.ts';
import { clamp, exp, fromDb, log } from '../dsp/maths.ts';
import { Wandering } from '../dsp/wandering.ts';
import { roughProfile, rowProfile } from '../dsp/surface.ts';
import { Folds } from '../exciters/folds.ts';
import { Friction, FrictionContact } from '../exciters/friction.ts';
import type { Tool, Touch } from '../exciters/friction.ts';
import { Strokes } from '../gestures/strokes.ts';
import { choice, number, unit } from '../params.ts';
import { BLOCK_FRAMES, defineTrigger } from '../trigger.ts';

interface BrushTool extends Tool {
  readonly id: string;
  readonly label: string;
  /** As in "a soft make-up brush". */
  readonly noun: string;
  /** Strokes one way only, as hair is brushed. */
  readonly oneWay: boolean;
  /** Brings the tool to the house's level: bands that overlap add up differently. Measured. */
  readonly levelDb: number;
  /** How much its tufts catch, or its folds crease, 0…1. */
  readonly folds: number;
  /** Low soft pops per second of stroke, as of a cover bulging. */
  readonly popsPerSec: number;
}

const TOOLS = [
  {
    id: 'makeup',
    label: 'Make-up brush',
    noun: 'make-up brush',
    contactsPerCm: 4000,
    hz: 820,
    q: 0.6,
    scan: 0.7,
    scanned: 0.2,
    bodyHz: 330,
    bodyDb: -4,
    sheenHz: 4200,
    sheenDb: -13,
    rubHz: 125,
    rubDb: -8,
    diameterMm: 0.07,
    lengthMm: 16,
    ringMs: 3,
    rowMm: 6,
    rowDepth: 0.12,
    patchMm: 9,
    patchDepth: 0.12,
    alpha: 1.6,
    rangeDb: 14,
    snagsPerCm: 0.1,
    snagDb: -3,
    levelDb: 0,
    folds: 0.3,
    oneWay: false,
    popsPerSec: 0.25,
  },
  {
    id: 'mic',
    label: 'Stiff microphone brush',
    noun: 'microphone brush',
    contactsPerCm: 110,
    hz: 1800,
    q: 0.8,
    scan: 0.7,
    scanned: 0.2,
    bodyHz: 420,
    bodyDb: -8,
    sheenHz: 4800,
    sheenDb: -9,
    rubHz: 130,
    rubDb: -9,
    diameterMm: 0.25,
    lengthMm: 15,
    ringMs: 2.5,
    rowMm: 2.5,
    rowDepth: 0.3,
    patchMm: 6,
    patchDepth: 0.2,
    alpha: 1.6,
    rangeDb: 18,
    snagsPerCm: 0.3,
    snagDb: 1,
    levelDb: 1.8,
    folds: 0.35,
    oneWay: false,
    popsPerSec: 0.15,
  },
  {
    id: 'nail',
    label: 'Nail brush',
    noun: 'nail brush',
    contactsPerCm: 420,
    hz: 3600,
    q: 0.6,
    scan: 0.5,
    scanned: 0.1,
    bodyHz: 1300,
    bodyDb: -17,
    sheenHz: 9500,
    sheenDb: -2,
    rubHz: 120,
    rubDb: -24,
    diameterMm: 0.2,
    lengthMm: 10,
    ringMs: 2.5,
    rowMm: 2.2,
    rowDepth: 0.25,
    patchMm: 7,
    patchDepth: 0.28,
    alpha: 1.6,
    rangeDb: 18,
    snagsPerCm: 0.2,
    snagDb: 2,
    levelDb: 2.1,
    folds: 0.25,
    oneWay: false,
    popsPerSec: 0.1,
  },
  {
    id: 'hair',
    label: 'Hair brush',
    noun: 'hair brush',
    contactsPerCm: 200,
    hz: 1300,
    q: 0.7,
    scan: 0.7,
    scanned: 0.3,
    bodyHz: 420,
    bodyDb: -5,
    sheenHz: 4200,
    sheenDb: -11,
    rubHz: 110,
    rubDb: -14,
    diameterMm: 0.15,
    lengthMm: 12,
    ringMs: 3,
    rowMm: 5,
    rowDepth: 0.2,
    patchMm: 8,
    patchDepth: 0.3,
    alpha: 1.6,
    rangeDb: 20,
    snagsPerCm: 2.2,
    snagDb: 4,
    levelDb: 0.6,
    folds: 0.45,
    oneWay: true,
    popsPerSec: 0.1,
  },
  {
    id: 'comb',
    label: 'Comb',
    noun: 'comb',
    contactsPerCm: 120,
    hz: 1500,
    q: 0.7,
    scan: 0.8,
    scanned: 0.35,
    bodyHz: 500,
    bodyDb: -8,
    sheenHz: 4600,
    sheenDb: -10,
    rubHz: 120,
    rubDb: -18,
    diameterMm: 0.45,
    lengthMm: 20,
    ringMs: 5,
    rowMm: 2.5,
    rowDepth: 0.75,
    patchMm: 8,
    patchDepth: 0.3,
    alpha: 1.5,
    rangeDb: 18,
    snagsPerCm: 2.5,
    snagDb: 4,
    levelDb: 1.1,
    folds: 0.4,
    oneWay: true,
    popsPerSec: 0.05,
  },
  {
    id: 'cotton',
    label: 'Cotton',
    noun: 'cotton cloth',
    contactsPerCm: 1000,
    hz: 750,
    q: 0.5,
    scan: 0.7,
    scanned: 0.5,
    bodyHz: 260,
    bodyDb: -3,
    sheenHz: 4200,
    sheenDb: -15,
    rubHz: 110,
    rubDb: -5,
    diameterMm: 0.05,
    lengthMm: 6,
    ringMs: 2,
    rowMm: 0.4,
    rowDepth: 0.15,
    patchMm: 7,
    patchDepth: 0.22,
    alpha: 1.5,
    rangeDb: 18,
    snagsPerCm: 2.5,
    snagDb: 1,
    levelDb: 0.4,
    folds: 1,
    oneWay: false,
    popsPerSec: 0.2,
  },
  {
    id: 'silk',
    label: 'Silk',
    noun: 'silk',
    contactsPerCm: 600,
    hz: 2600,
    q: 0.6,
    scan: 1,
    scanned: 0.7,
    bodyHz: 600,
    bodyDb: -9,
    sheenHz: 6000,
    sheenDb: -8,
    rubHz: 110,
    rubDb: -16,
    diameterMm: 0.05,
    lengthMm: 4.5,
    ringMs: 2,
    rowMm: 0.25,
    rowDepth: 0.12,
    patchMm: 6,
    patchDepth: 0.22,
    alpha: 1.6,
    rangeDb: 20,
    snagsPerCm: 0.8,
    snagDb: 2,
    levelDb: 3.4,
    folds: 0.7,
    oneWay: false,
    popsPerSec: 0.05,
  },
  {
    id: 'fluffy',
    label: 'Fluffy cover',
    noun: 'fluffy cover',
    contactsPerCm: 6000,
    hz: 350,
    q: 0.5,
    scan: 0.7,
    scanned: 0.2,
    bodyHz: 170,
    bodyDb: -1,
    sheenHz: 2200,
    sheenDb: -19,
    rubHz: 85,
    rubDb: -3,
    diameterMm: 0.05,
    lengthMm: 14,
    ringMs: 3,
    rowMm: 9,
    rowDepth: 0.12,
    patchMm: 14,
    patchDepth: 0.2,
    alpha: 1.6,
    rangeDb: 12,
    snagsPerCm: 0.05,
    snagDb: -6,
    levelDb: -0.5,
    folds: 0.5,
    oneWay: false,
    popsPerSec: 1,
  },
] as const satisfies readonly BrushTool[];

type ToolId = (typeof TOOLS)[number]['id'];

const byId = new Map<string, BrushTool>(TOOLS.map((tool) => [tool.id, tool]));

function toolOf(id: string): BrushTool {
  return byId.get(id) ?? TOOLS[0];
}

/** Entries of the shared surfaces; at 48 kHz and the fastest hand the rough one is some 10 cm long. */
const ROUGH_ENTRIES = 16384;
const ROWS = 64;
/** No hand is faster: sets the step of the rough surface. */
const FASTEST_CM_PER_SEC = 30;
/** The grip on the handle changes over this long. */
const GRIP_SEC = 0.35;
const GRIP = 0.33;
/** A new tool is picked up in silence. */
const SWAP_SEC = 0.09;
/** The handle and the capsule: two groups of four modes. */
const BODY_HZ = [
  [74, 112, 171, 262],
  [96, 148, 224, 390],
];
const BODY_T60_SEC = 0.055;
/** Level of everything against the house's. Set by measurement. */
const LEVEL = 0.007;

export const brushing = defineTrigger({
  id: 'brushing',
  label: 'Brushing',
  family: 'friction',
  sources: [
    'E. Thoret et al. 2014: friction sound carries the velocity profile of the hand',
    'T. Flash and N. Hogan 1985: minimum-jerk movement',
    'K. van den Doel, P. Kry and D. Pai 2001: surface profiles read at the contact',
    'Bristle modes: clamped-free beam. Levels and densities set by ear and measurement, 2026',
  ],
  params: {
    softness: unit('Softness', 0.6, {
      low: 'stiff',
      high: 'downy',
      words: ['stiff', 'firm', 'gentle', 'soft', 'downy'],
      hint: 'How far the bristles yield: stiff ones tick and hiss, soft ones murmur.',
    }),
    brightness: unit('Brightness', 0.45, {
      low: 'dark',
      high: 'bright',
      words: ['dark', 'warm', 'neutral', 'clear', 'bright'],
    }),
    crispness: unit('Crispness', 0.35, {
      low: 'smooth',
      high: 'crisp',
      words: ['velvety', 'smooth', 'grained', 'crisp', 'crackling'],
      hint: 'How many bristles are heard one by one.',
    }),
    pace: number('Pace', 0.4, {
      min: 0.1,
      max: 1.5,
      unit: 'per second',
      taper: 'log',
      low: 'lingering',
      high: 'quick',
      hint: 'Strokes per second; forth and back count one each.',
    }),
    steadiness: unit('Steadiness', 0.75, {
      low: 'free',
      high: 'even',
      words: ['free', 'loose', 'natural', 'steady', 'even'],
    }),
    surprise: unit('Surprise', 0.35, {
      low: 'the same',
      high: 'changing',
      words: ['the same', 'calm', 'alive', 'varied', 'changing'],
    }),
    tool: choice<ToolId>(
      'Tool',
      'makeup',
      TOOLS.map(({ id, label }) => ({ id, label })),
      'What strokes, or is stroked.',
    ),
    speed: number('Speed', 3, {
      min: 1,
      max: 10,
      unit: 'cm/s',
      taper: 'log',
      low: 'slow',
      high: 'fast',
      hint: 'Mean speed over the surface. About 3 cm/s is felt as most pleasant.',
    }),
    pressure: unit('Pressure', 0.5, {
      low: 'hovering',
      high: 'pressed',
      words: ['hovering', 'light', 'resting', 'firm', 'pressed'],
    }),
    density: unit('Density', 0.5, {
      low: 'few hairs',
      high: 'thick',
      words: ['sparse', 'thin', 'full', 'dense', 'thick'],
    }),
    rub: unit('Rub', 0.4, {
      low: 'none',
      high: 'deep',
      words: ['none', 'hint', 'warm', 'deep', 'rumbling'],
      hint: 'Low rumble of the hand at work.',
    }),
    catching: unit('Catching', 0.2, {
      low: 'taut',
      high: 'creased',
      words: ['taut', 'smooth', 'loose', 'folded', 'creased'],
      hint: 'Tufts and folds that catch and let go, in small bursts.',
    }),
    handling: unit('Handling', 0.25, {
      low: 'none',
      high: 'clumsy',
      hint: 'Small knocks of handle, lid and microphone.',
    }),
    air: unit('Still air', 0.25, { low: 'none', high: 'audible', hint: 'The quiet of a real room under the strokes.' }),
  },
  emitters: 2,
  describe(values) {
    const tool = toolOf(values.tool);
    const feel = values.softness < 0.3 ? 'stiff ' : values.softness < 0.55 ? '' : 'soft ';
    const article =
      tool.id === 'cotton' || tool.id === 'silk' ? '' : feel === '' && tool.noun.startsWith('a') ? 'an ' : 'a ';
    const pace =
      values.pace < 0.25
        ? 'lingering strokes'
        : values.pace < 0.6
          ? 'slow strokes'
          : values.pace < 1
            ? 'strokes'
            : 'quick strokes';
    const grain = values.crispness > 0.7 ? 'crisp ' : '';
    return `${article}${feel}${tool.noun}, ${grain}${pace}`;
  },
  create({ kernels, arena, sampleRate, random, once, loopSec, eco = false }) {
    const context = { kernels, arena, sampleRate };
    const strokes = new Strokes(random.stream('strokes'), { once, startSec: 0.02, loopSec });
    const scratch = arena.floats(BLOCK_FRAMES);
    // One entry a sample at the fastest hand.
    const roughPerCm = sampleRate / FASTEST_CM_PER_SEC;
    const rough = roughProfile({ arena, random: random.stream('rough') }, ROUGH_ENTRIES, 2);
    const rows = rowProfile({ arena, random: random.stream('rows') }, ROWS, 0.25);
    const contacts = [0, 1].map(
      (side) =>
        new FrictionContact(context, {
          random: random.stream(`side ${String(side)}`),
          rough,
          roughPerCm,
          rows,
          place: 0.5 * side + 0.07,
          scratch,
          eco,
        }),
    );
    const folds = new Folds(random.stream('folds'));
    const body = new Bristles(context, BODY_HZ.length, random.stream('body'));
    BODY_HZ.forEach((modes, group) => {
      modes.forEach((hz, mode) => {
        const own = exp(0.12 * random.normal(100 + 4 * group + mode));
        body.setMode(
          group,
          mode,
          hz * own,
          BODY_T60_SEC * exp(0.2 * random.normal(200 + 4 * group + mode)),
          100 / (40 + hz),
        );
      });
    });
    const events = random.stream('events');
    const grip = new Wandering(random.stream('grip'), loopSec / GRIP_SEC);
    const swapStep = BLOCK_FRAMES / (SWAP_SEC * sampleRate);
    const blockSec = BLOCK_FRAMES / sampleRate;
    const friction = new Friction(TOOLS[0]);
    const touch: Touch = {
      tool: TOOLS[0],
      meanCmPerSec: 3,
      relativeSpeed: 0,
      pressure: 0,
      gain: 0,
      lowGain: 0,
      softness: 0.5,
      crispness: 0.5,
      density: 0.5,
      rub: 0.5,
      grip: 1,
      floor: 0,
    };
    const style = { pacePerSec: 0.4, speedCmPerSec: 3, steadiness: 0.75, surprise: 0.35, oneWay: false };
    let tool: BrushTool | undefined;
    /** 1 tool in hand … 0 put away. */
    let held = 1;
    let draw = 0;

    return {
      get stroke() {
        return strokes.position;
      },
      render(block, values) {
        const wanted = toolOf(values.tool);
        tool ??= wanted;
        held = clamp(held + (tool === wanted ? swapStep : -swapStep), 0, 1);
        if (held === 0) tool = wanted;

        style.pacePerSec = values.pace;
        style.speedCmPerSec = values.speed;
        style.steadiness = values.steadiness;
        style.surprise = values.surprise;
        style.oneWay = tool.oneWay;
        const endSec = block.timeSec + blockSec;
        strokes.moveTo(endSec, style);

        const press = 0.35 + 1.3 * values.pressure;
        touch.tool = tool;
        touch.meanCmPerSec = values.speed;
        touch.relativeSpeed = strokes.relativeSpeed;
        touch.pressure = strokes.pressure * press;
        const gain = held * held * LEVEL * fromDb(tool.levelDb) * strokes.gain;
        touch.softness = values.softness;
        touch.crispness = values.crispness;
        touch.density = values.density;
        touch.rub = values.rub;
        touch.grip = exp(GRIP * grip.at(endSec / GRIP_SEC));
        touch.floor = once || values.air < 0.01 ? 0 : block.bed * LEVEL * fromDb(-60 + 36 * values.air);

        folds.next(blockSec, strokes.relativeSpeed, tool.folds * values.catching);
        touch.gain = gain * folds.high;
        touch.lowGain = gain * folds.low;
        friction.set(touch);
        const snagRate = tool.snagsPerCm * strokes.speedCmPerSec * (0.4 + 1.2 * values.crispness);
        const side = events.bits(4 * draw) & 1;
        for (let i = 0; i < contacts.length; i++) {
          const patch = contacts[i];
          const emitter = block.emitters[i];
          if (!patch || !emitter) continue;
          if (i === side && events.uniform(4 * draw + 1) < snagRate * blockSec) {
            // Truncated power law over 14 dB.
            const db = tool.snagDb + 14 * catchOf(events.uniform(4 * draw + 3)) - 8;
            patch.strike(
              events.bits(4 * draw + 2) % block.frames,
              touch.gain * fromDb(db) * (0.3 + 0.7 * strokes.relativeSpeed),
              events.bits(4 * draw + 3),
            );
          }
          patch.render(emitter.out, friction, block.frames);
        }

        const loose = strokes.resting ? 0.15 : 1;
        const popRate = (tool.popsPerSec + 3 * values.handling * values.handling) * loose * block.bed * block.bed;
        const pops = (!once || !strokes.resting) && events.uniform(-4 * draw - 1) < popRate * blockSec;
        if ((strokes.landed || pops) && values.handling > 0.01) {
          const db = -18 + 22 * values.handling + 6 * events.normal(-4 * draw - 2);
          const sign = events.bits(-4 * draw - 4) & 1 ? 1 : -1;
          body.strike(draw & 1, events.bits(-4 * draw - 3) % block.frames, sign * gain * fromDb(Math.min(db, 5)));
        }
        kernels.clear(scratch, block.frames);
        body.render(scratch, 0, 0, block.frames);
        for (const emitter of block.emitters) kernels.addRamp(scratch, emitter.out, 0.5, 0.5, block.frames);
        draw += 1;

        if (strokes.began) block.onset(0, clamp(0.45 * strokes.gain, 0, 1), strokes.count & 1);
      },
    };
  },
});

/** Uniform → 0…1 with few large ones: share of the range in dB under an E^−1.6 law cut at 14 dB. */
function catchOf(u: number): number {
  return -log(1 - u * (1 - exp(-0.6 * 3.2236))) / (0.6 * 3.2236);
}

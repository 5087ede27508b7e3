// Brushing: bristles, hair or cloth under a stroking hand.
// strokes → speed, pressure → friction contact × 2 (independent) + handling knocks → body modes → 2 emitters.
import { Bristles } from '../exciters/bristles.ts';
import { clamp, exp, fromDb, log } from '../dsp/math.ts';
import { SmoothNoise } from '../dsp/smoothNoise.ts';
import { roughProfile, rowProfile } from '../exciters/surface.ts';
import { BRUSH_TOOLS, brushTool } from '../materials/brushes.ts';
import type { BrushTool, ToolId } from '../materials/brushes.ts';
import { StickSlip } from '../exciters/stickSlip.ts';
import { Friction, FrictionContact } from '../exciters/friction.ts';
import type { FrictionInput } from '../exciters/friction.ts';
import { Strokes } from '../gestures/strokes.ts';
import { choice, number, unit } from '../params.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';
import { defineTrigger } from '../trigger.ts';

/** Entries of the shared surfaces; at 48 kHz and the fastest hand the rough one is some 10 cm long. */
const ROUGH_ENTRIES = 16384;
const ROWS = 64;
/** No hand is faster: sets the step of the rough surface. */
const MAX_CM_PER_SEC = 30;
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
const BODY_DETUNE_DRAWS = 100;
const BODY_DECAY_DRAWS = 200;
/** Catches: energies follow E^−1.6 over this range. */
const SNAG_RANGE_DB = 14;
const SNAG_NEPERS = 0.6 * 3.2236; // 0.6 · ln of the range
/** Level of everything against the house's. Set by measurement. */
const LEVEL = 0.007;

/**
 * Brushing with bristles, hair and cloth.
 * Source: E. Thoret et al. 2014: friction sound carries the velocity profile of the hand.
 * Source: T. Flash and N. Hogan 1985: minimum-jerk movement.
 * Source: K. van den Doel, P. Kry and D. Pai 2001: surface profiles read at the contact.
 * Source: Bristle modes: clamped-free beam. Levels and densities set by ear and measurement, 2026.
 */
export const brushing = defineTrigger({
  id: 'brushing',
  family: 'friction',
  params: {
    softness: unit(0.6, {
      words: ['stiff', 'firm', 'gentle', 'soft', 'verySoft'],
      levels: [
        ['stiff', 0.3],
        ['medium', 0.55],
        ['soft', Infinity],
      ],
    }),
    brightness: unit(0.45, {
      words: ['dark', 'warm', 'natural', 'clear', 'bright'],
    }),
    crispness: unit(0.35, {
      words: ['verySmooth', 'smooth', 'grained', 'crisp', 'crackling'],
      levels: [
        ['medium', 0.7],
        ['crisp', Infinity],
      ],
    }),
    pace: number(0.4, {
      min: 0.1,
      max: 1.5,
      unit: 'perSecond',
      taper: 'log',
      levels: [
        ['verySlow', 0.25],
        ['slow', 0.6],
        ['medium', 1],
        ['quick', Infinity],
      ],
    }),
    steadiness: unit(0.75, {
      words: ['free', 'loose', 'natural', 'steady', 'even'],
    }),
    surprise: unit(0.35, {
      words: ['alike', 'calm', 'lively', 'varied', 'wild'],
    }),
    tool: choice<ToolId>(
      'makeup',
      BRUSH_TOOLS.map(({ id }) => id),
    ),
    speed: number(3, {
      min: 1,
      max: 10,
      unit: 'cmPerSecond',
      taper: 'log',
    }),
    pressure: unit(0.5, {
      words: ['hovering', 'light', 'resting', 'firm', 'pressed'],
    }),
    density: unit(0.5, {
      words: ['sparse', 'thin', 'full', 'dense', 'thick'],
    }),
    rub: unit(0.4, {
      words: ['none', 'hint', 'warm', 'deep', 'rumbling'],
    }),
    catching: unit(0.2, {
      words: ['taut', 'smooth', 'loose', 'folded', 'creased'],
    }),
    handling: unit(0.25),
    air: unit(0.25),
  },
  emitters: 2,
  create({ kernels, arena, sampleRate, random, oneShot, loopSec, lowPower = false }) {
    const context = { kernels, arena, sampleRate };
    const strokes = new Strokes(random.stream('strokes'), { oneShot, startSec: 0.02, loopSec });
    const scratch = arena.floats(BLOCK_FRAMES);
    // One entry a sample at the fastest hand.
    const roughPerCm = sampleRate / MAX_CM_PER_SEC;
    const rough = roughProfile({ arena, random: random.stream('rough') }, ROUGH_ENTRIES, 2);
    const rows = rowProfile({ arena, random: random.stream('rows') }, ROWS, 0.25);
    const contacts = [0, 1].map(
      (side) =>
        new FrictionContact(context, {
          random: random.stream(`side ${String(side)}`),
          rough,
          roughPerCm,
          rows,
          start: 0.5 * side + 0.07,
          scratch,
          lowPower,
        }),
    );
    const stickSlip = new StickSlip(random.stream('folds'));
    const body = new Bristles(context, BODY_HZ.length, random.stream('body'));
    BODY_HZ.forEach((modes, group) => {
      modes.forEach((hz, mode) => {
        body.setMode(
          group,
          mode,
          random.logNormal(BODY_DETUNE_DRAWS + 4 * group + mode, hz, 0.12),
          random.logNormal(BODY_DECAY_DRAWS + 4 * group + mode, BODY_T60_SEC, 0.2),
          100 / (40 + hz),
        );
      });
    });
    const events = random.stream('events');
    const grip = new SmoothNoise(random.stream('grip'), { period: GRIP_SEC, loop: loopSec });
    const swapStep = BLOCK_FRAMES / (SWAP_SEC * sampleRate);
    const blockSec = BLOCK_FRAMES / sampleRate;
    const friction = new Friction(BRUSH_TOOLS[0]);
    const input: FrictionInput = {
      tool: BRUSH_TOOLS[0],
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
    let grasp = 1;
    let draw = 0;

    return {
      get strokePosition() {
        return strokes.position;
      },
      render(block, values) {
        const wanted = brushTool(values.tool);
        tool ??= wanted;
        grasp = clamp(grasp + (tool === wanted ? swapStep : -swapStep), 0, 1);
        if (grasp === 0) tool = wanted;

        style.pacePerSec = values.pace;
        style.speedCmPerSec = values.speed;
        style.steadiness = values.steadiness;
        style.surprise = values.surprise;
        style.oneWay = tool.oneWay;
        const endSec = block.timeSec + blockSec;
        strokes.advanceTo(endSec, style);

        const press = 0.35 + 1.3 * values.pressure;
        input.tool = tool;
        input.meanCmPerSec = values.speed;
        input.relativeSpeed = strokes.relativeSpeed;
        input.pressure = strokes.pressure * press;
        const gain = grasp * grasp * LEVEL * fromDb(tool.levelDb) * strokes.gain;
        input.softness = values.softness;
        input.crispness = values.crispness;
        input.density = values.density;
        input.rub = values.rub;
        input.grip = exp(GRIP * grip.at(endSec));
        input.floor = oneShot || values.air < 0.01 ? 0 : block.loopGain * LEVEL * fromDb(-60 + 36 * values.air);

        stickSlip.process(blockSec, strokes.relativeSpeed, tool.stickSlip * values.catching);
        input.gain = gain * stickSlip.high;
        input.lowGain = gain * stickSlip.low;
        friction.update(input);
        const snagRate = tool.snagsPerCm * strokes.speedCmPerSec * (0.4 + 1.2 * values.crispness);
        const side = events.uint32(4 * draw) & 1;
        for (let i = 0; i < contacts.length; i++) {
          const patch = contacts[i];
          const emitter = block.emitters[i];
          if (!patch || !emitter) continue;
          if (i === side && events.uniform(4 * draw + 1) < snagRate * blockSec) {
            // Truncated power law over 14 dB.
            const db = tool.snagDb + SNAG_RANGE_DB * snagShare(events.uniform(4 * draw + 3)) - 8;
            patch.strike(
              events.uint32(4 * draw + 2) % block.frames,
              input.gain * fromDb(db) * (0.3 + 0.7 * strokes.relativeSpeed),
              events.uint32(4 * draw + 3),
            );
          }
          patch.render(emitter.out, friction, block.frames);
        }

        const loose = strokes.resting ? 0.15 : 1;
        const popRate =
          (tool.popsPerSec + 3 * values.handling * values.handling) * loose * block.loopGain * block.loopGain;
        const pops = (!oneShot || !strokes.resting) && events.uniform(-4 * draw - 1) < popRate * blockSec;
        if ((strokes.landed || pops) && values.handling > 0.01) {
          const db = -18 + 22 * values.handling + 6 * events.normal(-4 * draw - 2);
          const sign = events.uint32(-4 * draw - 4) & 1 ? 1 : -1;
          body.strike(draw & 1, events.uint32(-4 * draw - 3) % block.frames, sign * gain * fromDb(Math.min(db, 5)));
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

/** Truncated Pareto law in decibels: share of the range, 0…1, from a uniform draw. */
function snagShare(uniform: number): number {
  return -log(1 - uniform * (1 - exp(-SNAG_NEPERS))) / SNAG_NEPERS;
}

// Friction of bristles or threads dragged over a surface, per contact patch:
// noise + scanned roughness → rows → four velocity-scanned bands ┐
// single contacts → bristle cantilevers ─────────────────────────┴→ out
import { kShelfPower, smoothstep } from '../dsp/curves.ts';
import { clamp, exp, fromDb, lerp, lerpLog, log, sqrt } from '../dsp/math.ts';
import { FilterBank } from '../dsp/filterBank.ts';
import { BRISTLE_MODES, Bristles } from './bristles.ts';
import type { DspContext } from '../dsp/block.ts';
import type { Kernels } from '../dsp/kernels.ts';
import type { Random } from '../dsp/random.ts';
import { ROW_ENTRIES, SurfaceReader } from './surface.ts';
import { SmoothNoise } from '../dsp/smoothNoise.ts';
import type { Profile } from './surface.ts';
import type { Ptr } from '../kernelExports.ts';

/** What touches, as physical data. Levels are those at the style's mean speed, in dB against one another. */
export interface FrictionTool {
  /** Contacts per centimetre of stroke over the whole patch: bristles in touch over the spacing of the asperities. */
  readonly contactsPerCm: number;
  /** Centre of the rubbing noise at 5 cm/s, and its quality. */
  readonly hz: number;
  readonly q: number;
  /** How strongly the centre follows the speed: 0.7 for friction in general, 1 where a weave is scanned. */
  readonly scan: number;
  /** Share 0…1 of the noise that is the surface itself, read at the hand's speed. */
  readonly scanned: number;
  /** Low, warm part of the rub (the body that is stroked), and the airy top. */
  readonly bodyHz: number;
  readonly bodyDb: number;
  readonly sheenHz: number;
  readonly sheenDb: number;
  /** Rumble of the hand and what it holds, 60–200 Hz. */
  readonly rubHz: number;
  readonly rubDb: number;
  /** One bristle: diameter and free length; how long it rings at 2 kHz. */
  readonly diameterMm: number;
  readonly lengthMm: number;
  readonly ringMs: number;
  /** Spacing of rows, teeth or threads, and how deep they cut into the sound. */
  readonly rowMm: number;
  readonly rowDepth: number;
  /** Size of the uneven patches of the surface, and how much they differ (sd, natural log of amplitude). */
  readonly patchMm: number;
  readonly patchDepth: number;
  /** Spread of contact energies: exponent and range. */
  readonly alpha: number;
  readonly rangeDb: number;
  /** Single catches (a snag, a thread, a tooth) per centimetre, and their level over a contact. */
  readonly snagsPerCm: number;
  readonly snagDb: number;
}

/** Everything that shapes the friction in this block. */
export interface FrictionInput {
  tool: FrictionTool;
  /** Mean speed of a stroke, and the speed now as a multiple of it. */
  meanCmPerSec: number;
  relativeSpeed: number;
  /** Pressure now, about 0…1.3; 0 in the air. */
  pressure: number;
  /** Level of the stroke, amplitude: of the rub and body, and of everything above. */
  lowGain: number;
  gain: number;
  softness: number;
  crispness: number;
  density: number;
  rub: number;
  /** Level of the rumble as the grip changes, amplitude round 1. */
  grip: number;
  /** Level of the still air under everything, amplitude. */
  floor: number;
}

/** √(Young's modulus / density) of nylon and hair, m/s. */
const BRISTLE_SOUND_M_PER_SEC = 1620;
/** Clamped-free beam: first eigenvalue squared over 2π, and the ratios of the next modes. */
const CANTILEVER = 0.5596;
const CANTILEVER_RATIOS = [1, 6.267, 17.55, 34.39];
/** Smaller changes of softness and crispness are not heard. */
const MIN_CHANGE = 0.004;
const BRISTLES = 8;
const LOW_POWER_BRISTLES = 4;
/** Bristles differ in free length by this much (sd). */
const LENGTH_SPREAD = 0.09;
/** Modes are out of tune by this much (sd). */
const MODE_DETUNE = 0.05;
/** First draws of the bristles' lengths and detunings. */
const LENGTH_DRAWS = 1000;
const DETUNE_DRAWS = 2000;

/** Above this rate of contacts (1/s) single ones melt into Gaussian noise. */
const MELTED_PER_SEC = 2000;
/** Even in a dense brush the strongest slips stand out. */
const MIN_SINGLE = 0.03;
/** Of countless contacts these many stand out: all and none when smooth, few and strong when crisp. */
const SMOOTH_CONTACTS_PER_SEC = 2400;
const CRISP_CONTACTS_PER_SEC = 220;

const REFERENCE_CM_PER_SEC = 5;
/** Loudness grows with v^1.3 in a stroke and with the square root of the pressure. Source: friction noise ∝ √(|v|·F). */
const SPEED_POWER = 1.3;
const SHEEN_POWER = 1.7;
const BODY_POWER = 1.1;
const RUB_POWER = 0.8;
/** log of 0.04: slower than this share of the mean speed nothing shifts further. */
const LOG_MIN_SPEED = -3.22;
/** Slower than this share no single contact is heard. */
const MIN_CONTACT_SPEED = 0.02;
/** No stroke is faster than so many times its mean. */
const MAX_RELATIVE_SPEED = 6;

/** Below this a bristle shorts itself out: the air slips round it. */
const RADIATING_HZ = 1800;
const MIN_CONTACT_SEC = 0.00002;
const MAX_CONTACT_SEC = 0.0006;
const MIN_CENTRE_HZ = 60;
const MAX_CENTRE_HZ = 14000;
const MIN_SHEEN_HZ = 500;
const MAX_ROW_DEPTH = 0.8;
/** Entries a sample: a row is never read in fewer than eight steps. */
const MAX_ROW_STEP = ROW_ENTRIES / 8;
const BODY_Q = 0.7;
const SHEEN_Q = 0.6;
const RUB_Q = 0.8;
const RUB_LOUDNESS = 0.8;
/** The still air's share of the upper bands; the rub's is 1. */
const BODY_FLOOR = 0.5;
const SHEEN_FLOOR = 0.3;
/** Square root of a catch's length in seconds. */
const CATCH = 0.063;
/** White part of the still air, at the sample rate it was set for. */
const HISS = 0.7;
const HISS_RATE = 48000;
const LN16 = 2.772588722239781;
/** log of 2000/s over 500/s: below the latter each contact is heard. */
const LOG_MELT = 1.3862943611198906;

/** Lanes of the filter bank. */
const RUB = 0;
const BODY = 1;
const MAIN = 2;
const SHEEN = 3;

/** What all contacts of one hand share in a block: levels, centres and rates from speed, pressure and tool. */
export class Friction {
  tool: FrictionTool;
  softness = 0.5;
  crispness = 0.5;
  floor = 0;
  speedCmPerSec = 0;
  mainHz = 1000;
  q = 0.7;
  sheenHz = 4000;
  /** RMS of the bands. */
  rub = 0;
  body = 0;
  main = 0;
  sheen = 0;
  rowDepth = 0;
  contactsPerSec = 0;
  /** Square root of the single contacts' power at a contact energy of 1. */
  grain = 0;

  // Of the last settings, as long as nothing but the hand moves.
  #density = -1;
  #rubSetting = -1;
  #meanCmPerSec = -1;
  #restHz = 1000;
  #single = 0;
  #bodyLevel = 0;
  #sheenLevel = 0;
  #rubLevel = 0;
  #scale = 1;
  #meanRate = 1;

  /** @param tool - until the first `update` */
  constructor(tool: FrictionTool) {
    this.tool = tool;
  }

  /**
   * Updates levels, centres and rates; once per block.
   * @param input - tool, hand and settings of the moment
   */
  update(input: FrictionInput): void {
    this.#updateSteady(input);
    const { tool } = this;
    const u = clamp(input.relativeSpeed, 0, MAX_RELATIVE_SPEED);
    const logU = log(Math.max(u, 1e-6));
    this.floor = input.floor;
    this.speedCmPerSec = u * input.meanCmPerSec;
    const shift = exp(tool.scan * Math.max(logU, LOG_MIN_SPEED));
    this.mainHz = clamp(this.#restHz * shift, MIN_CENTRE_HZ, MAX_CENTRE_HZ);
    const press = sqrt(input.pressure);
    const level = input.gain * this.#scale * press;
    const noise = sqrt(1 - this.#single);
    const low = input.lowGain * this.#scale;
    const swing = exp(SPEED_POWER * logU);
    this.main = level * noise * swing;
    this.sheen = level * noise * this.#sheenLevel * exp(SHEEN_POWER * logU);
    this.body = low * press * noise * this.#bodyLevel * exp(BODY_POWER * logU);
    this.rub = low * input.grip * input.pressure * this.#rubLevel * exp(RUB_POWER * logU);
    this.contactsPerSec = u > MIN_CONTACT_SPEED ? this.#meanRate * u : 0;
    // Contact power ∝ rate · gain²: together they follow the same law as the noise.
    this.grain = (level * sqrt(this.#single / this.#meanRate) * swing) / sqrt(Math.max(u, MIN_CONTACT_SPEED));
  }

  /** Works out again what depends on tool and settings alone, when they have moved. */
  #updateSteady(input: FrictionInput): void {
    const { tool, softness, crispness, density, rub, meanCmPerSec } = input;
    if (
      tool === this.tool &&
      softness === this.softness &&
      crispness === this.crispness &&
      density === this.#density &&
      rub === this.#rubSetting &&
      meanCmPerSec === this.#meanCmPerSec
    ) {
      return;
    }
    this.tool = tool;
    this.softness = softness;
    this.crispness = crispness;
    this.#density = density;
    this.#rubSetting = rub;
    this.#meanCmPerSec = meanCmPerSec;
    // Stiffness of the hairs: soft hairs slip at lower frequencies.
    const stiff = stiffness(softness);
    this.#restHz = tool.hz * stiff * powerOf(meanCmPerSec / REFERENCE_CM_PER_SEC, tool.scan);
    this.q = tool.q * lerp(1.25, 0.8, softness);
    this.sheenHz = clamp(tool.sheenHz * sqrt(stiff), MIN_SHEEN_HZ, MAX_CENTRE_HZ);
    this.#bodyLevel = fromDb(tool.bodyDb + 6 * (softness - 0.5) + 6 * (density - 0.5));
    this.#sheenLevel = fromDb(tool.sheenDb - 8 * (softness - 0.5) - 3 * (density - 0.5));
    this.#rubLevel = rub > 0.01 ? fromDb(tool.rubDb + 24 * (rub - 0.5)) : 0;
    const loud =
      kShelfPower(clamp(this.#restHz, MIN_CENTRE_HZ, MAX_CENTRE_HZ)) +
      this.#bodyLevel * this.#bodyLevel * kShelfPower(tool.bodyHz) +
      this.#sheenLevel * this.#sheenLevel * kShelfPower(this.sheenHz) +
      this.#rubLevel * this.#rubLevel * RUB_LOUDNESS;
    this.#scale = speedLevel(meanCmPerSec) / sqrt(loud);
    // Thick bristles hide the rows behind one another.
    this.rowDepth = Math.min(MAX_ROW_DEPTH, tool.rowDepth * lerp(1.5, 0.5, density));
    const perSec = tool.contactsPerCm * exp(LN16 * (density - 0.5)) * meanCmPerSec;
    this.#single = singleShare(perSec, crispness, density);
    this.#meanRate = Math.min(perSec, lerpLog(SMOOTH_CONTACTS_PER_SEC, CRISP_CONTACTS_PER_SEC, crispness));
  }
}

/** What a contact patch is created with. Profiles and scratch may be shared by several patches. */
export interface FrictionContactOptions {
  readonly random: Random;
  /** Asperities of the surface, and their entries per centimetre. */
  readonly rough: Profile;
  readonly roughPerCm: number;
  /** Rows of bristles, teeth or threads. */
  readonly rows: Profile;
  /** Where on the profiles this patch begins, 0…1. */
  readonly start: number;
  /** A block of memory. */
  readonly scratch: Ptr;
  /** Half the bristles. */
  readonly lowPower?: boolean;
}

/** One patch of bristles or threads with draws of its own; several side by side give width. */
export class FrictionContact {
  readonly #kernels: Kernels;
  readonly #bands: FilterBank;
  readonly #bristles: Bristles;
  readonly #rough: SurfaceReader;
  readonly #rows: SurfaceReader;
  readonly #scratch: Ptr;
  readonly #random: Random;
  readonly #patches: SmoothNoise;
  readonly #roughStepPerCm: number;
  readonly #sampleRate: number;
  #index = 0;
  /** Way stroked so far. */
  #distanceCm = 0;
  #tool: FrictionTool | undefined;
  #softness = -1;
  #crispness = -1;

  /**
   * @param context - kernels, memory, sample rate
   * @param options - stream, shared profiles, start
   */
  constructor(context: DspContext, options: FrictionContactOptions) {
    this.#kernels = context.kernels;
    this.#sampleRate = context.sampleRate;
    this.#random = options.random;
    this.#patches = new SmoothNoise(options.random.stream('patches'), { period: 1 });
    this.#bands = new FilterBank(context);
    this.#bristles = new Bristles(
      context,
      options.lowPower ? LOW_POWER_BRISTLES : BRISTLES,
      options.random.stream('contacts'),
    );
    this.#rough = new SurfaceReader(context, options.rough, options.start);
    this.#rows = new SurfaceReader(context, options.rows, options.start);
    this.#roughStepPerCm = options.roughPerCm / context.sampleRate;
    this.#scratch = options.scratch;
  }

  /**
   * Adds one block; levels ramp from those of the last block.
   * @param out - samples
   * @param friction - levels, centres and rates of the hand
   * @param frames - length, a multiple of 4, at most 128
   */
  render(out: Ptr, friction: Friction, frames: number): void {
    const { tool, floor, speedCmPerSec: speed } = friction;
    this.#tune(tool, friction.softness, friction.crispness);
    this.#distanceCm += (speed * frames) / this.#sampleRate;
    const patch = exp(clamp(tool.patchDepth * this.#patches.at((10 * this.#distanceCm) / tool.patchMm), -1, 0.8));
    this.#bands.setNoiseBand(RUB, tool.rubHz, RUB_Q, friction.rub + floor);
    this.#bands.setNoiseBand(BODY, tool.bodyHz, BODY_Q, patch * friction.body + BODY_FLOOR * floor);
    this.#bands.setNoiseBand(MAIN, friction.mainHz, friction.q, patch * friction.main);
    this.#bands.setNoiseBand(SHEEN, friction.sheenHz, SHEEN_Q, patch * friction.sheen + SHEEN_FLOOR * floor);

    const { scanned } = tool;
    this.#kernels.noiseFill(this.#scratch, this.#random.key, this.#index, frames);
    this.#index += frames;
    if (scanned > 0) {
      this.#kernels.addRamp(this.#scratch, this.#scratch, sqrt(1 - scanned) - 1, sqrt(1 - scanned) - 1, frames);
      // A slow hand spreads the same asperities over fewer hertz: keep the density, as the bands expect it.
      const step = Math.min(speed * this.#roughStepPerCm, 1);
      this.#rough.add(this.#scratch, step, sqrt(scanned * step), frames);
    }
    if (friction.rowDepth > 0) {
      const rowStep = Math.min((speed * 10 * ROW_ENTRIES) / (tool.rowMm * this.#sampleRate), MAX_ROW_STEP);
      this.#rows.modulate(this.#scratch, rowStep, friction.rowDepth, frames);
    }
    this.#bands.render(this.#scratch, out, frames);
    // Microphone and air hiss, the same whatever moves.
    const hiss = HISS * floor * sqrt(this.#sampleRate / HISS_RATE);
    this.#kernels.addRamp(this.#scratch, out, hiss, hiss, frames);

    const energy = this.#bristles.contactEnergy;
    const grain = energy > 0 ? (patch * friction.grain) / sqrt(energy) : 0;
    this.#bristles.render(out, friction.contactsPerSec, grain, frames);
  }

  /**
   * A single catch in the coming block.
   * @param offsetFrames - frames into the block, integer
   * @param strength - amplitude, as of the running sound
   * @param draw - an unsigned integer; picks the bristle
   */
  strike(offsetFrames: number, strength: number, draw: number): void {
    const energy = this.#bristles.contactEnergy;
    // As loud as 4 ms of the sound at that level.
    if (energy > 0) this.#bristles.strike(draw % this.#bristles.count, offsetFrames, (strength * CATCH) / sqrt(energy));
  }

  /** Sets the cantilevers when tool, softness or crispness have moved enough to hear. */
  #tune(tool: FrictionTool, softness: number, crispness: number): void {
    const toolMoved = tool !== this.#tool;
    if (
      !toolMoved &&
      Math.abs(softness - this.#softness) < MIN_CHANGE &&
      Math.abs(crispness - this.#crispness) < MIN_CHANGE
    )
      return;
    this.#tool = tool;
    this.#softness = softness;
    this.#crispness = crispness;
    this.#bristles.setStrengths(tool.alpha, lerp(0.5, 1, crispness) * tool.rangeDb);
    const lengthM = tool.lengthMm * 1e-3;
    const firstHz = (CANTILEVER * BRISTLE_SOUND_M_PER_SEC * tool.diameterMm * 0.25e-3) / (lengthM * lengthM);
    // A crisp contact is short; softer hairs yield for longer.
    const contactSec = lerpLog(MIN_CONTACT_SEC, MAX_CONTACT_SEC, clamp(0.35 + 0.5 * softness - 0.5 * crispness, 0, 1));
    const ring = tool.ringMs * 1e-3 * lerp(1.3, 0.75, softness);
    for (let bristle = 0; bristle < this.#bristles.count; bristle++) {
      const length = exp(LENGTH_SPREAD * this.#random.normal(LENGTH_DRAWS + bristle));
      for (let mode = 0; mode < BRISTLE_MODES; mode++) {
        const ratio = CANTILEVER_RATIOS[mode] ?? 1;
        const detune = exp(MODE_DETUNE * this.#random.normal(DETUNE_DRAWS + BRISTLE_MODES * bristle + mode));
        const hz = (firstHz * stiffness(softness) * ratio * detune) / (length * length);
        const corner = hz * contactSec * 2;
        // Thin things radiate as dipoles, ∝ f²; above, the contact becomes longer than the period.
        const small = (hz / RADIATING_HZ) * (hz / RADIATING_HZ);
        const amplitude = small / (1 + small) / (1 + corner * corner);
        const t60 = Math.max(ring * sqrt(2000 / Math.max(hz, 200)), 0.0012);
        this.#bristles.setMode(bristle, mode, hz, t60, amplitude);
      }
    }
  }
}

/** How much higher stiff hairs sound than the tool's own: 1.9 … 0.53. */
function stiffness(softness: number): number {
  return exp((0.5 - softness) * 1.28);
}

/** Share of the power that is heard as single contacts. */
function singleShare(perSec: number, crispness: number, density: number): number {
  const rate = perSec * exp((0.5 - crispness) * 2.8);
  const t = log(MELTED_PER_SEC / Math.max(rate, 1)) / LOG_MELT;
  const outstanding = MIN_SINGLE + 0.4 * crispness * crispness * (1.35 - 0.7 * density);
  return clamp(smoothstep(t) * 0.9, outstanding, 0.9);
}
/** Faster strokes are a little louder, not as much louder as nature has it. */
function speedLevel(meanCmPerSec: number): number {
  return powerOf(meanCmPerSec / 3, 0.2);
}

function powerOf(x: number, power: number): number {
  return x > 1e-9 ? exp(power * log(x)) : 0;
}

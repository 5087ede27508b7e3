// Surface profile: ∫ speed → position → circular wavetable → added to a signal, or used as amplitude modulation.
import type { ArenaScope } from '../dsp/arena.ts';
import type { DspContext } from '../dsp/block.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { cos, sqrt, TAU } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import type { Ptr } from '../kernelExports.ts';

/** A circular profile of unit variance and no mean; the length is a power of two. Shared by any number of readers. */
export interface Profile {
  readonly ptr: Ptr;
  readonly entries: number;
}

/** Where a profile gets its memory and its draws from. */
interface ProfileContext {
  readonly arena: ArenaScope;
  readonly random: Random;
}

/**
 * Random asperities as slope over position: a white profile, smoothed by a moving average as wide as the contact.
 * Stored at the step of the fastest stroke (speed / sample rate) no stroke can alias.
 * @param context - memory and stream
 * @param entries - length, a power of two
 * @param smoothing - entries averaged
 * @returns the profile
 */
export function roughProfile(context: ProfileContext, entries: number, smoothing: number): Profile {
  const ptr = context.arena.floats(entries);
  const profile = context.arena.view(ptr, entries);
  for (let i = 0; i < entries; i++) {
    let sum = 0;
    for (let j = 0; j < smoothing; j++) sum += context.random.uniform((i + j) & (entries - 1)) - 0.5;
    profile[i] = sum;
  }
  normalise(profile);
  return { ptr, entries };
}

/** Entries of a row profile to one mean row. */
export const ROW_ENTRIES = 128;

/**
 * Rows of bristles, teeth or threads: raised-cosine ridges, band-limited to a few cycles per row.
 * @param context - memory and stream
 * @param rows - number of ridges, a power of two
 * @param jitter - variation of their width and position, 0…1
 * @returns the profile
 */
export function rowProfile(context: ProfileContext, rows: number, jitter: number): Profile {
  const entries = rows * ROW_ENTRIES;
  const ptr = context.arena.floats(entries);
  const profile = context.arena.view(ptr, entries);
  for (let row = 0; row < rows; row++) {
    const centre = (row + 0.5 + jitter * 0.5 * context.random.normal(3 * row)) * ROW_ENTRIES;
    const height = 1 + 0.4 * context.random.normal(3 * row + 1);
    const half = ROW_ENTRIES * 0.5 * (1 + jitter * context.random.normal(3 * row + 2));
    for (let i = Math.ceil(centre - half); i <= centre + half; i++) {
      const at = ((i % entries) + entries) % entries;
      profile[at] = (profile[at] ?? 0) + height * (0.5 + 0.5 * cos((TAU * (i - centre)) / (2 * half)));
    }
  }
  normalise(profile);
  return { ptr, entries };
}

function normalise(profile: Float32Array): void {
  let mean = 0;
  for (const value of profile) mean += value;
  mean /= profile.length;
  let power = 0;
  for (const value of profile) power += (value - mean) * (value - mean);
  const scale = 1 / sqrt(power / profile.length);
  for (let i = 0; i < profile.length; i++) profile[i] = ((profile[i] ?? 0) - mean) * scale;
}

/** A contact point that moves over a profile. Source: K. van den Doel, P. Kry & D. Pai 2001. */
export class SurfaceReader {
  readonly #kernels: Kernels;
  readonly #profile: Profile;
  readonly #ptr: Ptr;

  /**
   * @param context - kernels and memory
   * @param profile - what is read
   * @param start - initial position, 0…1 of the profile
   */
  constructor(context: Pick<DspContext, 'kernels' | 'arena'>, profile: Profile, start: number) {
    this.#kernels = context.kernels;
    this.#profile = profile;
    this.#ptr = context.arena.alloc(context.kernels.SURFACE_BYTES);
    this.#kernels.surfaceInit(this.#ptr, Math.floor(start * profile.entries));
  }

  /**
   * Adds the profile under the point to `out`; step and gain ramp over the block.
   * @param out - samples
   * @param step - entries per sample, ≥ 0
   * @param gain - amplitude
   * @param frames - length
   */
  add(out: Ptr, step: number, gain: number, frames: number): void {
    this.#kernels.surfaceAdd(this.#ptr, this.#profile.ptr, this.#profile.entries - 1, out, step, gain, frames);
  }

  /**
   * Multiplies `buffer` by 1 + depth · profile; step and depth ramp over the block.
   * @param buffer - samples
   * @param step - entries per sample, ≥ 0
   * @param depth - modulation depth
   * @param frames - length
   */
  modulate(buffer: Ptr, step: number, depth: number, frames: number): void {
    this.#kernels.surfaceModulate(this.#ptr, this.#profile.ptr, this.#profile.entries - 1, buffer, step, depth, frames);
  }
}

// A surface to stroke: a circular profile in memory, read where the hand is. position → profile → sound or shape.
import type { ArenaScope } from '../dsp/arena.ts';
import type { Kernels } from '../dsp/kernels.ts';
import { cos, sqrt, TAU } from '../dsp/math.ts';
import type { Random } from '../dsp/random.ts';
import type { Ptr } from '../kernelExports.ts';

/** A circular profile of unit variance and no mean; the length is a power of two. Shared by any number of readers. */
export interface Profile {
  readonly ptr: Ptr;
  readonly entries: number;
}

interface ProfileContext {
  readonly arena: ArenaScope;
  readonly random: Random;
}

/**
 * Random asperities as slope over place: flat up to the contact's width, of which `smoothing` entries are averaged.
 * Store it at the step of the fastest stroke (speed / sample rate): then no stroke can alias.
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
 * Rows of bristles, teeth or threads: `rows` smooth ridges, each with its own width (±`jitter`) and height.
 * Ridges are raised cosines, so the profile is band-limited to a few cycles a row.
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

/** One point that moves over a profile. */
export class SurfaceReader {
  readonly #kernels: Kernels;
  readonly #profile: Profile;
  readonly #ptr: Ptr;

  /** `start` 0…1: where on the profile the reader begins. */
  constructor(context: { readonly kernels: Kernels; readonly arena: ArenaScope }, profile: Profile, start: number) {
    this.#kernels = context.kernels;
    this.#profile = profile;
    this.#ptr = context.arena.alloc(context.kernels.SURFACE_BYTES);
    this.#kernels.surfaceInit(this.#ptr, Math.floor(start * profile.entries));
  }

  /** Adds the profile under the point to `out`; `step` (entries per sample) and `gain` are reached by the block's end. */
  add(out: Ptr, step: number, gain: number, frames: number): void {
    this.#kernels.surfaceAdd(this.#ptr, this.#profile.ptr, this.#profile.entries - 1, out, step, gain, frames);
  }

  /** Multiplies `buffer` by 1 + depth · profile. */
  shape(buffer: Ptr, step: number, depth: number, frames: number): void {
    this.#kernels.surfaceModulate(this.#ptr, this.#profile.ptr, this.#profile.entries - 1, buffer, step, depth, frames);
  }
}

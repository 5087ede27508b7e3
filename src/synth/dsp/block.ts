// The fixed internal block size, and what every DSP object needs to be created.
import type { ArenaScope } from './arena.ts';
import type { Kernels } from './kernels.ts';

/** Frames per internal block, whatever the host's own block size is. A multiple of 4. */
export const BLOCK_FRAMES = 128;

/** Where a DSP object gets its kernels and memory from. */
export interface DspContext {
  readonly kernels: Kernels;
  readonly arena: ArenaScope;
  /** Hz. */
  readonly sampleRate: number;
}

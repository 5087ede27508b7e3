// The type of what the page loads after its first paint; null until it is there.
import type * as parts from './lazyComponents.ts';

export type Later = typeof parts | null;

// The clock decides: every verdict about a sound that may have stopped.
import { expect, test } from 'vitest';
import { judge } from '../../src/audio/health.ts';
import type { Pulse } from '../../src/audio/health.ts';

const before: Pulse = { atMs: 1000, clockSec: 10, contextState: 'running', visible: true };

test.each<[string, Partial<Pulse>, string]>([
  ['the clock moves', { atMs: 2000, clockSec: 11 }, 'healthy'],
  ['the clock moves, whatever the state claims', { atMs: 2000, clockSec: 11, contextState: 'suspended' }, 'healthy'],
  ['still, but only for a moment', { atMs: 2500 }, 'wait'],
  ['"running" with a frozen clock', { atMs: 3000 }, 'rebuild'],
  ['suspended behind our back', { atMs: 1500, contextState: 'suspended' }, 'resume'],
  ['interrupted by a call: resuming would break it', { atMs: 60_000, contextState: 'interrupted' }, 'wait'],
  ['closed', { atMs: 1500, contextState: 'closed' }, 'rebuild'],
])('%s', (_name, change, verdict) => {
  expect(judge(before, { ...before, ...change })).toBe(verdict);
});

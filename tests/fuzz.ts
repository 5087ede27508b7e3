// How many random inputs a test draws, and from which seed: a thousand and a new seed each time, unless a longer night asks for more.
import * as fc from 'fast-check';
import process from 'node:process';

export const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1000);

const seed = process.env['FUZZ_SEED'];
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });

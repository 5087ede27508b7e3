// The part of the bench that runs in Node. Prints nothing: hands its figures to scripts/bench.mjs.
import { benchEco, benchScenes, benchSteadiness, benchTriggers } from './engine.ts';
import { benchKernels } from './kernels.ts';

export async function main(_args: readonly string[], report: { figures?: unknown }): Promise<void> {
  const steadiness = await benchSteadiness(); // first: a cold engine is part of the question
  report.figures = {
    steadiness,
    kernels: benchKernels(),
    triggers: benchTriggers(),
    scenes: benchScenes(),
    eco: benchEco(),
  };
}

// Runs the code of a scene once before it counts: a cold first block could miss its moment.
import { Engine } from './engine.ts';
import type { EngineOptions } from './engine.ts';
import type { Scene } from '../scene.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';

/** A sixth of a second of sound: every path of voice, space and master has run by then. */
const WARM_UP_BLOCKS = 64;

/** Renders the scene's beginning on an engine of its own, and forgets it. Takes some 20 ms; allocates. */
export function warmUp(scene: Scene, options: Partial<EngineOptions>): void {
  const engine = new Engine(options);
  engine.setScene(scene);
  engine.start(0);
  const left = new Float32Array(BLOCK_FRAMES);
  const right = new Float32Array(BLOCK_FRAMES);
  for (let block = 0; block < WARM_UP_BLOCKS; block++) engine.process(left, right);
}

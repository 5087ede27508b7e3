// Runs the code paths of a scene once, so that the first audible block is compiled code.
import { Engine } from './engine.ts';
import type { EngineOptions } from './engine.ts';
import type { Scene } from '../scene.ts';
import { BLOCK_FRAMES } from '../dsp/block.ts';

/** A sixth of a second of sound: every path of voice, space and master has run by then. */
const WARM_UP_BLOCKS = 64;

/**
 * Renders the beginning of the scene on an engine of its own and discards it. Takes some 20 ms; allocates.
 * @param scene - a restored scene
 * @param options - of the engine that will play it
 */
export function warmUp(scene: Scene, options: Partial<EngineOptions>): void {
  const engine = new Engine(options);
  engine.setScene(scene);
  engine.start(0);
  const left = new Float32Array(BLOCK_FRAMES);
  const right = new Float32Array(BLOCK_FRAMES);
  for (let block = 0; block < WARM_UP_BLOCKS; block++) engine.process(left, right);
}

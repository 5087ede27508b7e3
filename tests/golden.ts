// Scenes whose samples are pinned to the bit. A new hash here means: the sound has changed; say so in the CHANGELOG.
import { WavEncoder } from '../src/audio/export/wav.ts';
import type { Scene } from '../src/synth/index.ts';
import { layerOf, sceneOf } from './helpers/scene.ts';

export const GOLDEN_SECONDS = 4;
export const GOLDEN_SHA256 = '7fbb4167465df388211ad0d4e625a770890addb9b8e3eca8fdc69fd2bfb4f640';

/** Of the scene below. */
export const BEDS_SHA256 = '10179ebef8727d3bd1ba590f19b4bc782b905b3acdbe2231889b6a9b4ccf9d24';

/** The foreground triggers at their defaults, each with another path. */
export const GOLDEN_SCENE: Scene = goldenScene(['tapping', 'rustling', 'brushing']);
/** The beds. */
export const BEDS_SCENE: Scene = goldenScene(['softRain', 'softNoise']);

function goldenScene(triggerIds: readonly string[]): Scene {
  const layers = triggerIds.map((trigger, index) =>
    layerOf(trigger, {
      id: `golden-${String(index)}`,
      gainDb: -3 * index,
      place: {
        azimuthDeg: 70 - 60 * index,
        elevationDeg: 10 * index,
        closeness: 0.8 - 0.2 * index,
        spread: 0.5,
        path: (['still', 'orbit', 'strokes', 'drift'] as const)[index] ?? 'still',
        periodSec: 6,
      },
    }),
  );
  return sceneOf(layers, { seed: 20261123, room: { size: 0.4, amount: 0.5 } });
}

/** SHA-256 of the interleaved 32-bit float samples. */
export async function sha256Of(left: Float32Array, right: Float32Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new WavEncoder(32).encode(left, right));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// Scenes whose samples are pinned to the bit. A new hash here means: the sound has changed; say so in the CHANGELOG.
import { WavEncoder } from '../src/audio/export/wav.ts';
import { defaultValues, TRIGGERS, DEFAULT_ARC } from '../src/synth/index.ts';
import type { Scene } from '../src/synth/index.ts';

export const GOLDEN_SECONDS = 4;
export const GOLDEN_SHA256 = '7fbb4167465df388211ad0d4e625a770890addb9b8e3eca8fdc69fd2bfb4f640';

/** Of the scene below. */
export const BEDS_SHA256 = '10179ebef8727d3bd1ba590f19b4bc782b905b3acdbe2231889b6a9b4ccf9d24';

/** The foreground triggers at their defaults, each with another path. */
export const GOLDEN_SCENE: Scene = sceneOf(TRIGGERS.slice(0, 3));
/** The beds. */
export const BEDS_SCENE: Scene = sceneOf(TRIGGERS.slice(3, 5));

function sceneOf(triggers: typeof TRIGGERS): Scene {
  return {
    seed: 20261123,
    layers: triggers.map((trigger, index) => ({
      id: `golden-${String(index)}`,
      trigger: trigger.id,
      gainDb: -3 * index,
      muted: false,
      params: defaultValues(trigger.params),
      place: {
        azimuthDeg: 70 - 60 * index,
        elevationDeg: 10 * index,
        closeness: 0.8 - 0.2 * index,
        spread: 0.5,
        path: (['still', 'orbit', 'strokes', 'drift'] as const)[index] ?? 'still',
        periodSec: 6,
      },
    })),
    room: { size: 0.4, amount: 0.5 },
    master: { gainDb: 0, mono: false },
    arc: { ...DEFAULT_ARC },
  };
}

/** SHA-256 of the interleaved 32-bit float samples. */
export async function sha256Of(left: Float32Array, right: Float32Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new WavEncoder(32).encode(left, right));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

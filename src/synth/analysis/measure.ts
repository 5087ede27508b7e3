// Offline: how loud a scene is, as it leaves the master. For matching two scenes before they are compared.
import { renderChunks } from '../engine/renderScene.ts';
import type { RenderOptions } from '../engine/renderScene.ts';
import type { Scene } from '../scene.ts';
import { LoudnessMeter } from './loudness.ts';

export interface SceneLoudness {
  readonly integratedLufs: number;
  readonly maxMomentaryLufs: number;
  readonly maxShortTermLufs: number;
  readonly truePeakDb: number;
  readonly maxEmergenceDb: number;
}

/** Renders `seconds` of a scene and measures them. Start and end are faded as in every render unless `fadeSec` is 0. */
export function measureLoudness(
  scene: Scene,
  seconds: number,
  options: Omit<RenderOptions, 'seconds'> = {},
): SceneLoudness {
  const meter = new LoudnessMeter(options.sampleRate ?? 48000);
  for (const { left, right } of renderChunks(scene, { ...options, seconds })) meter.push(left, right);
  return {
    integratedLufs: meter.integratedLufs(),
    maxMomentaryLufs: meter.maxMomentaryLufs(),
    maxShortTermLufs: meter.maxShortTermLufs(),
    truePeakDb: meter.truePeakDb(),
    maxEmergenceDb: meter.maxEmergenceDb(),
  };
}

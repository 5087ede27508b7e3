// Loudness of a scene as it leaves the master, rendered offline.
import { renderChunks } from '../engine/renderScene.ts';
import type { RenderOptions } from '../engine/renderScene.ts';
import type { Scene } from '../scene.ts';
import { LoudnessMeter } from './loudness.ts';

/** Measurements of a render. */
export interface SceneLoudness {
  readonly integratedLufs: number;
  readonly maxMomentaryLufs: number;
  readonly maxShortTermLufs: number;
  readonly truePeakDb: number;
  readonly maxEmergenceDb: number;
}

/**
 * Renders a scene and measures it.
 * @param scene - a restored scene
 * @param seconds - length, s
 * @param options - start and end are faded as in every render unless `fadeSec` is 0
 * @returns loudness, true peak and emergence
 */
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

// Night checkpoint: what is stored of a running night, to resume it after a reload.
import { restoreScene } from '../../../formats/preset.ts';
import { nightStateAt, sanitizeNightPlan } from '../../../synth/index.ts';
import type { NightPlan, Scene } from '../../../synth/index.ts';

/** A running night, as stored once a minute. */
export interface NightCheckpoint {
  readonly startedMs: number;
  /** When it was last known to play. */
  readonly aliveMs: number;
  readonly plan: NightPlan;
  /** As it was when the night began. */
  readonly scene: Scene;
  readonly presetId: string | null;
  readonly name: string;
}

/** A night without an end of its own can be resumed this long after it last played. */
const MAX_AWAY_MS = 8 * 3600_000;

/**
 * Parses a stored checkpoint.
 * @param value - anything
 * @returns the checkpoint, or null
 */
export function parseCheckpoint(value: unknown): NightCheckpoint | null {
  if (typeof value !== 'object' || value === null) return null;
  const { startedMs, aliveMs, plan, scene, presetId, name } = value as Record<string, unknown>;
  if (!isTime(startedMs) || !isTime(aliveMs) || aliveMs < startedMs || typeof plan !== 'object' || plan === null)
    return null;
  const restored = restoreScene(scene);
  if (!restored.ok) return null;
  return {
    startedMs,
    aliveMs,
    plan: sanitizeNightPlan({ ...(plan as Partial<NightPlan>), wake: readWake((plan as NightPlan).wake) }).plan,
    scene: restored.scene,
    presetId: typeof presetId === 'string' ? presetId.slice(0, 100) : null,
    name: typeof name === 'string' ? name.slice(0, 200) : '',
  };
}

/**
 * Whether a night can be resumed.
 * @param checkpoint - its checkpoint
 * @param nowMs - Unix time, ms
 * @returns true when it would still be playing
 */
export function isResumable({ startedMs, aliveMs, plan }: NightCheckpoint, nowMs: number): boolean {
  if (!(aliveMs <= nowMs && nowMs - aliveMs < MAX_AWAY_MS)) return false;
  return nightStateAt(plan, (nowMs - startedMs) / 1000).phase !== 'ended';
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value < 8.64e15;
}

function readWake(value: unknown): NightPlan['wake'] {
  if (typeof value !== 'object' || value === null) return null;
  const { atSec, fadeSec, scene } = value as Record<string, unknown>;
  const restored = restoreScene(scene);
  if (typeof atSec !== 'number' || typeof fadeSec !== 'number' || !restored.ok) return null;
  return { atSec, fadeSec, scene: restored.scene };
}

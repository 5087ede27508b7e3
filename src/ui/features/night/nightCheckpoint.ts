// A night that runs, as it is noted down: enough to go on with it after a reload.
import { restoreScene } from '../../../formats/preset.ts';
import { nightStateAt, sanitizeNightPlan } from '../../../synth/index.ts';
import type { NightPlan, Scene } from '../../../synth/index.ts';

export interface Run {
  readonly startedMs: number;
  /** When it was last known to play. */
  readonly aliveMs: number;
  readonly plan: NightPlan;
  /** As it was when the night began. */
  readonly scene: Scene;
  readonly presetId: string | null;
  readonly name: string;
}

/** Without an end of its own a night is gone on with only so long after it was last heard. */
const LONGEST_AWAY_MS = 8 * 3600_000;

/** Anything that was kept → the night that was begun, or null. */
export function readRun(value: unknown): Run | null {
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

/** True when it would still be playing at `nowMs`. */
export function couldGoOn({ startedMs, aliveMs, plan }: Run, nowMs: number): boolean {
  if (!(aliveMs <= nowMs && nowMs - aliveMs < LONGEST_AWAY_MS)) return false;
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

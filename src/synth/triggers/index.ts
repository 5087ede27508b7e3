// Trigger registry, in menu order. A new trigger is one file and one line here.
import type { Trigger } from '../trigger.ts';
import { brushing } from './brushing.ts';
import { rustling } from './rustling.ts';
import { softNoise } from './softNoise.ts';
import { softRain } from './softRain.ts';
import { tapping } from './tapping.ts';

/** All triggers, in menu order. */
export const TRIGGERS: readonly Trigger[] = [tapping, rustling, brushing, softRain, softNoise];

const byId = new Map(TRIGGERS.map((trigger) => [trigger.id, trigger]));

/**
 * Finds a trigger.
 * @param id - its id
 * @returns the trigger; undefined for an unknown id
 */
export function findTrigger(id: string): Trigger | undefined {
  return byId.get(id);
}

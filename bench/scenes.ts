// What is measured: every trigger alone, and scenes of two and four layers with room and limiter.
import { defaultValues, TRIGGERS, DEFAULT_ARC } from '../src/synth/index.ts';
import type { Layer, ParamValues, Scene, Trigger } from '../src/synth/index.ts';

function layer(trigger: Trigger, index: number, params: ParamValues = defaultValues(trigger.params)): Layer {
  return {
    id: `bench-${String(index)}`,
    trigger: trigger.id,
    gainDb: 0,
    muted: false,
    params,
    place: { azimuthDeg: 80 - 50 * index, elevationDeg: 0, closeness: 0.7, spread: 0.5, path: 'drift', periodSec: 12 },
  };
}

function scene(layers: Layer[]): Scene {
  return {
    seed: 1,
    layers,
    room: { size: 0.4, amount: 0.6 },
    master: { gainDb: 0, mono: false },
    arc: { ...DEFAULT_ARC },
  };
}

/** `count` layers of different triggers in turn. */
export function sceneOf(count: number): Scene {
  return scene(Array.from({ length: count }, (_, index) => layer(pick(index), index)));
}

function pick(index: number): Trigger {
  const trigger = TRIGGERS[index % TRIGGERS.length];
  if (!trigger) throw new Error('The registry is empty.');
  return trigger;
}

export function defaultScene(trigger: Trigger): Scene {
  return scene([layer(trigger, 0)]);
}

/** One scene for every single parameter at one of its ends and every choice: among them is the worst corner. */
export function corners(trigger: Trigger): { readonly name: string; readonly scene: Scene }[] {
  const base = defaultValues(trigger.params);
  return Object.entries(trigger.params).flatMap(([id, spec]) => {
    const values = spec.kind === 'number' ? [spec.min, spec.max] : spec.options;
    return values.map((value) => ({
      name: `${id} = ${String(value)}`,
      scene: scene([layer(trigger, 0, { ...base, [id]: value })]),
    }));
  });
}

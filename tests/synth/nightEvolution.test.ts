// The arc of a layer: each of its parts moves what its name says, by how much, and nothing else.
import { describe, expect, test } from 'vitest';
import { defaultValues, TRIGGERS } from '../../src/synth/index.ts';
import type { Arc, Layer, ParamValue } from '../../src/synth/index.ts';
import { copyLayer, evolveLayer } from '../../src/synth/night/nightEvolution.ts';
import { LAYER_GAIN, PLACE_SPECS } from '../../src/synth/scene.ts';

const STILL: Arc = { slower: 0, thinner: 0, darker: 0, farther: 0, stiller: 0 };

function layerOf(trigger: (typeof TRIGGERS)[number]): Layer {
  return {
    id: 'one',
    trigger: trigger.id,
    gainDb: -3,
    muted: true,
    params: { ...defaultValues(trigger.params), surprise: 0.6 },
    place: { azimuthDeg: 60, elevationDeg: 10, closeness: 0.8, spread: 0.3, path: 'drift', periodSec: 12 },
  };
}

function along(layer: Layer, arc: Partial<Arc>, amount = 1, index = 0): Layer {
  const into = copyLayer({ ...layer, muted: false });
  evolveLayer(layer, { ...STILL, ...arc }, amount, index, into);
  return into;
}

/** By how much each number of `to` differs from `from`: what is the same is left out. */
function moved(from: Layer, to: Layer): Record<string, number> {
  const numbers = ({ gainDb, params, place }: Layer): Record<string, ParamValue> => ({ gainDb, ...params, ...place });
  const before = numbers(from);
  const pairs = Object.entries(numbers(to)).filter(([name, value]) => value !== before[name]);
  return Object.fromEntries(pairs.map(([name, value]) => [name, Number(value) - Number(before[name])]));
}

describe.each(TRIGGERS.map((trigger) => [trigger.id, trigger] as const))('%s', (_, trigger) => {
  const layer = layerOf(trigger);
  const of = (id: string): number => Number(layer.params[id]);
  const has = (id: string): boolean => trigger.params[id]?.kind === 'number';
  const only = (ids: readonly string[]): string[] => ids.filter(has).sort();

  test('without an arc, or at its beginning, nothing is moved; what is muted stays so', () => {
    expect(along(layer, {})).toEqual(layer);
    expect(along(layer, { slower: 1, thinner: 1, darker: 1, farther: 1, stiller: 1 }, 0, 1)).toEqual(layer);
  });

  test('slower: pace and the speed of a stroke fall to 42 %', () => {
    const change = moved(layer, along(layer, { slower: 1 }));
    expect(Object.keys(change).sort()).toEqual(only(['pace', 'speed']));
    for (const id of ['pace', 'speed'].filter(has)) {
      const spec = trigger.params[id];
      const least = spec?.kind === 'number' ? spec.min : 0;
      expect(of(id) + (change[id] ?? 0)).toBeCloseTo(Math.max(least, 0.42 * of(id)), 9);
    }
  });

  test('thinner: density and surprise fall, the layers behind the first step back by 9 dB', () => {
    const first = moved(layer, along(layer, { thinner: 1 }));
    expect(Object.keys(first).sort()).toEqual(only(['density', 'surprise']));
    if (has('density')) expect(of('density') + (first['density'] ?? 0)).toBeCloseTo(0.45 * of('density'), 9);
    expect(first['surprise']).toBeCloseTo(-0.7 * 0.6, 9);
    expect(moved(layer, along(layer, { thinner: 1 }, 1, 2))).toMatchObject({ ...first, gainDb: -9 });
  });

  test('darker: brightness and crispness fall by steps that are small beside their range', () => {
    const change = moved(layer, along(layer, { darker: 1 }));
    expect(Object.keys(change).sort()).toEqual(only(['brightness', 'crispness']));
    if (has('brightness')) expect(change['brightness']).toBeCloseTo(Math.max(-0.32, -of('brightness')), 9);
    if (has('crispness')) expect(change['crispness']).toBeCloseTo(Math.max(-0.25, -of('crispness')), 9);
  });

  test('farther: closeness falls to 55 %', () => {
    expect(moved(layer, along(layer, { farther: 1 }))).toEqual({ closeness: expect.closeTo(-0.45 * 0.8, 9) as number });
  });

  test('stiller: journeys take four times as long, surprise falls', () => {
    const change = moved(layer, along(layer, { stiller: 1 }));
    expect(change).toEqual({ periodSec: 36, surprise: expect.closeTo(-0.42, 9) as number });
  });

  test('half an arc half way is a quarter of it', () => {
    const whole = moved(layer, along(layer, { farther: 1, darker: 0.2, stiller: 1 }));
    const quarter = moved(layer, along(layer, { farther: 0.5, darker: 0.1, stiller: 0.5 }, 0.5));
    for (const [name, by] of Object.entries(quarter)) expect(by).toBeCloseTo((whole[name] ?? 0) / 4, 9);
    expect(Object.keys(quarter)).toEqual(Object.keys(whole));
  });

  test('nothing leaves its range', () => {
    const numbers = Object.entries(trigger.params).flatMap(([id, spec]) =>
      spec.kind === 'number' ? [{ id, spec }] : [],
    );
    const lowest: Layer = {
      ...layer,
      gainDb: LAYER_GAIN.min,
      params: { ...layer.params, ...Object.fromEntries(numbers.map(({ id, spec }) => [id, spec.min])) },
      place: { ...layer.place, closeness: PLACE_SPECS.closeness.min, periodSec: PLACE_SPECS.periodSec.max },
    };
    const end = along(lowest, { slower: 1, thinner: 1, darker: 1, farther: 1, stiller: 1 }, 1, 1);
    expect(end).toEqual({ ...lowest, muted: true });
  });
});

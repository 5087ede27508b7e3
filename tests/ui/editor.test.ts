// The pure parts behind the screens: edits of a scene, neighbours, the stage's map and labels, keys and typed numbers.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defaultValues,
  findTrigger,
  MACROS,
  PATHS,
  renderScene,
  toTravel,
  TRIGGERS,
  DEFAULT_ARC,
} from '../../src/synth/index.ts';
import type { Layer, Scene } from '../../src/synth/index.ts';
import { readNumber, STEPS, stepFor } from '../../src/ui/features/editor/paramSliderKeys.ts';
import * as edits from '../../src/ui/features/editor/sceneEdits.ts';
import { biggestChanges, neighbours } from '../../src/ui/features/editor/variation.ts';
import { pathLine, placeAt, pointOf } from '../../src/ui/features/stage/geometry.ts';
import { overlap, placeLabels } from '../../src/ui/features/stage/placeLabels.ts';
import { moveFor } from '../../src/ui/features/stage/layerHandleKeys.ts';
import { column, HIGH_HZ, LOW_HZ, palette, rowMap } from '../../src/ui/features/stage/spectrogramPixels.ts';

const [first, second] = TRIGGERS.map(({ id }) => id) as [string, string];

function layer(id: string, trigger = first, azimuthDeg = 60): Layer {
  const params = defaultValues(findTrigger(trigger)?.params ?? {});
  return { id, trigger, gainDb: 0, muted: false, params, place: { ...edits.defaultPlace(), azimuthDeg } };
}

function scene(...layers: Layer[]): Scene {
  return {
    seed: 5,
    layers,
    room: { size: 0.3, amount: 0.3 },
    master: { gainDb: 0, mono: false },
    arc: { ...DEFAULT_ARC },
  };
}

describe('edits', () => {
  test('share what they leave alone', () => {
    const before = scene(layer('layer-1'), layer('layer-2'));
    const after = edits.setParam(before, 'layer-1', 'softness', 0.9);
    expect(after.layers[0]?.params['softness']).toBe(0.9);
    expect(after.layers[1]).toBe(before.layers[1]);
    expect(before.layers[0]?.params['softness']).not.toBe(0.9);
  });

  test.each([
    ['over the top', 7, 1],
    ['below', -3, 0],
    ['not a number', Number.NaN, undefined],
  ])('clamp a value %s', (_name, value, expected) => {
    const spec = findTrigger(first)?.params['softness'];
    const after = edits.setParam(scene(layer('layer-1')), 'layer-1', 'softness', value);
    expect(after.layers[0]?.params['softness']).toBe(expected ?? spec?.default);
  });

  test('an unknown parameter, layer or trigger changes nothing', () => {
    const before = scene(layer('layer-1'));
    expect(edits.setParam(before, 'layer-1', 'nonsense', 1)).toBe(before);
    expect(edits.setParam(before, 'elsewhere', 'softness', 1)).toBe(before);
    expect(edits.changeTrigger(before, 'layer-1', 'nonsense')).toBe(before);
    expect(edits.addLayer(before, 'nonsense')).toBeNull();
  });

  test('layers: up to four, each new one in the freest seat, the last one stays', () => {
    let now = scene(layer('layer-1', first, 60));
    for (const expected of [2, 3, 4]) {
      const added = edits.addLayer(now, second);
      now = added?.scene ?? now;
      expect(now.layers).toHaveLength(expected);
    }
    expect(edits.addLayer(now, first)).toBeNull();
    expect(edits.duplicateLayer(now, 'layer-1')).toBeNull();
    const angles = now.layers.map(({ place }) => place.azimuthDeg);
    expect(new Set(angles).size).toBe(4);
    for (const { id } of now.layers) now = edits.removeLayer(now, id);
    expect(now.layers).toHaveLength(1);
  });

  test('a freed id is given again, with its hue', () => {
    const two = edits.removeLayer(scene(layer('layer-1'), layer('layer-2'), layer('layer-3')), 'layer-2');
    const added = edits.addLayer(two, first);
    expect(added?.id).toBe('layer-2');
    expect(edits.hueOf(added?.scene ?? two, 'layer-2')).toBe(1);
    expect(edits.hueOf(two, 'layer-3')).toBe(2);
  });

  test('hues are all different, whatever the layers are called', () => {
    const strange = scene(layer('x'), layer('layer-2'), layer('y'), layer('layer-1'));
    expect(new Set(strange.layers.map(({ id }) => edits.hueOf(strange, id))).size).toBe(4);
  });

  test('a duplicate stands on the other side, next in the order', () => {
    const made = edits.duplicateLayer(scene(layer('layer-1', first, 70), layer('layer-2')), 'layer-1');
    expect(made?.scene.layers.map(({ id }) => id)).toEqual(['layer-1', 'layer-3', 'layer-2']);
    expect(made?.scene.layers[1]?.place.azimuthDeg).toBe(-70);
  });

  test('moving stops at both ends', () => {
    const three = scene(layer('layer-1'), layer('layer-2'), layer('layer-3'));
    expect(edits.moveLayer(three, 'layer-1', 1).layers.map(({ id }) => id)).toEqual(['layer-2', 'layer-1', 'layer-3']);
    expect(edits.moveLayer(three, 'layer-1', -1)).toBe(three);
    expect(edits.moveLayer(three, 'layer-3', 5)).toBe(three);
  });

  test('another trigger keeps the macros whose units agree', () => {
    const before = edits.setParam(scene(layer('layer-1')), 'layer-1', 'softness', 0.11);
    const after = edits.changeTrigger(before, 'layer-1', second);
    expect(after.layers[0]?.params['softness']).toBe(0.11);
    const specs = findTrigger(second)?.params ?? {};
    expect(Object.keys(after.layers[0]?.params ?? {}).sort()).toEqual(Object.keys(specs).sort());
  });

  test('solo, never and one ear are what is heard, not what is kept', () => {
    const kept = scene(layer('layer-1', first), layer('layer-2', second));
    const heard = edits.applyListeningFilters(kept, {
      solo: new Set(['layer-2']),
      blocked: (id) => id === second,
      mono: true,
    });
    expect(heard.layers.map(({ muted }) => muted)).toEqual([true, true]);
    expect(heard.master.mono).toBe(true);
    expect(kept.layers.some(({ muted }) => muted)).toBe(false);
    expect(kept.master.mono).toBe(false);
  });

  test('nothing of a blocked layer is in the sound, by day and by night', () => {
    const quiet = scene(layer('layer-1', first), layer('layer-2', second));
    const loud = edits.setGain(edits.setParam(quiet, 'layer-2', 'pace', 4), 'layer-2', 6);
    const samples = (whole: Scene, never: string, mode: 'day' | 'sleep'): string => {
      const heard = edits.applyListeningFilters(whole, { solo: new Set(), blocked: (id) => id === never, mono: false });
      const { left, right } = renderScene(heard, { seconds: 6, sampleRate: 48000, mode });
      return createHash('sha256').update(left).update(right).digest('hex');
    };
    for (const mode of ['day', 'sleep'] as const) {
      expect(samples(loud, second, mode)).toBe(samples(quiet, second, mode));
      expect(samples(loud, '', mode)).not.toBe(samples(quiet, '', mode));
    }
  });

  test('equal scenes are equal whatever the order of their keys', () => {
    const one = scene(layer('layer-1'));
    const turned = JSON.parse(JSON.stringify(one), (_key, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as Scene;
    expect(edits.sameScene(one, turned)).toBe(true);
    expect(edits.sameScene(one, edits.setGain(one, 'layer-1', -1))).toBe(false);
  });

  test('any place becomes a place in range', () => {
    const number = fc.oneof(fc.double(), fc.integer());
    fc.assert(
      fc.property(number, number, number, fc.string(), (azimuthDeg, closeness, periodSec, path) => {
        const change = { azimuthDeg, closeness, periodSec, path: path as 'still' };
        const { place } = edits.setPlace(scene(layer('layer-1')), 'layer-1', change).layers[0] ?? layer('');
        expect(place.azimuthDeg).toBeGreaterThan(-180.001);
        expect(place.azimuthDeg).toBeLessThanOrEqual(180);
        expect(place.closeness >= 0 && place.closeness <= 1).toBe(true);
        expect(place.periodSec >= 3 && place.periodSec <= 60).toBe(true);
        expect(PATHS).toContain(place.path);
      }),
    );
  });
});

describe('neighbours', () => {
  const specs = findTrigger(first)?.params ?? {};
  const options = { seed: 5, round: 1, locked: () => false, count: 4 };

  test('the same seed and round give the same, another round others', () => {
    const from = layer('layer-1');
    expect(neighbours(from, specs, options)).toEqual(neighbours(from, specs, options));
    expect(neighbours(from, specs, { ...options, round: 2 })).not.toEqual(neighbours(from, specs, options));
  });

  test('are near, in range, and each goes its own way', () => {
    const from = layer('layer-1');
    const found = neighbours(from, specs, options);
    expect(found).toHaveLength(4);
    const leads = found.map((params) => {
      for (const [id, spec] of Object.entries(specs)) {
        if (spec.kind === 'choice') expect(params[id]).toBe(from.params[id]);
        else {
          const moved = toTravel(spec, params[id] as number) - toTravel(spec, from.params[id] as number);
          expect(Math.abs(moved)).toBeLessThan(0.45);
          expect(params[id]).toBeGreaterThanOrEqual(spec.min);
          expect(params[id]).toBeLessThanOrEqual(spec.max);
        }
      }
      const [most] = biggestChanges(from.params, params, specs);
      expect(Math.abs(most?.travel ?? 0)).toBeGreaterThan(0.08);
      return most?.id;
    });
    expect(new Set(leads).size).toBeGreaterThanOrEqual(3);
  });

  test('leave locked values alone; with everything locked there are none', () => {
    const from = layer('layer-1');
    for (const params of neighbours(from, specs, { ...options, locked: (id) => id === 'softness' })) {
      expect(params['softness']).toBe(from.params['softness']);
    }
    expect(neighbours(from, specs, { ...options, locked: () => true })).toEqual([]);
  });

  test('every trigger has words for the macros that lead', () => {
    for (const { params } of TRIGGERS) expect(MACROS.filter((macro) => macro in params)).toHaveLength(MACROS.length);
  });
});

describe('the stage', () => {
  test('a point and its place are one', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -179.9, max: 180, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (azimuthDeg, closeness) => {
          const back = placeAt(pointOf({ azimuthDeg, closeness }));
          expect(back.closeness).toBeCloseTo(closeness, 6);
          expect(Math.abs(edits.wrapDeg(back.azimuthDeg - azimuthDeg))).toBeLessThan(1e-6);
        },
      ),
    );
  });

  test('front is up, the left ear is left, near is near', () => {
    expect(pointOf({ azimuthDeg: 0, closeness: 0.5 }).y).toBeLessThan(0.5);
    expect(pointOf({ azimuthDeg: 90, closeness: 0.5 }).x).toBeLessThan(0.5);
    expect(placeAt({ x: 0.5, y: 0.5 }).closeness).toBe(1);
    expect(placeAt({ x: -3, y: 9 }).closeness).toBe(0);
  });

  test('every path but stillness draws a way', () => {
    for (const path of PATHS) {
      expect(pathLine({ ...edits.defaultPlace(), path }).startsWith('M')).toBe(path !== 'still');
      expect(pathLine({ ...edits.defaultPlace(), path })).not.toContain('NaN');
    }
  });

  test('labels stay inside and do not cover one another', () => {
    const side = 320;
    const angle = fc.double({ min: -180, max: 180, noNaN: true });
    const near = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(angle, near), { minLength: 1, maxLength: 4 }), (places) => {
        const wishes = places.map(([azimuthDeg, closeness], index) => {
          const { x, y } = pointOf({ azimuthDeg, closeness });
          return { id: String(index), x: x * side, y: y * side, markRadius: 30, width: 80, height: 20 };
        });
        const spots = [...placeLabels(wishes, { side, avoid: [], before: new Map() }).values()];
        for (const [index, spot] of spots.entries()) {
          expect(spot.x >= 0 && spot.y >= 0 && spot.x + spot.width <= side && spot.y + spot.height <= side).toBe(true);
          for (const other of spots.slice(index + 1)) expect(overlap(spot, other)).toBe(0);
        }
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  test('arrows turn and bring nearer; Shift is finer; Ctrl belongs to the browser', () => {
    const place = edits.defaultPlace();
    const press = (key: string, shiftKey = false, ctrlKey = false) =>
      moveFor({ key, shiftKey, ctrlKey, altKey: false, metaKey: false }, place);
    expect(press('ArrowLeft')?.azimuthDeg).toBe(place.azimuthDeg + 5);
    expect(press('ArrowRight', true)?.azimuthDeg).toBe(place.azimuthDeg - 1);
    expect(press('ArrowUp')?.closeness).toBeCloseTo(place.closeness + 0.05);
    expect(press('ArrowDown', true)?.closeness).toBeCloseTo(place.closeness - 0.01);
    expect(press('ArrowLeft', false, true)).toBeNull();
    expect(press('a')).toBeNull();
  });

  test('a tone lights its own row of the strip, and only that', () => {
    const [rows, bins, sampleRate] = [64, 1024, 48000];
    const hz = 1000;
    const spectrum = new Float32Array(bins).fill(-140);
    spectrum[Math.round((hz / (sampleRate / 2)) * bins)] = -55;
    const levels = new Uint8Array(rows);
    column(spectrum, rowMap(rows, bins, sampleRate), levels);
    const expected = rows - 1 - Math.floor((rows * Math.log(hz / LOW_HZ)) / Math.log(HIGH_HZ / LOW_HZ));
    const brightest = levels.indexOf(Math.max(...levels));
    expect(Math.abs(brightest - expected)).toBeLessThanOrEqual(1);
    expect(levels.filter((level) => level > 0).length).toBeLessThanOrEqual(2);
    const colours = palette([10, 10, 10], [200, 150, 80], [255, 240, 200]);
    expect(colours[3]).toBe(0);
    expect([...colours.slice(-4)]).toEqual([255, 240, 200, 255]);
  });
});

describe('sliders', () => {
  test.each([
    ['ArrowRight', false, 10],
    ['ArrowUp', true, 1],
    ['ArrowLeft', false, -10],
    ['PageDown', false, -100],
    ['Home', false, -STEPS],
    ['End', false, STEPS],
    ['x', false, null],
  ])('%s, Shift %s: %s steps', (key, shiftKey, steps) => {
    expect(stepFor({ key, shiftKey, altKey: false, ctrlKey: false, metaKey: false })).toBe(steps);
  });

  test.each([
    ['1.6', 1.6],
    ['1,6 per second', 1.6],
    ['−12', -12],
    [' 40 cm', 40],
    ['.5', 0.5],
    ['', null],
    ['soft', null],
  ])('typed “%s” is %s', (text, value) => {
    expect(readNumber(text)).toBe(value);
  });
});

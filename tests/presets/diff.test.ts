// Differences in words: none for the same sound, one for every value that differs, and the same ones the other way round.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { limitTargets, clampToLimits } from '../../src/presets/limits.ts';
import { describeLimit } from '../../src/ui/describeLimit.ts';
import { describeDiff, describeDifference } from '../../src/ui/describeDiff.ts';
import { diffScenes } from '../../src/presets/diff.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { restorePreset } from '../../src/formats/preset.ts';
import type { Layer, Scene } from '../../src/synth/index.ts';
import { closenessFromDistance } from '../../src/synth/index.ts';
import { PRESET } from '../helpers/arbitraries.ts';

const GLASS = FACTORY.find(({ id }) => id === 'slow-glass')!;
const HUSH = FACTORY.find(({ id }) => id === 'night-hush')!;

function changed(change: (scene: Scene, first: Layer) => void, from = HUSH.scene): string {
  const scene = structuredClone(from);
  change(scene, scene.layers[0]!);
  return describeDiff(from, scene);
}

test('the same sound', () => {
  for (const { scene } of FACTORY) expect(describeDiff(scene, structuredClone(scene))).toBe('the same sound');
});

test.each<[string, (scene: Scene, first: Layer) => void]>([
  ['a little softer', (_, { params }) => (params['softness'] = 0.85)],
  ['much harder', (_, { params }) => (params['softness'] = 0.1)],
  ['a touch brighter', (_, { params }) => (params['brightness'] = 0.31)],
  ['moved much closer, 14 cm (was 43 cm)', (_, { place }) => (place.closeness = closenessFromDistance(0.14))],
  ['moved further away, 1 m (was 43 cm)', (_, { place }) => (place.closeness = 0)],
  ['now at the left ear', (_, { place }) => Object.assign(place, { azimuthDeg: 90 })],
  ['circles the head (was still)', (_, { place }) => (place.path = 'orbit')],
  ['a little quieter, −3 dB', (_, layer) => (layer.gainDb = -3)],
  ['silenced', (_, layer) => (layer.muted = true)],
  ['another take of it', (scene) => (scene.seed += 1)],
  ['for one ear', (scene) => (scene.master.mono = true)],
  ['a little more spacious', (scene) => (scene.room.size = 0.4)],
])('“%s”', (words, change) => {
  const closeEnough = words.startsWith('now at');
  const from = structuredClone(HUSH.scene);
  if (closeEnough) from.layers[0]!.place.closeness = 0.9;
  expect(changed(change, from)).toBe(words);
});

test.each<[string, Layer['place']['path'], Layer['place']['path']]>([
  ['drifts (was going from ear to ear)', 'earToEar', 'drift'],
  ['goes from ear to ear (was drifting)', 'drift', 'earToEar'],
  ['stays in one place (was circling)', 'orbit', 'still'],
  ['follows the strokes (was still)', 'still', 'strokes'],
  ['circles the head (was following the strokes)', 'strokes', 'orbit'],
])('“%s”', (words, before, after) => {
  const from = structuredClone(HUSH.scene);
  from.layers[0]!.place.path = before;
  expect(changed((_, { place }) => (place.path = after), from)).toBe(words);
});

test('what sliders show in figures has both', () => {
  const heard = (id: string, to: number): string => changed((_, { params }) => (params[id] = to), GLASS.scene);
  expect(heard('ring', 0.9)).toBe('tapping: a little less ring, 0.90 × (was 1.2)');
  expect(heard('table', 0.9)).toBe('tapping: much more thump, 90 % (was 8)');
});

test('with figures, choices and layers by name, the most audible first', () => {
  const tap = (scene: Scene): Layer => scene.layers[0]!;
  expect(changed((scene) => (tap(scene).params['pace'] = 0.9), GLASS.scene)).toBe(
    'tapping: a little slower, 0.90 per second (was 1.3)',
  );
  expect(changed((scene) => (tap(scene).params['material'] = 'wood'), GLASS.scene)).toBe(
    'tapping: Wooden box instead of Glass jar',
  );
  const words = changed((scene) => {
    scene.seed = 1;
    tap(scene).params['softness'] = 0.5;
    scene.layers[1] = { ...structuredClone(HUSH.scene.layers[0]!), id: 'new' };
  }, GLASS.scene);
  expect(words).toBe('brushing removed; soft noise added; tapping: softer; another take of it');
});

test('every single value that differs is said, and both ways name the same values', () => {
  fc.assert(
    fc.property(PRESET, PRESET, ({ scene: a }, { scene: b }) => {
      const there = diffScenes(a, b);
      const back = diffScenes(b, a);
      expect(diffScenes(a, a)).toEqual([]);
      expect(back.length).toBe(there.length);
      expect(back.map(({ weight }) => weight)).toEqual(there.map(({ weight }) => weight));
      for (const difference of [...there, ...back])
        expect(describeDifference(difference)).toMatch(/^\S[^\n]*[^\s,:]$/u);
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(PRESET, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), ({ scene }, pick, to) => {
      const names = limitTargets(scene);
      const what = names[pick % names.length]!;
      const moved = clampToLimits(scene, [{ what, min: to, max: to }]);
      const same = JSON.stringify(moved) === JSON.stringify(scene);
      expect(diffScenes(scene, moved).map((one) => one.path)).toEqual(same ? [] : [what]);
    }),
    { numRuns: 500 },
  );
});

test('bounds: said in words, kept, and moved no further than they must', () => {
  const said = (what: string, min: number, max: number): string => describeLimit(HUSH.scene, { what, min, max });
  expect(said('layer-1/place/closeness', 0, 0.7)).toBe('Closeness: not closer than 23 cm');
  expect(said('layer-1/place/closeness', 0.3, 1)).toBe('Closeness: not further away than 53 cm');
  expect(said('layer-1/place/closeness', 0.3, 0.7)).toBe('Closeness: between 53 cm and 23 cm away');
  expect(said('layer-1/place/closeness', 0, 1)).toBe('');
  expect(said('layer-1/params/softness', 0.2, 0.6)).toBe('Softness: between 20 % and 60 %');
  expect(said('layer-1/params/softness', 0.5, 1)).toBe('Softness: not below 50 %');
  expect(said('master/gainDb', -24, -3)).toBe('Whole sound, Level: not above −3.0 dB');
  expect(said('layer-1/params/material', 0, 1)).toBe('');
  expect(describeLimit(GLASS.scene, { what: 'layer-2/place/closeness', min: 0, max: 0.5 })).toBe(
    'Brushing, Closeness: not closer than 35 cm',
  );
  const bounds = [{ what: 'layer-1/place/closeness', min: 0, max: 0.3 }];
  const inside = clampToLimits(HUSH.scene, bounds);
  expect(inside.layers[0]!.place.closeness).toBe(0.3);
  expect(HUSH.scene.layers[0]!.place.closeness).toBe(0.4);
  expect(clampToLimits(inside, bounds)).toBe(inside);
  expect(restorePreset({ ...HUSH, scene: inside })).toMatchObject({ ok: true, warnings: [] });
});

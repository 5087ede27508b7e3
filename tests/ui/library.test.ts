// The library's pure parts: finding sounds, naming and sizing what leaves, reading what comes in.
import { expect, test } from 'vitest';
import { FORMATS } from '../../src/audio/export/format.ts';
import { wavHeader } from '../../src/audio/export/wavHeader.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { serializePreset } from '../../src/formats/preset.ts';
import { defaultValues, TRIGGERS } from '../../src/synth/index.ts';
import type { Scene } from '../../src/synth/index.ts';
import {
  encodingOf,
  fits,
  FORMAT_ORDER,
  formatBytes,
  formatLeft,
  formatLength,
  LENGTHS,
  planBytes,
  roundLength,
  soundFileName,
  soundOf,
} from '../../src/ui/features/export/exportOptions.ts';
import type { SoundPlan } from '../../src/ui/features/export/exportOptions.ts';
import { looksLikePreset } from '../../src/ui/features/import/importQueue.svelte.ts';
import { triggerLabel } from '../../src/ui/triggerMessages.ts';
import { hasTag, matches, parseTags, plainText, tagsOf } from '../../src/ui/features/library/search.ts';
import { factoryItems, blockedTriggersIn, describeSceneOnce } from '../../src/ui/features/library/libraryItem.ts';

const glass = {
  name: 'Slow glass, left',
  words: 'soft nail taps on glass, close to the left ear',
  tags: ['sleep', 'Glass'],
  note: 'for Zoë',
};
const leaves = { name: 'Autumn', words: 'dry leaves, in front', tags: ['Sleep', 'walk'], note: '' };

test.each([
  ['', true],
  ['   ', true],
  ['glass', true],
  ['GLASS left', true],
  ['left glass', true],
  ['nail ear', true],
  ['zoe', true],
  ['ZOË', true],
  ['sleep', true],
  ['tap on wood', false],
  ['glass rain', false],
])('searching for “%s” finds the glass: %s', (query, found) => {
  expect(matches(glass, query)).toBe(found);
});

test('a query is text, never a pattern', () => {
  expect(matches(glass, '.*')).toBe(false);
  expect(matches({ ...glass, name: 'A (b' }, '(b')).toBe(true);
  expect(plainText('  É\u0301a\u00a0 B ')).toBe('ea b');
});

test('tags are counted whatever their case, most used first', () => {
  expect(tagsOf([glass, leaves])).toEqual([
    { tag: 'sleep', count: 2 },
    { tag: 'Glass', count: 1 },
    { tag: 'walk', count: 1 },
  ]);
  expect(hasTag(leaves, 'sleep')).toBe(true);
  expect(hasTag(leaves, 'glass')).toBe(false);
});

test('typed tags: split at commas, tidied, none twice, at most twelve', () => {
  expect(parseTags(' Sleep,left   ear,, sleep ,\u202eevil')).toEqual(['Sleep', 'left ear', 'evil']);
  expect(parseTags('')).toEqual([]);
  expect(parseTags(Array.from({ length: 30 }, (_, i) => `tag ${String(i)}`).join())).toHaveLength(12);
});

test('every factory preset has words, and is found by its own name and by a word of its description', () => {
  const sounds = factoryItems([FACTORY[0]!.id]);
  expect(sounds.filter((sound) => sound.favourite).map(({ id }) => id)).toEqual([FACTORY[0]!.id]);
  for (const sound of sounds) {
    expect(sound.words.length).toBeGreaterThan(10);
    expect(matches(sound, sound.name)).toBe(true);
    expect(matches(sound, sound.words)).toBe(true);
    expect(describeSceneOnce(sound.preset.scene)).toBe(sound.words);
  }
});

test('what must never play is named once per trigger, and not for muted layers', () => {
  const [first, second] = TRIGGERS;
  const layer = (id: string, trigger: string, muted = false) => ({
    ...FACTORY[0]!.scene.layers[0]!,
    id,
    trigger,
    muted,
    params: defaultValues(TRIGGERS.find((one) => one.id === trigger)!.params),
  });
  const scene: Scene = {
    ...FACTORY[0]!.scene,
    layers: [layer('a', first!.id), layer('b', first!.id), layer('c', second!.id, true)],
  };
  expect(blockedTriggersIn(scene, [first!.id, second!.id])).toEqual([triggerLabel(first!.id)]);
  expect(blockedTriggersIn(scene, [second!.id])).toEqual([]);
  expect(blockedTriggersIn(scene, [])).toEqual([]);
});

const PLAN: SoundPlan = { kind: 'excerpt', seconds: 180, fadeSec: 600, format: 'wav', sampleRate: 48000, bits: 16 };

test('the estimated size of a WAV file is its real size but for the header', () => {
  for (const bits of FORMATS.wav.bits) {
    for (const sampleRate of FORMATS.wav.rates) {
      for (const seconds of [LENGTHS.excerpt.min, 61, LENGTHS.excerpt.max]) {
        const frames = seconds * sampleRate;
        const real = wavHeader({ frames, sampleRate, bits }).length + frames * 2 * (bits / 8);
        const difference = real - planBytes({ ...PLAN, seconds, sampleRate, bits });
        expect(difference).toBeGreaterThan(0);
        expect(difference).toBeLessThan(200);
      }
    }
  }
  expect(formatBytes(planBytes(PLAN))).toBe('33 MB');
  expect(formatBytes(planBytes({ ...PLAN, seconds: 3600, sampleRate: 96000, bits: 32 }))).toBe('2.6 GB');
  expect(formatBytes(planBytes({ ...PLAN, format: 'opus', seconds: 28800 }))).toBe('549 MB');
  expect(formatBytes(100)).toBe('less than 1 MB');
});

test.each([
  [10, '10 seconds'],
  [60, '1 minute'],
  [90, '1 min 30 s'],
  [600, '10 minutes'],
  [3600, '1 hour'],
  [27000, '7 h 30 min'],
  [36000, '10 hours'],
])('%d s reads “%s”', (seconds, words) => {
  expect(formatLength(seconds)).toBe(words);
});

test('lengths snap to what people would say, and stay in range', () => {
  expect([10.4, 59.7, 62, 197.4, 599, 631, 28799].map(roundLength)).toEqual([10, 60, 60, 195, 600, 660, 28800]);
  for (const { min, max } of Object.values(LENGTHS)) {
    for (const end of [min, max]) expect(roundLength(end)).toBe(end);
  }
});

test('what is left is told coarsely, and never as nothing', () => {
  expect([0.2, 34, 200, 4000].map(formatLeft)).toEqual([
    'about 10 seconds left',
    'about 40 seconds left',
    'about 4 minutes left',
    'about 1 h 7 min left',
  ]);
});

test('a plan becomes what its format can hold; a loop only where every sample stays', () => {
  expect(encodingOf({ ...PLAN, format: 'flac', bits: 32 })).toEqual({ format: 'flac', sampleRate: 48000, bits: 24 });
  expect(encodingOf({ ...PLAN, format: 'opus', sampleRate: 96000 }).sampleRate).toBe(48000);
  expect(FORMAT_ORDER.filter((format) => fits(format, 'loop'))).toEqual(['wav', 'flac']);
  const night = soundOf({ ...PLAN, kind: 'night', seconds: 1200, fadeSec: 3600 });
  expect(night.kind === 'night' && night.plan).toMatchObject({ timerSec: 1200, fadeSec: 1200, after: 'silence' });
});

test('file names are safe, and tell what is inside', () => {
  expect(soundFileName('Slow glass, left', PLAN)).toBe('Slow glass, left.wav');
  expect(soundFileName('Slow glass', { kind: 'night', format: 'opus' })).toBe('Slow glass, night.opus');
  expect(soundFileName('../../x', PLAN)).not.toMatch(/[/\\]/);
  expect(soundFileName('', PLAN)).toMatch(/^\w.*\.wav$/);
});

test('pasted text is looked at only when it is one JSON object', () => {
  expect(looksLikePreset(serializePreset(FACTORY[0]!))).toBe(true);
  expect(looksLikePreset('\n {"a":1}')).toBe(true);
  expect(looksLikePreset('soft taps')).toBe(false);
});

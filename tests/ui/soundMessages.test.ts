// Words about sound: each id of a spec has its messages and no message is without an id; descriptions; nothing outside the catalogues.
import { afterEach, describe, expect, test } from 'vitest';
import { FACTORY } from '../../src/presets/factory.ts';
import { ENGLISH, setActiveLocale } from '../../src/lib/i18n/activeLocale.ts';
import { setPseudoLocale } from '../../src/lib/i18n/pseudoLocales.ts';
import type { Layer, NumberParam, ParamSpec, ParamValues, Scene } from '../../src/synth/index.ts';
import {
  ARC_SPECS,
  defaultValues,
  findTrigger,
  LAYER_GAIN,
  MACROS,
  PATHS,
  PLACE_SPECS,
  ROOM_SPECS,
  TRIGGERS,
} from '../../src/synth/index.ts';
import { describeLimit } from '../../src/ui/describeLimit.ts';
import { describeDiff } from '../../src/ui/describeDiff.ts';
import { describePlace, describeScene, layerLabel, layerName } from '../../src/ui/describeScene.ts';
import { formatDirection, formatDistance, formatHeight, formatParam } from '../../src/ui/formatParam.ts';
import { soundMessages } from '../../src/ui/messages/sound.ts';
import { paramMessages, triggerLabel, triggerMessages } from '../../src/ui/triggerMessages.ts';
import type { ParamMessages } from '../../src/ui/triggerMessages.ts';

interface Raw {
  readonly params: Readonly<Record<string, Readonly<Record<string, object | string>>>>;
}
const CATALOGUES = import.meta.glob<Raw>('../../src/synth/triggers/**/*messages.ts', {
  eager: true,
  import: 'default',
});
const START = FACTORY[0]!.scene;

afterEach(() => {
  setActiveLocale(ENGLISH);
});

function sceneOf(id: string, params: ParamValues = {}, place: Partial<Layer['place']> = {}): Scene {
  const trigger = findTrigger(id)!;
  const layer = {
    ...START.layers[0]!,
    id: 'one',
    trigger: id,
    params: { ...defaultValues(trigger.params), ...params },
  };
  return { ...START, layers: [{ ...layer, place: { ...layer.place, ...place } }] };
}

function keys(group: object | undefined): string[] {
  return Object.keys(group ?? {}).sort();
}

function checkNumber(spec: NumberParam, messages: ParamMessages): void {
  for (const id of spec.words) expect(messages.words, id).toHaveProperty(id);
  expect(messages.low?.()).toMatch(/\S/);
  expect(messages.high?.()).toMatch(/\S/);
}

describe('ids and messages belong together', () => {
  test('each trigger of the list has a catalogue, and each catalogue a trigger', () => {
    const files = Object.keys(CATALOGUES).map((file) => /([^/]+)[./]messages\.ts$/.exec(file)![1]!);
    expect(files.sort()).toEqual(TRIGGERS.map(({ id }) => id).sort());
  });

  test.each(TRIGGERS.map(({ id, params }) => [id, params] as const))('%s', (id, params) => {
    const messages = triggerMessages(id)!;
    const [, own] = Object.entries(CATALOGUES).find(([file]) => file.includes(`/${id}.`) || file.includes(`/${id}/`))!;
    expect(messages.label()).toMatch(/^[A-Z]/);
    expect(messages.name()).toMatch(/\S/);
    expect(keys(params)).toEqual(keys(messages.params));
    for (const [paramId, spec] of Object.entries<ParamSpec>(params)) {
      const texts = paramMessages(id, paramId);
      expect(texts.label(), paramId).toMatch(/^[A-Z]/);
      const ownWords = keys(own.params[paramId]?.['words'] as object | undefined);
      if (spec.kind === 'choice') {
        expect(keys(texts.choices)).toEqual([...spec.options].sort());
        if (texts.nouns) expect(keys(texts.nouns)).toEqual([...spec.options].sort());
        expect(ownWords).toEqual([]);
      } else {
        checkNumber(spec, texts);
        for (const word of ownWords) expect(spec.words).toContain(word);
        expect(texts.more?.(), paramId).toMatch(/\S/);
        expect(texts.less?.(), paramId).not.toBe(texts.more?.());
        expect(texts.choices).toBeUndefined();
      }
    }
  });

  test('the macros’ shared words are all used by some trigger', () => {
    expect(keys(soundMessages.macros)).toEqual([...MACROS].sort());
    for (const [id, shared] of Object.entries(soundMessages.macros) as [string, ParamMessages][]) {
      const used = TRIGGERS.flatMap(({ params }) => (params[id]?.kind === 'number' ? params[id].words : []));
      for (const word of keys(shared.words)) expect(used).toContain(word);
    }
  });

  test('places, room, night and level', () => {
    const groups = [
      [PLACE_SPECS, soundMessages.place],
      [ROOM_SPECS, soundMessages.room],
      [ARC_SPECS, soundMessages.arc],
      [{ level: LAYER_GAIN }, { level: soundMessages.level }],
    ] as const;
    for (const [specs, messages] of groups) {
      expect(keys(messages)).toEqual(keys(specs));
      for (const [id, spec] of Object.entries(specs)) {
        const texts = (messages as Readonly<Record<string, ParamMessages>>)[id]!;
        checkNumber(spec, texts);
        expect(keys(texts.words)).toEqual([...spec.words].sort());
      }
    }
    expect(keys(soundMessages.paths)).toEqual([...PATHS].sort());
  });
});

describe('a sound in words', () => {
  const sound = (id: string, params: ParamValues = {}): string =>
    describeScene(sceneOf(id, params, { path: 'orbit', closeness: 0 })).replace(/, circling the head$/, '');

  test.each([
    ['tapping', { softness: 0.35, material: 'glass', pace: 0.8 }, 'soft nail taps on glass, slow'],
    [
      'tapping',
      { softness: 1, material: 'ceramic', hands: 'rolls', pace: 2 },
      'soft fingertip rolls on a mug, unhurried',
    ],
    ['tapping', { hands: 'alternate', pace: 5 }, 'knuckle taps on wood, hand after hand, quick'],
    ['brushing', {}, 'a soft make-up brush, slow strokes'],
    ['brushing', { tool: 'silk', softness: 0.2, pace: 1.2 }, 'stiff silk, quick strokes'],
    ['brushing', { softness: 0.5, crispness: 0.8, pace: 0.9 }, 'a make-up brush, crisp strokes'],
    ['rustling', { material: 'tissue', softness: 0.7, pace: 0.4 }, 'soft tissue paper, slow squeezes'],
    ['softRain', {}, 'soft rain on leaves'],
    ['softRain', { density: 0, surface: 'tin' }, 'a few drops of soft rain on a tin roof'],
    ['softRain', { density: 1 }, 'steady, soft rain on leaves'],
    ['softNoise', { swell: 0.1, brightness: 0 }, 'very dark soft noise'],
    ['softNoise', {}, 'dark soft noise, slowly swelling'],
  ])('%s %j', (id, params, words) => {
    expect(sound(id, params)).toBe(words);
  });

  test('no value of any parameter doubles a word or leaves a gap', () => {
    for (const { id, params } of TRIGGERS) {
      for (const [paramId, spec] of Object.entries<ParamSpec>(params)) {
        const values =
          spec.kind === 'choice'
            ? spec.options
            : Array.from({ length: 21 }, (_, i) => spec.min + ((spec.max - spec.min) * i) / 20);
        for (const value of values) {
          const words = sound(id, { [paramId]: value });
          expect(words).not.toMatch(/\b(\w+),? \1\b| {2}|,,|^[ ,]|[ ,]$/);
        }
      }
    }
  });

  test.each([
    [{ azimuthDeg: 90, closeness: 0.9 }, 'at the left ear'],
    [{ azimuthDeg: -90, closeness: 0.6 }, 'close to the right ear'],
    [{ azimuthDeg: 0, elevationDeg: 50, closeness: 0.3 }, 'in front and above'],
    [{ azimuthDeg: -140, closeness: 0, elevationDeg: -30 }, 'behind, on the right, a little away and below'],
    [{ azimuthDeg: 40, closeness: 0.9 }, 'close, in front, to the left'],
    [{ path: 'orbit', closeness: 0.9 }, 'circling close round the head'],
    [{ path: 'earToEar', closeness: 0.1 }, 'from ear to ear'],
  ] as const)('%j is %s', (place, words) => {
    expect(describePlace({ ...START.layers[0]!.place, path: 'still', elevationDeg: 0, ...place })).toBe(words);
  });

  test('layers by name, silence and unknown sounds', () => {
    const one = sceneOf('tapping').layers[0]!;
    const scene = { ...START, layers: [one, { ...one, id: 'two' }, { ...one, id: 'three', trigger: 'gone' }] };
    expect(scene.layers.map((layer) => layerName(scene.layers, layer))).toEqual([
      'first tapping',
      'second tapping',
      'an unknown sound',
    ]);
    expect([layerLabel(scene, 'two'), layerLabel(scene, 'three'), layerLabel(scene, 'none')]).toEqual([
      'Tapping 2',
      'gone',
      '',
    ]);
    expect(describeScene({ ...START, layers: [{ ...one, muted: true }] })).toBe('silence');
    expect(describeScene(scene).split('; ')).toHaveLength(3);
  });

  test('values', () => {
    const value = (id: string, paramId: string, at: number | string): string =>
      formatParam(findTrigger(id)!.params[paramId]!, paramMessages(id, paramId), at);
    expect(value('tapping', 'softness', 0)).toBe('hard nail');
    expect(value('tapping', 'pace', 1.6)).toBe('1.6 per second');
    expect(value('tapping', 'table', 0.4)).toBe('40 %');
    expect(value('tapping', 'material', 'glass')).toBe('Glass jar');
    expect([formatDistance(0), formatDistance(0.7)]).toEqual(['1 m', '23 cm']);
    expect([0, 180, 60, -60].map(formatDirection)).toEqual(['in front', 'behind', '60° left', '60° right']);
    expect([0, 12, -12].map(formatHeight)).toEqual(['at ear height', '12° above', '12° below']);
  });
});

describe('in a pseudo-locale no English is left', () => {
  /** Every kind of text about sound. */
  function all(): string[] {
    const scenes = FACTORY.map(({ scene }) => scene);
    const params = TRIGGERS.flatMap(({ id, params: specs }) =>
      Object.entries<ParamSpec>(specs).flatMap(([paramId, spec]) => {
        const { words, choices, nouns, ...single } = paramMessages(id, paramId);
        const texts = [single, words, choices, nouns].flatMap((group) => Object.values<() => string>(group ?? {}));
        const unit = spec.kind === 'number' ? spec.unit : '';
        return [
          ...texts.map((text) => text()),
          formatParam(spec, paramMessages(id, paramId), spec.default),
          soundMessages.unit({ unit }),
          soundMessages.exactField({ unit, label: single.label() }),
        ];
      }),
    );
    const bounds = ['one/params/softness', 'one/place/closeness', 'one/gainDb', 'room/size', 'master/gainDb'];
    return [
      ...scenes.map(describeScene),
      ...scenes.slice(1).map((scene, index) => describeDiff(scenes[index]!, scene)),
      ...TRIGGERS.map(({ id }) => triggerLabel(id)),
      ...params,
      ...bounds.map((what) => describeLimit(sceneOf('tapping'), { what, min: 0.1, max: 0.2 })),
      formatDistance(0.5),
      formatDirection(20),
      formatHeight(20),
    ];
  }

  test('en-XA', () => {
    setPseudoLocale('en-XA');
    for (const text of all()) expect(text).not.toMatch(/[A-Za-z]{2,}/);
  });

  test('ar-XB', () => {
    setPseudoLocale('ar-XB');
    for (const text of all()) {
      // Each word is overridden; what is left outside has no Latin letters.
      expect(text.replace(/\u202e[^\u202c]*\u202c/g, '')).not.toMatch(/[A-Za-z]/);
    }
  });
});

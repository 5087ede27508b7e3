// A good preset, ways to spoil it, and a watch over the globals: shared by the preset tests.
import { expect } from 'vitest';
import { PRESET_FORMAT, PRESET_VERSION, serializePreset } from '../../src/formats/preset.ts';
import type { Preset } from '../../src/formats/preset.ts';
import { defaultValues, TRIGGERS, DEFAULT_ARC } from '../../src/synth/index.ts';
import type { NumberParam, Trigger } from '../../src/synth/index.ts';

export const TRIGGER: Trigger = TRIGGERS[0]!;
/** Any number parameter that cannot be zero, to be sent out of range. */
export const [RATE, RATE_SPEC] = numberParam(TRIGGER);

export const GOOD: Preset = {
  format: PRESET_FORMAT,
  version: PRESET_VERSION,
  id: 'wooden-box',
  name: 'Wooden box',
  createdAt: '2026-11-01T00:00:00.000Z',
  tags: ['tapping', 'slow'],
  note: 'For the evening.\nLeft ear.',
  scene: {
    seed: 7,
    layers: [
      {
        id: 'a',
        trigger: TRIGGER.id,
        gainDb: -1.5,
        muted: false,
        params: defaultValues(TRIGGER.params),
        place: { azimuthDeg: 60, elevationDeg: 0, closeness: 0.7, spread: 0.3, path: 'still', periodSec: 12 },
      },
    ],
    room: { size: 0.3, amount: 0.3 },
    master: { gainDb: 0, mono: false },
    arc: { ...DEFAULT_ARC },
  },
};

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The good file as loose data without a checksum, to be changed by `edit`. */
export function spoiled(edit: (file: Loose) => void): unknown {
  const file = JSON.parse(serializePreset(GOOD)) as Loose;
  delete file['checksum'];
  edit(file);
  return file;
}

/** The good file with the literal `value` (not necessarily JSON) in place of one field. */
export function withLiteral(at: (file: Loose) => Loose, key: string, value: string): string {
  const file = spoiled((copy) => {
    at(copy)[key] = loose('@here@');
  });
  return JSON.stringify(file).replace('"@here@"', value);
}

/** Loose JSON: reads anything, checks nothing. */
export interface Loose {
  [key: string]: Loose;
}

export function loose(value: unknown): Loose {
  return value as Loose;
}

export function layerOf(file: Loose, index = 0): Loose {
  return file['scene']!['layers']![index]!;
}

const WATCHED = [Object, Array, Function, String, Number, Boolean, Promise, Map, Set, Date, RegExp, Error];

/** Fails if anything was added to, or taken from, what every object inherits. */
export function watchGlobals(): () => void {
  const look = (): unknown => WATCHED.map(({ prototype }) => Reflect.ownKeys(prototype as object).map(String));
  const before = look();
  return () => {
    expect(look()).toEqual(before);
    expect(({} as Loose)['polluted']).toBeUndefined();
  };
}

function numberParam(trigger: Trigger): [string, NumberParam] {
  for (const [id, spec] of Object.entries(trigger.params)) {
    if (spec.kind === 'number' && spec.min > 0) return [id, spec];
  }
  throw new Error(`${trigger.id} has no such parameter`);
}

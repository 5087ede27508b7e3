// A preset and its words ↔ a list of values in a frozen order: the body of a link, before it is packed.
import * as v from 'valibot';
import type { Layer } from '../../synth/index.ts';
import { LINK_PARAMS_1 } from './paramOrder.ts';
import type { Opened } from '../decodedFile.ts';
import type { Parcel } from '../sharedPreset.ts';
import { parcelFrom } from '../sharedPresetFile.ts';
import { plainCopy, PRESET_LIMITS } from '../sanitizeJson.ts';
import type { Plain } from '../sanitizeJson.ts';
import { PRESET_FORMAT } from '../preset.ts';
import type { Preset } from '../preset.ts';
import { Refusal } from '../decodeError.ts';
import { restorePreset } from '../parsePreset.ts';
import { shaped } from '../parseSchema.ts';

/** A preset by itself, or with a parcel's words. The practice of a parcel is not looked at: links never carry it. */
export function linkBody(preset: Preset, words: Parcel | null): Plain {
  const { scene } = preset;
  const { room, master, arc } = scene;
  return plainCopy(
    [
      preset.version,
      preset.id,
      preset.name,
      Date.parse(preset.createdAt),
      preset.tags,
      preset.note,
      scene.seed,
      [room.size, room.amount],
      [master.gainDb, flag(master.mono)],
      [arc.slower, arc.thinner, arc.darker, arc.farther, arc.stiller],
      scene.layers.map(layerBody),
      ...(words ? [wordsBody(words)] : []),
    ],
    PRESET_LIMITS,
  );
}

function layerBody({ id, trigger, gainDb, muted, params, place }: Layer): unknown[] {
  const order = orderOf(trigger);
  const later = Object.keys(params).filter((key) => !order.includes(key));
  return [
    trigger,
    id,
    gainDb,
    flag(muted),
    [place.azimuthDeg, place.elevationDeg, place.closeness, place.spread, place.path, place.periodSec],
    order.map((key) => params[key] ?? null),
    ...(later.length > 0 ? [Object.fromEntries(later.map((key) => [key, params[key]]))] : []),
  ];
}

function wordsBody({ from, sentAt, note, suggestion, bounds }: Parcel): unknown[] {
  return [
    from,
    Date.parse(sentAt),
    note,
    suggestion && [suggestion.minutes, suggestion.when, suggestion.text],
    bounds.map(({ what, min, max }) => [what, min, max]),
  ];
}

const FLAG = v.picklist([0, 1]);
const VALUE = v.union([v.number(), v.string()]);

const LAYER_HEAD = [
  v.string(),
  v.string(),
  v.number(),
  FLAG,
  v.strictTuple([v.number(), v.number(), v.number(), v.number(), v.string(), v.number()]),
  v.array(v.nullable(VALUE)),
] as const;
const LAYER = v.union([v.strictTuple(LAYER_HEAD), v.strictTuple([...LAYER_HEAD, v.record(v.string(), VALUE)])]);

const WORDS = v.strictTuple([
  v.string(),
  v.number(),
  v.string(),
  v.nullable(v.strictTuple([v.nullable(v.number()), v.string(), v.string()])),
  v.array(v.strictTuple([v.string(), v.number(), v.number()])),
]);

const HEAD = [
  v.number(),
  v.string(),
  v.string(),
  v.number(),
  v.array(v.string()),
  v.string(),
  v.number(),
  v.strictTuple([v.number(), v.number()]),
  v.strictTuple([v.number(), FLAG]),
  v.strictTuple([v.number(), v.number(), v.number(), v.number(), v.number()]),
  v.array(LAYER),
] as const;
const BODY = v.union([v.strictTuple(HEAD), v.strictTuple([...HEAD, WORDS])]);

/** Throws a `Refusal`. What the list says becomes a file of the preset version it names, and takes that file's way in. */
export function fromLinkBody(value: unknown): Opened {
  const body = shaped(BODY, plainCopy(value, PRESET_LIMITS), [], 'link');
  const [version, id, name, createdMs, tags, note, seed, room, master, arc, layers, words] = body;
  const file = {
    format: PRESET_FORMAT,
    version,
    id,
    name,
    createdAt: dateText(createdMs),
    tags,
    note,
    scene: {
      seed,
      layers: layers.map(layerFile),
      room: { size: room[0], amount: room[1] },
      master: { gainDb: master[0], mono: master[1] === 1 },
      arc: { slower: arc[0], thinner: arc[1], darker: arc[2], farther: arc[3], stiller: arc[4] },
    },
  };
  if (words === undefined) {
    const restored = restorePreset(file);
    return restored.ok ? { ...restored, kind: 'preset' } : restored;
  }
  const [from, sentMs, message, suggestion, bounds] = words;
  const raw = {
    from,
    sentAt: dateText(sentMs),
    note: message,
    suggestion: suggestion && { minutes: suggestion[0], when: suggestion[1], text: suggestion[2] },
    bounds: bounds.map(([what, min, max]) => ({ what, min, max })),
  };
  return { ok: true, kind: 'parcel', ...parcelFrom(raw, file, null) };
}

function layerFile(body: v.InferOutput<typeof LAYER>): object {
  const [trigger, id, gainDb, muted, place, values, later] = body;
  const order = orderOf(trigger);
  if (values.length > order.length)
    throw new Refusal('wrong-shape', 'The link has more values than its sound. Nothing was changed.');
  const [azimuthDeg, elevationDeg, closeness, spread, path, periodSec] = place;
  // An empty place in the list is a value that was not written: it takes its usual one, with a warning.
  const named = order.flatMap((key, i) => {
    const value = values[i] ?? null;
    return value === null ? [] : [[key, value] as const];
  });
  return {
    id,
    trigger,
    gainDb,
    muted: muted === 1,
    params: { ...later, ...Object.fromEntries(named) },
    place: { azimuthDeg, elevationDeg, closeness, spread, path, periodSec },
  };
}

function orderOf(trigger: string): readonly string[] {
  return Object.hasOwn(LINK_PARAMS_1, trigger) ? (LINK_PARAMS_1[trigger] ?? []) : [];
}

function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

/** Anything that is no date becomes a text that is none, which the reader answers in words. */
function dateText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

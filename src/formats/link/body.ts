// The body of a link: a preset, perhaps with the details of a shared one, as a list of values in a frozen order.
import * as v from 'valibot';
import type { Layer } from '../../synth/index.ts';
import { DecodeError } from '../decodeError.ts';
import type { DecodedFile } from '../decodedFile.ts';
import { parseJsonBytes, parseWith, PRESET_LIMITS, sanitizeJson } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { parsePreset, PRESET_FORMAT } from '../preset.ts';
import type { Preset } from '../preset.ts';
import { parseDetails } from '../sharedPreset.ts';
import type { SharedPreset } from '../sharedPreset.ts';

function order(ids: string): readonly string[] {
  return ids.split(' ');
}

/**
 * The order in which links of version 1 hold a trigger's values. Frozen: links in circulation are read by it, so never add,
 * remove or reorder. Later parameters, and those of later triggers, are written with their ids and need no place here.
 */
export const LINK_PARAMS_1: Readonly<Record<string, readonly string[]>> = {
  tapping: order(
    'softness brightness crispness pace steadiness surprise material size ring position hands table cavity rattle air',
  ),
  rustling: order(
    'softness brightness crispness pace steadiness surprise material gesture size density dampness settling sliding hush',
  ),
  brushing: order(
    'softness brightness crispness pace steadiness surprise tool speed pressure density rub catching handling air',
  ),
  softRain: order('softness brightness crispness pace steadiness surprise surface density size wetness nearness'),
  softNoise: order('softness brightness crispness pace steadiness surprise swell width'),
};

// --- encode ----------------------------------------------------------------------------------------------------------

/**
 * Encodes the body of a link.
 * @param preset - to send
 * @param shared - its details, or null. The practice summary is never part of a link
 * @returns the body as UTF-8 JSON
 * @throws DecodeError for what `decodeLinkBody` would refuse
 */
export function encodeLinkBody(preset: Preset, shared: SharedPreset | null): Uint8Array<ArrayBuffer> {
  const { scene } = preset;
  const { room, master, arc } = scene;
  const body = [
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
    scene.layers.map(layerToList),
    ...(shared ? [detailsToList(shared)] : []),
  ];
  return new TextEncoder().encode(JSON.stringify(sanitizeJson(body, PRESET_LIMITS)));
}

function layerToList({ id, trigger, gainDb, muted, params, place }: Layer): unknown[] {
  const ids = paramOrder(trigger);
  const others = Object.keys(params).filter((key) => !ids.includes(key));
  return [
    trigger,
    id,
    gainDb,
    flag(muted),
    [place.azimuthDeg, place.elevationDeg, place.closeness, place.spread, place.path, place.periodSec],
    ids.map((key) => params[key] ?? null),
    ...(others.length > 0 ? [Object.fromEntries(others.map((key) => [key, params[key]]))] : []),
  ];
}

function detailsToList({ from, sentAt, note, suggestion, bounds }: SharedPreset): unknown[] {
  return [
    from,
    Date.parse(sentAt),
    note,
    suggestion && [suggestion.minutes, suggestion.when, suggestion.text],
    bounds.map(({ what, min, max }) => [what, min, max]),
  ];
}

// --- decode ----------------------------------------------------------------------------------------------------------

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

const DETAILS = v.strictTuple([
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
const BODY = v.union([v.strictTuple(HEAD), v.strictTuple([...HEAD, DETAILS])]);

/**
 * Decodes the body of a link: the list becomes the fields of a preset file of the version it names, which are parsed as those
 * of any file.
 * @param bytes - the inflated body
 * @returns a preset or a shared preset
 * @throws DecodeError
 */
export function decodeLinkBody(bytes: Uint8Array): DecodedFile {
  const body = parseWith(BODY, sanitizeJson(parseJsonBytes(bytes), PRESET_LIMITS), 'link');
  const [version, id, name, createdMs, tags, note, seed, room, master, arc, layers, details] = body;
  const decoded = parsePreset({
    format: PRESET_FORMAT,
    version,
    id,
    name,
    createdAt: isoDate(createdMs),
    tags,
    note,
    scene: {
      seed,
      layers: layers.map(layerFromList),
      room: { size: room[0], amount: room[1] },
      master: { gainDb: master[0], mono: master[1] === 1 },
      arc: { slower: arc[0], thinner: arc[1], darker: arc[2], farther: arc[3], stiller: arc[4] },
    },
  });
  if (details === undefined) return { ...decoded, kind: 'preset' };
  const [from, sentMs, message, suggestion, limits] = details;
  const raw = {
    from,
    sentAt: isoDate(sentMs),
    note: message,
    suggestion: suggestion && { minutes: suggestion[0], when: suggestion[1], text: suggestion[2] },
    bounds: limits.map(([what, min, max]) => ({ what, min, max })),
  };
  return { ok: true, kind: 'parcel', ...parseDetails(raw, decoded, null) };
}

function layerFromList(layer: v.InferOutput<typeof LAYER>): JsonObject {
  const [trigger, id, gainDb, muted, place, values, others] = layer;
  const ids = paramOrder(trigger);
  if (values.length > ids.length) throw new DecodeError('link-extra-values');
  const [azimuthDeg, elevationDeg, closeness, spread, path, periodSec] = place;
  // null is a value that was not written: it gets its default, with a warning.
  const named = ids.flatMap((key, i) => {
    const value = values[i] ?? null;
    return value === null ? [] : [[key, value] as const];
  });
  return {
    id,
    trigger,
    gainDb,
    muted: muted === 1,
    params: { ...others, ...Object.fromEntries(named) },
    place: { azimuthDeg, elevationDeg, closeness, spread, path, periodSec },
  };
}

function paramOrder(trigger: string): readonly string[] {
  return Object.hasOwn(LINK_PARAMS_1, trigger) ? (LINK_PARAMS_1[trigger] ?? []) : [];
}

function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

/** '' for anything that is no date: the parser then warns. */
function isoDate(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

// Errors and warnings of decoding in words: a message for each code.
import type { BackupItemError } from '../formats/backup.ts';
import type {
  DecodeErrorCode,
  DecodeErrorData,
  DecodeErrorParams,
  DecodeWarning,
  DecodeWarningCode,
  DecodeWarningParams,
  JsonPath,
} from '../formats/decodeError.ts';
import { findTrigger, LAYER_GAIN, MASTER_GAIN, PLACE_SPECS, ROOM_SPECS, ARC_SPECS } from '../synth/index.ts';
import type { ParamSpec } from '../synth/index.ts';
import { formatRounded } from './formatParam.ts';
import { decodeMessages as messages } from './messages/decode.ts';
import { soundMessages } from './messages/sound.ts';
import { paramMessages, triggerLabel } from './triggerMessages.ts';
import type { ParamMessages } from './triggerMessages.ts';

const MAX_QUOTE_CHARS = 40;
const MAX_LISTED = 3;
const KIBIBYTE = 1024;

const { errors, warnings, group: groups, place: places } = messages;

const ERRORS: { readonly [Code in DecodeErrorCode]: (params: DecodeErrorParams[Code]) => string } = {
  'file-empty': errors.fileEmpty,
  'file-too-large': ({ maxBytes }) => {
    const kibibytes = maxBytes / KIBIBYTE;
    return kibibytes >= KIBIBYTE
      ? errors.fileTooLarge({ size: kibibytes / KIBIBYTE, unit: 'mebi' })
      : errors.fileTooLarge({ size: kibibytes, unit: 'kibi' });
  },
  'file-unreadable': errors.fileUnreadable,
  'not-text': errors.notText,
  'not-json': errors.notJson,
  'too-deep': errors.tooDeep,
  'text-too-long': ({ path }) => errors.textTooLong({ place: describePath(path) }),
  'list-too-long': ({ path, count }) => errors.listTooLong({ place: describePath(path), count }),
  'too-many-fields': errors.tooManyFields,
  'unsafe-field-name': ({ name }) => errors.unsafeFieldName({ name: quote(name) }),
  'not-plain-data': ({ path }) => errors.notPlainData({ place: describePath(path) }),
  'number-not-finite': ({ path }) => errors.numberNotFinite({ place: describePath(path) }),
  'not-readable': errors.notReadable,
  'wrong-format': errors.wrongFormat,
  'no-version': errors.noVersion,
  'invalid-version': errors.invalidVersion,
  // As text: a hostile file may claim any number.
  'newer-version': ({ kind, version, current }) => errors.newerVersion({ kind, version: String(version), current }),
  'migration-missing': errors.migrationMissing,
  'migration-failed': errors.migrationFailed,
  'checksum-mismatch': errors.checksumMismatch,
  'unknown-field': ({ kind, path }) => errors.unknownField({ kind, place: describePath(path) }),
  'missing-field': ({ kind, path }) => errors.missingField({ kind, place: describePath(path) }),
  'wrong-type': ({ kind, path, expected }) => errors.wrongType({ kind, expected, place: describePath(path) }),
  'invalid-field': ({ kind, path }) => errors.invalidField({ kind, place: describePath(path) }),
  'no-layers': errors.noLayers,
  'no-known-layers': ({ trigger }) => errors.noKnownLayers({ trigger: quote(trigger) }),
  'param-not-number': ({ path, trigger }) => errors.paramNotNumber({ where: describeValue(path, trigger) }),
  'param-not-choice': ({ path, trigger }) => errors.paramNotChoice({ where: describeValue(path, trigger) }),
  'param-negative': ({ path, trigger }) => errors.paramNegative({ where: describeValue(path, trigger) }),
  'audio-without-preset': errors.audioWithoutPreset,
  'bundle-empty': errors.bundleEmpty,
  'bundle-too-large': errors.bundleTooLarge,
  'bundle-unreadable': errors.bundleUnreadable,
  'backup-invalid': errors.backupInvalid,
  'backup-too-large': errors.backupTooLarge,
  'summary-invalid': errors.summaryInvalid,
  'entry-invalid': errors.entryInvalid,
  'limit-reversed': ({ limit }) => errors.limitReversed({ limit: quote(limit) }),
  'link-missing': errors.linkMissing,
  'link-ambiguous': errors.linkAmbiguous,
  'link-too-long': errors.linkTooLong,
  'link-cut': errors.linkCut,
  'link-damaged': errors.linkDamaged,
  'link-extra-values': errors.linkExtraValues,
  'link-does-not-fit': errors.linkDoesNotFit,
  'compressed-damaged': errors.compressedDamaged,
  'compressed-too-large': errors.compressedTooLarge,
  'passphrase-empty': errors.passphraseEmpty,
  'passphrase-wrong': errors.passphraseWrong,
  'encryption-unavailable': errors.encryptionUnavailable,
  'encryption-unknown': errors.encryptionUnknown,
  'encrypted-invalid': errors.encryptedInvalid,
  'encrypted-twice': errors.encryptedTwice,
};

type WarningText<Code extends DecodeWarningCode> = (params: DecodeWarningParams[Code], path: JsonPath) => string;

const WARNINGS: { readonly [Code in DecodeWarningCode]: WarningText<Code> } = {
  'text-sanitized': ({ text }, path) => warnings.textSanitized({ text: quote(text), field: fieldOf(path) }),
  'date-replaced': (_, path) => warnings.dateReplaced({ field: fieldOf(path) }),
  'id-missing': warnings.idMissing,
  'id-replaced': ({ from, to }) => warnings.idReplaced({ from: quote(from), to }),
  'name-missing': warnings.nameMissing,
  'tags-dropped': warnings.tagsDropped,
  'seed-missing': ({ to }) => warnings.seedMissing({ to: String(to) }),
  'seed-rounded': ({ from, to }) => warnings.seedRounded({ from: String(from), to: String(to) }),
  'trigger-unknown': ({ trigger }, path) =>
    warnings.triggerUnknown({ group: describeGroup(path), trigger: quote(trigger) }),
  'layers-dropped': warnings.layersDropped,
  'layer-id-missing': ({ to }, path) => warnings.layerIdMissing({ group: describeGroup(path), to }),
  'layer-id-duplicate': ({ from, to }) => warnings.layerIdDuplicate({ from: quote(from), to }),
  'layer-id-replaced': ({ from, to }, path) =>
    warnings.layerIdReplaced({ group: describeGroup(path), from: quote(from), to }),
  'params-unknown': ({ trigger, ids }, path) =>
    warnings.paramsUnknown({
      group: describeGroup(path),
      trigger: triggerLabel(trigger),
      ids: listed(ids.map(quote)),
    }),
  'values-missing': ({ trigger, ids }, path) =>
    warnings.valuesMissing({
      group: describeGroup(path),
      labels: listed(ids.map((id) => labelOf([...path, id], trigger))),
      count: ids.length,
    }),
  'value-clamped': ({ trigger, value, min, max, to }, path) => {
    const spec = specOf(path, trigger);
    const unit = spec?.kind === 'number' ? spec.unit : '';
    const high = formatFigure(max);
    return warnings.valueClamped({
      where: describeValue(path, trigger),
      value: formatFigure(value),
      min: formatFigure(min),
      max: unit === '' ? high : soundMessages.figures({ unit, figures: high }),
      to: formatFigure(to),
    });
  },
  'choice-unknown': ({ trigger, from, to }, path) =>
    warnings.choiceUnknown({ where: describeValue(path, trigger), from: quote(from), to }),
  'azimuth-wrapped': ({ from, to }, path) =>
    warnings.azimuthWrapped({ where: describeValue(path, ''), from: String(from), to: String(to) }),
  'path-unknown': ({ from, to }, path) => warnings.pathUnknown({ group: describeGroup(path), from: quote(from), to }),
  'minutes-clamped': warnings.minutesClamped,
  'limit-without-target': ({ limit }) => warnings.limitWithoutTarget({ limit: quote(limit) }),
  'limit-narrowed': ({ limit }) => warnings.limitNarrowed({ limit: quote(limit) }),
  'limits-dropped': warnings.limitsDropped,
  'summary-shortened': warnings.summaryShortened,
  'bundle-duplicate': warnings.bundleDuplicate,
  'bundle-same-id': warnings.bundleSameId,
};

/**
 * An error in one line: what happened, that nothing was changed and, where it helps, what to do.
 * @param error - of a result that is not ok
 * @returns the message
 */
export function describeDecodeError({ code, params }: DecodeErrorData): string {
  return (ERRORS[code] as (params: DecodeErrorData['params']) => string)(params);
}

/**
 * A warning in one line: what was not right, and what became of it.
 * @param warning - of a result
 * @returns the message
 */
export function describeWarning({ code, path, params }: DecodeWarning): string {
  const [first, item] = path;
  const inside = first === 'presets' && typeof item === 'number';
  const describe = WARNINGS[code] as (params: DecodeWarning['params'], path: JsonPath) => string;
  const text = describe(params, inside ? path.slice(2) : path);
  return inside ? warnings.inSound({ number: item + 1, warning: text }) : text;
}

/**
 * A part of a backup that cannot be read, in one line.
 * @param bad - the part
 * @returns the message
 */
export function describeBackupItem({ part, number }: BackupItemError): string {
  return part === 'preset' ? messages.backupPreset({ number }) : messages.backupEntry({ number });
}

// --- parts -----------------------------------------------------------------------------------------------------------

/** `['scene', 'layers', 1, 'params', 'softness']` → `layer 2, “softness”`. */
function describePath(path: JsonPath): string {
  const names: string[] = [];
  for (let i = 0; i < path.length; i++) {
    const step = path[i];
    const next = path[i + 1];
    if (step === 'layers' && typeof next === 'number') {
      names.push(places.layer({ number: next + 1 }));
      i += 1;
    } else if (typeof step === 'number') names.push(places.item({ number: step + 1 }));
    else if (step !== undefined && step !== 'scene' && step !== 'params') names.push(quote(step));
  }
  if (names.length > 0) return names.reduce((outer, inner) => places.inside({ outer, inner }));
  return path.includes('scene') ? places.scene() : places.file();
}

/** Text from the file, in quotation marks: printable and short. */
function quote(text: string): string {
  const safe = text.slice(0, MAX_QUOTE_CHARS).replace(/[\p{C}\u2028\u2029“”]/gu, '?');
  return places.field({ name: text.length > MAX_QUOTE_CHARS ? messages.cut({ text: safe }) : safe });
}

/** The last field name of a path. */
function fieldOf(path: JsonPath): string {
  return path.findLast((step) => typeof step === 'string') ?? '';
}

/** `['scene', 'layers', 1, …]` → "Layer 2"; "Room", "Whole sound", "Night". */
function describeGroup([, part, index]: JsonPath): string {
  if (part === 'layers') return groups.layer({ number: Number(index) + 1 });
  return part === 'room' ? groups.room() : part === 'master' ? groups.master() : groups.arc();
}

function describeValue(path: JsonPath, trigger: string): string {
  return groups.value({ group: describeGroup(path), label: labelOf(path, trigger) });
}

function labelOf(path: JsonPath, trigger: string): string {
  const id = String(path.at(-1) ?? '');
  if (id === 'path') return soundMessages.path();
  return trigger === '' ? (textsOf(path)[id]?.label() ?? id) : paramMessages(trigger, id).label();
}

function specOf(path: JsonPath, trigger: string): ParamSpec | undefined {
  const [, group, , part] = path;
  const id = String(path.at(-1) ?? '');
  const specs: Readonly<Record<string, ParamSpec>> =
    trigger !== ''
      ? (findTrigger(trigger)?.params ?? {})
      : group === 'room'
        ? ROOM_SPECS
        : group === 'arc'
          ? ARC_SPECS
          : group === 'master'
            ? { gainDb: MASTER_GAIN }
            : part === 'place'
              ? PLACE_SPECS
              : { gainDb: LAYER_GAIN };
  return Object.hasOwn(specs, id) ? specs[id] : undefined;
}

/** The messages of the values at a path outside a trigger, by their ids. */
function textsOf([, group, , part]: JsonPath): Readonly<Record<string, ParamMessages>> {
  if (group === 'room') return soundMessages.room;
  if (group === 'arc') return soundMessages.arc;
  return group !== 'master' && part === 'place' ? soundMessages.place : { gainDb: soundMessages.level };
}

/** The first three, and how many more. */
function listed(all: readonly string[]): string {
  const items = all.slice(0, MAX_LISTED).reduce((before, item) => messages.listed({ before, item }));
  return all.length > MAX_LISTED ? messages.andMore({ items, count: all.length - MAX_LISTED }) : items;
}

/** As written when it is short ("0.2", "-24"), rounded when it is not. */
function formatFigure(value: number): string {
  const text = String(value);
  return text.length <= 8 || Math.abs(value) >= 1e9 ? text : formatRounded(value);
}

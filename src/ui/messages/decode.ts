// What is wrong with a file, a link or a passphrase, and what was corrected in what was opened.
import { defineMessages } from '../../lib/i18n/defineMessages.ts';

export const decodeMessages = defineMessages('decode', {
  // Places in a file, from outside in: "layer 2, “softness”".
  place: {
    layer: 'layer {number, number}',
    item: 'item {number, number}',
    field: '“{name}”',
    scene: '“scene”',
    file: 'the file',
    inside: '{outer}, {inner}',
  },
  // Places in a sound: "Layer 2, Softness". {label} is the name of a slider or a list of them.
  group: {
    layer: 'Layer {number, number}',
    room: 'Room',
    master: 'Whole sound',
    arc: 'Night',
    value: '{group}, {label}',
  },
  // {text} is cut: it goes on.
  cut: '{text}…',
  andMore: '{items} and {count, number} more',
  listed: '{before}, {item}',

  errors: {
    fileEmpty:
      'This file is empty. Nothing was changed; choose a file that Hushcraft exported (its name ends in .hush.json).',
    fileTooLarge:
      'This file is larger than {size, number} {unit, select, mebi {MiB} other {KiB}}, so it is not one of ours. Nothing was changed; choose a file that Hushcraft exported (its name ends in .hush.json).',
    fileUnreadable: 'This file could not be read: it may have been moved or deleted. Nothing was changed.',
    notText:
      'This file holds something other than text (UTF-8). Nothing was changed; choose a file that Hushcraft exported (its name ends in .hush.json).',
    notJson:
      'This file is damaged or cut short, or it is not a preset at all. Nothing was changed; choose a file that Hushcraft exported (its name ends in .hush.json).',
    tooDeep:
      'This file is nested too deeply to be a preset. Nothing was changed; choose a file that Hushcraft exported (its name ends in .hush.json).',
    textTooLong: 'The text in {place} is too long to belong to a preset. Nothing was changed.',
    listTooLong: 'The list in {place} has {count, number} entries, too many for a preset. Nothing was changed.',
    tooManyFields: 'This holds far more fields than a preset has. Nothing was changed.',
    unsafeFieldName: 'A field is called {name}, a name no preset uses and some attacks do. Nothing was changed.',
    notPlainData: 'This is not plain data: {place}. Nothing was changed.',
    numberNotFinite:
      'The number in {place} is too large for any computer to play. Nothing was changed; write a number inside its range.',
    notReadable: 'This could not be read as a preset. Nothing was changed.',
    wrongFormat:
      '{kind, select, preset {This is not a Hushcraft preset (its “format” is not “hushcraft-preset”).} parcel {This is not a shared sound of Hushcraft.} other {This is not a Hushcraft file.}} Nothing was changed.',
    noVersion:
      'The {kind, select, preset {file} parcel {shared sound} bundle {bundle} locked {locked file} backup {backup} other {link}} does not say which version of the format it is (“version”). Nothing was changed.',
    invalidVersion:
      'In the {kind, select, preset {file} parcel {shared sound} bundle {bundle} locked {locked file} backup {backup} other {link}}, “version” is not a version number such as 1. Nothing was changed.',
    newerVersion:
      'This {kind, select, preset {preset} parcel {shared sound} bundle {bundle} locked {locked file} backup {backup} other {link}} was made by a newer version of Hushcraft (format {version}; this one knows {current, number}). Nothing was changed: {kind, select, link {keep the link} other {keep the file}} and open it again after an update.',
    migrationMissing: 'No way is known to open a file of version {version, number}.',
    migrationFailed:
      'This file is of version {version, number} and could not be brought up to date. It was not changed; please keep it.',
    checksumMismatch:
      'This file was damaged, or edited after it was exported: its checksum does not fit. Nothing was changed; fetch the file again or, if you edited it yourself, delete its “checksum” line.',
    unknownField:
      'The {kind, select, preset {preset} parcel {shared sound} bundle {bundle} locked {locked file} backup {backup} other {link}} has a field that does not belong there: {place}. Nothing was changed.',
    missingField:
      'The {kind, select, preset {preset} parcel {shared sound} bundle {bundle} locked {locked file} backup {backup} other {link}} lacks something: {place}. Nothing was changed.',
    wrongType:
      'In the {kind, select, preset {preset} parcel {shared sound} bundle {bundle} locked {locked file} backup {backup} other {link}}, {place} must be {expected, select, number {a number} text {text} boolean {true or false} list {a list} object {a group of fields} other {a number or the name of a choice}}. Nothing was changed.',
    invalidField:
      'The {kind, select, preset {preset} parcel {shared sound} bundle {bundle} locked {locked file} backup {backup} other {link}} is not right at {place}. Nothing was changed.',
    noLayers: 'The preset has no layer, so there is nothing to play. Nothing was changed.',
    noKnownLayers:
      'This version knows none of the preset’s sounds ({trigger}). Nothing was changed; keep the file and try again after an update.',
    paramNotNumber: '{where} must be a number. Nothing was changed.',
    paramNotChoice: '{where} must be the name of a choice. Nothing was changed.',
    paramNegative: '{where} cannot be less than zero. Nothing was changed.',
    audioWithoutPreset:
      'This audio file holds no Hushcraft preset: it comes from elsewhere, or another program removed it. Nothing was changed.',
    bundleEmpty: 'There is no sound in this bundle. Nothing was changed.',
    bundleTooLarge: 'This bundle has {count, number} sounds; at most {max, number} fit in one. Nothing was changed.',
    bundleUnreadable: 'None of the sounds in this bundle can be read. Nothing was changed.',
    backupInvalid: 'This is not a backup of Hushcraft, or not a whole one. Nothing was changed.',
    backupTooLarge:
      'A backup holds at most {maxPresets, number} sounds and {maxEntries, number} entries; this one claims more. Nothing was changed.',
    summaryInvalid: 'The practice summary that came with it is not in order. Nothing was changed.',
    entryInvalid: 'An entry of the practice record is not in order. Nothing was changed.',
    limitReversed: 'A limit of the shared sound ends before it begins ({limit}). Nothing was changed.',
    linkMissing: 'This is not a link to a Hushcraft sound. Nothing was changed; ask for it again, or for a file.',
    linkAmbiguous: 'There is more than one sound in this link. Nothing was changed; ask for it again, or for a file.',
    linkTooLong:
      'This is longer than any Hushcraft link ({maxChars, number} characters). Nothing was changed; ask for it again, or for a file.',
    linkCut: 'The link was cut on its way: its end is missing. Nothing was changed; ask for it again, or for a file.',
    linkDamaged: 'The link was changed or cut on its way. Nothing was changed; ask for it again, or for a file.',
    linkExtraValues: 'The link has more values than its sound. Nothing was changed.',
    linkDoesNotFit:
      'As a link this would have {chars, number} characters; more than {maxChars, number} do not get through everywhere. Shorten the note, or send a file instead.',
    compressedDamaged: 'What was packed in here is damaged. Nothing was changed; ask for it again.',
    compressedTooLarge: 'What was packed in here is far larger than any sound. Nothing was changed.',
    passphraseEmpty: 'There is no passphrase yet. Nothing was changed.',
    passphraseWrong:
      'It did not open: the passphrase is not the right one, or it was damaged on its way. Nothing was changed; try again.',
    encryptionUnavailable:
      'This page cannot lock or unlock here: open Hushcraft at an address with https. Nothing was changed.',
    encryptionUnknown: 'This was locked in a way that Hushcraft does not use. Nothing was changed.',
    encryptedInvalid: 'This is not something that Hushcraft locked. Nothing was changed.',
    encryptedTwice: 'What was locked here is locked once more inside. Nothing was changed.',
  },

  warnings: {
    // In a file with several sounds.
    inSound: 'Sound {number, number}: {warning}',
    textSanitized:
      '{field, select, name {The name} note {The note} tags {A tag} from {Who it is from} when {The suggested time of day} other {The suggestion}} held hidden characters or was too long; it was cleaned to {text}.',
    dateReplaced:
      'The date of the {field, select, sentAt {shared sound} other {preset}} was missing or unreadable; it was set to today.',
    idMissing: 'The preset had no id and was given one.',
    idReplaced: 'The id {from} is not made of letters, digits and hyphens; it became “{to}”.',
    nameMissing: 'The preset had no name; it is called “{name}”.',
    tagsDropped: 'Only the first {max, number} tags were kept.',
    seedMissing: 'The seed was missing and became {to}.',
    seedRounded: 'The seed must be a whole number from 0 to 4294967295; {from} became {to}.',
    triggerUnknown: '{group}: this version does not know the sound {trigger}; it was left out.',
    layersDropped: 'The preset had {count, number} layers; the first {max, number} were kept.',
    layerIdMissing: '{group} had no id and became “{to}”.',
    layerIdDuplicate: 'Two layers had the id {from}; the second became “{to}”.',
    layerIdReplaced: '{group}: the id {from} became “{to}”.',
    paramsUnknown: '{group}: {trigger} has no {ids} here; left out.',
    valuesMissing:
      '{group}: {labels} {count, plural, one {was missing and took its usual value} other {were missing and took their usual values}}.',
    valueClamped: '{where}: {value} is outside {min} to {max}; it became {to}.',
    choiceUnknown: '{where}: this version does not know {from}; it became “{to}”.',
    azimuthWrapped: '{where}: {from}° is the same as {to}°.',
    pathUnknown: '{group}: there is no path {from}; it became “{to}”.',
    minutesClamped: 'The suggested time must be 1 to {max, number} whole minutes; it became {to, number}.',
    limitWithoutTarget: 'A limit of the shared sound fits nothing in it ({limit}); it was left out.',
    limitNarrowed: 'A limit of the shared sound reached further than the value itself ({limit}); it was drawn in.',
    limitsDropped: 'Only the first {max, number} limits were kept.',
    summaryShortened:
      'The practice summary that came with it is about more than twenty years; only the last twenty in which there is something are shown.',
    bundleDuplicate: 'It is the same as sound {number, number} and was left out.',
    bundleSameId: 'Another sound has the same id; it was given its own.',
  },

  // Parts of a backup.
  backupPreset: 'Sound {number, number} is not in order.',
  backupEntry: 'Practice entry {number, number} is not in order.',
});

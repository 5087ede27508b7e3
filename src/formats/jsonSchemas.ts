// The JSON Schemas of all kinds of file, derived from the parsers' own schemas where those say everything. For the build only.
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { MAX_ITERATIONS, MIN_ITERATIONS } from './aesGcm.ts';
import { BACKUP_VERSION, MAX_BACKUP_ENTRIES, MAX_BACKUP_PRESETS } from './backup.ts';
import { BUNDLE_FORMAT, BUNDLE_VERSION, MAX_BUNDLE_PRESETS } from './bundle.ts';
import { BACKUP_FORMAT } from './decodeFile.ts';
import { ENCRYPTED_FILE } from './encryptedFile.ts';
import { MAX_DESCRIPTION_CHARS, MAX_ENTRY_NOTE_CHARS, MORNING_ENTRY, SESSION_ENTRY } from './practiceEntry.ts';
import { SUMMARY } from './practiceSummary.ts';
import { presetJsonSchema } from './presetJsonSchema.ts';
import { MAX_OLDER_VERSIONS } from './presetRecord.ts';
import { REPORT_FORMAT, REPORT_VERSION } from './report.ts';
import { MAX_LIMITS, MAX_SUGGESTED_MINUTES, SHARED_PRESET } from './sharedPreset.ts';
import { RECORD_SCHEMA } from './storedRecord.ts';
import { MAX_NAME_GRAPHEMES, MAX_NOTE_CHARS } from './text.ts';

type Schema = Readonly<Record<string, unknown>>;

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
const PRESET: Schema = { $ref: 'preset.schema.json' };
const TEXT: Schema = { type: 'string' };
const MOMENT: Schema = { type: 'string', format: 'date-time', description: 'UTC, ISO 8601.' };
const CHECKSUM: Schema = {
  type: 'string',
  pattern: '^crc32:[0-9a-f]{8}$',
  description: 'Finds damage. Delete it when you edit a file by hand.',
};

/** What the parsers' schemas do not hold: the meaning of a field, and the length of text that is clipped rather than refused. */
const FIELD_NOTES: Readonly<Record<string, Schema>> = {
  day: { description: 'Local, YYYY-MM-DD.' },
  startedAt: { description: 'UTC.' },
  time: { description: 'By the local clock.' },
  utcOffsetMin: { description: 'Of the local clock from UTC.' },
  timerMinutes: { description: 'null: no timer.' },
  interruptions: { description: 'How often the sound broke off.' },
  before: { description: 'Distress: 0 none … 10 the most one can imagine.' },
  after: { description: 'Distress: 0 none … 10 the most one can imagine.' },
  tingles: { description: '0 none … 10 the most one can imagine.' },
  again: { description: 'Would use it again.' },
  presetId: { description: 'Empty for a sound that was never saved.' },
  presetName: { description: `As it was called then; up to ${String(MAX_NAME_GRAPHEMES)} characters.` },
  presetWords: { maxLength: MAX_DESCRIPTION_CHARS, description: 'What it sounded like, in words.' },
  presetRevision: { description: 'Which version of the sound.' },
  note: { maxLength: MAX_ENTRY_NOTE_CHARS },
  minutesToSleep: { description: 'A best guess.' },
  quality: { description: '1 poor … 5 very good.' },
  listened: { description: 'There was listening before the night or in it.' },
  sections: { description: 'What was chosen. Fields of other sections are absent; null is what was not given.' },
};

/**
 * Makes the JSON Schema of every kind of file.
 * @returns the schemas by file name
 */
export function fileSchemas(): Readonly<Record<string, Schema>> {
  return {
    'preset.schema.json': presetJsonSchema(),
    'bundle.schema.json': file('bundle', 'Several sounds in one file.', bundle()),
    'parcel.schema.json': file(
      'shared sound',
      'A sound with a note, limits and practice that go with it.',
      sharedPreset(),
    ),
    'locked.schema.json': file('locked file', 'Any of the other files under a passphrase.', encrypted()),
    'backup.schema.json': file('backup', 'Everything stored on a device.', backup()),
    'report.schema.json': file('practice report', 'What was chosen of a practice record. Self-reported.', report()),
  };
}

function file(name: string, description: string, shape: Schema): Schema {
  return { $schema: DRAFT, title: `Hushcraft ${name}`, description: `${description} See docs/formats.md.`, ...shape };
}

/** The JSON Schema of what a parser's schema accepts. */
function derive(schema: v.GenericSchema): Schema {
  const derived = toJsonSchema(schema, {
    typeMode: 'input',
    target: 'draft-2020-12',
    // That a date exists, which its format says too.
    ignoreActions: ['check'],
  });
  // Named once, by the file around it.
  delete derived.$schema;
  return annotate(derived as Schema);
}

/** Adds the notes to every field of that name. */
function annotate(node: Schema): Schema {
  return mapValues(node, (value, key) => {
    if (key === 'properties')
      return mapValues(value as Schema, (field, name) => ({ ...annotate(field as Schema), ...FIELD_NOTES[name] }));
    if (Array.isArray(value)) return value.map((one: unknown) => (isSchema(one) ? annotate(one) : one));
    return isSchema(value) ? annotate(value) : value;
  });
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapValues(object: Schema, change: (value: unknown, key: string) => unknown): Schema {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

/** A derived schema with some fields described more closely than the parser, which clamps or checks them later. */
function withFields(schema: Schema, fields: Schema): Schema {
  return { ...schema, properties: { ...(schema['properties'] as Schema), ...fields } };
}

function report(): Schema {
  return derive(
    v.strictObject({
      ...SUMMARY.entries,
      format: v.literal(REPORT_FORMAT),
      version: v.literal(REPORT_VERSION),
      selfReported: v.literal(true),
    }),
  );
}

function sharedPreset(): Schema {
  const bound = object({ what: TEXT, min: { type: 'number' }, max: { type: 'number' } }, ['what', 'min', 'max']);
  const suggestion = object({
    minutes: orNull({ type: 'integer', minimum: 1, maximum: MAX_SUGGESTED_MINUTES }),
    when: { ...TEXT, description: 'Free text: “before bed”.' },
    text: TEXT,
  });
  return withFields(derive(SHARED_PRESET), {
    from: { ...TEXT, description: 'Who it says it is from; never verified.' },
    sentAt: MOMENT,
    note: { type: 'string', maxLength: MAX_NOTE_CHARS },
    suggestion: orNull(suggestion),
    bounds: {
      type: 'array',
      maxItems: MAX_LIMITS,
      items: bound,
      description: 'How far values may be moved: `layer/params/softness`, `layer/place/closeness`, `master/gainDb`.',
    },
    preset: PRESET,
    practice: orNull(derive(SUMMARY), 'Only what was chosen.'),
    checksum: CHECKSUM,
  });
}

function encrypted(): Schema {
  const base64url = (description: string): Schema => ({ type: 'string', pattern: '^[A-Za-z0-9_-]*$', description });
  const schema = derive(ENCRYPTED_FILE);
  const { key, cipher } = schema['properties'] as Readonly<Record<string, Schema>>;
  const iterations = { type: 'integer', minimum: MIN_ITERATIONS, maximum: MAX_ITERATIONS };
  return withFields(schema, {
    key: withFields(key ?? {}, { iterations, salt: base64url('16 random bytes.') }),
    cipher: withFields(cipher ?? {}, { nonce: base64url('12 random bytes.') }),
    content: base64url('The other file, encrypted, with its tag of 16 bytes.'),
  });
}

/** Made by hand: its items are files of their own, which the parser takes one by one. */
function bundle(): Schema {
  return object(
    {
      $schema: TEXT,
      format: { const: BUNDLE_FORMAT },
      version: { const: BUNDLE_VERSION },
      presets: { type: 'array', minItems: 1, maxItems: MAX_BUNDLE_PRESETS, items: PRESET },
    },
    ['format', 'version', 'presets'],
  );
}

/** Made by hand but for the entries: the parser takes its records one by one, and accepts fields it does not know. */
function backup(): Schema {
  const version = {
    preset: PRESET,
    revision: { type: 'integer', minimum: 1 },
    updatedAt: MOMENT,
    by: { ...TEXT, description: 'Who this version came from, empty for oneself.' },
    note: { ...TEXT, description: 'What was written with it.' },
  };
  const record = object(
    {
      schema: { const: RECORD_SCHEMA },
      ...version,
      favourite: { type: 'boolean' },
      deletedAt: orNull(MOMENT, 'Deleted, and stored for thirty days more.'),
      older: {
        type: 'array',
        maxItems: MAX_OLDER_VERSIONS,
        items: object(version, ['preset', 'revision', 'updatedAt']),
        description: 'Earlier versions, latest first.',
      },
    },
    ['schema', 'preset', 'favourite', 'revision', 'updatedAt', 'deletedAt', 'older'],
  );
  const entries = { anyOf: [derive(SESSION_ENTRY), derive(MORNING_ENTRY)] };
  return object(
    {
      format: { const: BACKUP_FORMAT },
      version: { const: BACKUP_VERSION },
      createdAt: MOMENT,
      presets: { type: 'array', maxItems: MAX_BACKUP_PRESETS, items: record },
      practice: { type: 'array', maxItems: MAX_BACKUP_ENTRIES, items: entries },
      settings: { type: 'object', description: 'Choices of the app. Unknown ones are preserved.' },
      checksum: CHECKSUM,
    },
    ['format', 'version', 'createdAt', 'presets', 'practice', 'settings'],
  );
}

function object(properties: Schema, required: readonly string[] = []): Schema {
  return {
    type: 'object',
    properties,
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

function orNull(schema: Schema, description = ''): Schema {
  return { anyOf: [schema, { type: 'null' }], ...(description === '' ? {} : { description }) };
}

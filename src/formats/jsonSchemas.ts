// The shapes of every file but the preset as JSON Schemas, from the same constants the readers hold to. Written to public/ by scripts/schema.mjs.
import { BUNDLE_FORMAT, BUNDLE_VERSION, MAX_BUNDLE_PRESETS } from './bundle.ts';
import { BACKUP_FORMAT } from './decodeFile.ts';
import { presetJsonSchema } from './presetJsonSchema.ts';
import { MAX_ITERATIONS, MIN_ITERATIONS } from './aesGcm.ts';
import { ENCRYPTED_FORMAT, ENCRYPTED_VERSION } from './encryptedFile.ts';
import { MAX_LIMITS, MAX_SUGGESTED_MINUTES, SHARED_PRESET_FORMAT, SHARED_PRESET_VERSION } from './sharedPreset.ts';
import { MAX_OLDER_VERSIONS } from './presetRecord.ts';
import { RECORD_SCHEMA } from './storedRecord.ts';
import { MAX_NAME_GRAPHEMES, MAX_NOTE_CHARS, SAFE_ID } from './text.ts';
import { BACKUP_VERSION, MAX_BACKUP_ENTRIES, MAX_BACKUP_PRESETS } from './backup.ts';
import {
  MAX_AWAKENINGS,
  MAX_MINUTES,
  MAX_OFFSET_MIN,
  MAX_ENTRY_NOTE_CHARS as ENTRY_NOTE_CHARS,
  MAX_DESCRIPTION_CHARS,
} from './practiceEntry.ts';
import { REPORT_FORMAT, REPORT_VERSION } from './report.ts';
import { MAX_SUMMARY_ENTRIES, SUMMARY_SECTIONS } from './practiceSummary.ts';

type Schema = Readonly<Record<string, unknown>>;

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
const PRESET: Schema = { $ref: 'preset.schema.json' };
const TEXT: Schema = { type: 'string' };
const ID: Schema = { type: 'string', pattern: SAFE_ID.source };
const DAY: Schema = { type: 'string', format: 'date', description: 'As the person lived it, YYYY-MM-DD.' };
const MOMENT: Schema = { type: 'string', format: 'date-time', description: 'UTC, ISO 8601.' };
const CHECKSUM: Schema = {
  type: 'string',
  pattern: '^crc32:[0-9a-f]{8}$',
  description: 'Finds damage. Delete it when you edit a file by hand.',
};
const RATING = orNull({ type: 'integer', minimum: 0, maximum: 10 }, '0 none … 10 the most one can imagine.');
const MINUTES: Schema = { type: 'number', minimum: 0, maximum: MAX_MINUTES };

const SESSION_FIELDS = {
  minutes: MINUTES,
  mode: { enum: ['day', 'sleep'] },
  timerMinutes: orNull(MINUTES, 'null: no timer.'),
  interruptions: { type: 'integer', minimum: 0, description: 'How often the sound broke off.' },
  before: RATING,
  after: RATING,
  tingles: RATING,
  again: orNull({ type: 'boolean' }, 'Would use it again.'),
  presetId: { type: 'string', maxLength: 64, description: 'Empty for a sound that was never saved.' },
  presetName: { type: 'string', description: `As it was called then; up to ${String(MAX_NAME_GRAPHEMES)} characters.` },
  presetWords: { type: 'string', maxLength: MAX_DESCRIPTION_CHARS, description: 'What it sounded like, in words.' },
  presetRevision: orNull({ type: 'integer', minimum: 0 }, 'Which version of the sound.'),
  note: { type: 'string', maxLength: ENTRY_NOTE_CHARS },
};
const MORNING_FIELDS = {
  minutesToSleep: orNull(MINUTES, 'A best guess.'),
  timesAwake: orNull({ type: 'integer', minimum: 0, maximum: MAX_AWAKENINGS }),
  quality: orNull({ type: 'integer', minimum: 1, maximum: 5 }, '1 poor … 5 very good.'),
  note: SESSION_FIELDS.note,
};

/**
 * Makes the JSON Schema of every kind of file.
 * @returns the schemas by file name
 */
export function fileSchemas(): Readonly<Record<string, Schema>> {
  return {
    'preset.schema.json': presetJsonSchema(),
    'bundle.schema.json': file('bundle', 'Several sounds in one file.', bundle()),
    'parcel.schema.json': file('parcel', 'A sound with the words, limits and practice that go with it.', parcel()),
    'locked.schema.json': file('locked file', 'Any of the other files under a passphrase.', locked()),
    'backup.schema.json': file('backup', 'Everything kept on a device.', backup()),
    'report.schema.json': file('practice report', 'What was ticked of a practice record. Self-reported.', report()),
  };
}

function file(name: string, description: string, shape: Schema): Schema {
  return { $schema: DRAFT, title: `Hushcraft ${name}`, description: `${description} See docs/formats.md.`, ...shape };
}

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

function parcel(): Schema {
  const bound = object({ what: TEXT, min: { type: 'number' }, max: { type: 'number' } }, ['what', 'min', 'max']);
  const suggestion = object({
    minutes: orNull({ type: 'integer', minimum: 1, maximum: MAX_SUGGESTED_MINUTES }),
    when: { ...TEXT, description: 'Free text: “before bed”.' },
    text: TEXT,
  });
  return object(
    {
      $schema: TEXT,
      format: { const: SHARED_PRESET_FORMAT },
      version: { const: SHARED_PRESET_VERSION },
      from: { ...TEXT, description: 'Who it says it is from; never checked.' },
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
      practice: orNull(summary(), 'Only what was ticked.'),
      checksum: CHECKSUM,
    },
    ['format', 'version', 'preset'],
  );
}

function locked(): Schema {
  const base64url = (description: string): Schema => ({ type: 'string', pattern: '^[A-Za-z0-9_-]*$', description });
  const iterations = { type: 'integer', minimum: MIN_ITERATIONS, maximum: MAX_ITERATIONS };
  return object(
    {
      format: { const: ENCRYPTED_FORMAT },
      version: { const: ENCRYPTED_VERSION },
      key: object({ name: { const: 'PBKDF2-SHA-256' }, iterations, salt: base64url('16 random bytes.') }, [
        ...['name', 'iterations', 'salt'],
      ]),
      cipher: object({ name: { const: 'AES-256-GCM' }, nonce: base64url('12 random bytes.') }, ['name', 'nonce']),
      content: base64url('The other file, encrypted, with its tag of 16 bytes.'),
    },
    ['format', 'version', 'key', 'cipher', 'content'],
  );
}

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
      deletedAt: orNull(MOMENT, 'Deleted, and kept for thirty days.'),
      older: {
        type: 'array',
        maxItems: MAX_OLDER_VERSIONS,
        items: object(version, ['preset', 'revision', 'updatedAt']),
        description: 'Earlier versions, latest first.',
      },
    },
    ['schema', 'preset', 'favourite', 'revision', 'updatedAt', 'deletedAt', 'older'],
  );
  const offset = { type: 'integer', minimum: -MAX_OFFSET_MIN, maximum: MAX_OFFSET_MIN };
  const session = whole({
    kind: { const: 'session' },
    id: ID,
    startedAt: MOMENT,
    utcOffsetMin: { ...offset, description: 'What the clock on the wall was ahead of UTC.' },
    ...SESSION_FIELDS,
  });
  const morning = whole({ kind: { const: 'morning' }, id: ID, day: DAY, ...MORNING_FIELDS });
  return object(
    {
      format: { const: BACKUP_FORMAT },
      version: { const: BACKUP_VERSION },
      createdAt: MOMENT,
      presets: { type: 'array', maxItems: MAX_BACKUP_PRESETS, items: record },
      practice: { type: 'array', maxItems: MAX_BACKUP_ENTRIES, items: { anyOf: [session, morning] } },
      settings: { type: 'object', description: 'Choices of the app. Unknown ones are kept.' },
      checksum: CHECKSUM,
    },
    ['format', 'version', 'createdAt', 'presets', 'practice', 'settings'],
  );
}

function report(): Schema {
  return whole({
    ...summaryFields(),
    format: { const: REPORT_FORMAT },
    version: { const: REPORT_VERSION },
    selfReported: { const: true },
  });
}

function summary(): Schema {
  return whole(summaryFields());
}

function summaryFields() {
  const time = { type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description: 'By the clock on the wall.' };
  const listened = { type: 'boolean', description: 'There was listening before the night or in it.' };
  return {
    version: { const: 1 },
    from: DAY,
    to: DAY,
    sections: {
      type: 'array',
      items: { enum: SUMMARY_SECTIONS },
      description: 'What was ticked. Fields of other sections are not there; null is what was not said.',
    },
    sessions: {
      type: 'array',
      maxItems: MAX_SUMMARY_ENTRIES,
      items: object({ day: DAY, time, ...SESSION_FIELDS }, ['day']),
    },
    mornings: {
      type: 'array',
      maxItems: MAX_SUMMARY_ENTRIES,
      items: object({ day: DAY, listened, ...MORNING_FIELDS }, ['day']),
    },
  };
}

function object(properties: Schema, required: readonly string[] = []): Schema {
  return {
    type: 'object',
    properties,
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

/** Every field has to be there. */
function whole(properties: Schema): Schema {
  return object(properties, Object.keys(properties));
}

function orNull(schema: Schema, description = ''): Schema {
  return { anyOf: [schema, { type: 'null' }], ...(description === '' ? {} : { description }) };
}

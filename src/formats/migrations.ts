// Migrations of preset files: one small step per version, in order, upwards only.
import { DEFAULT_ARC } from '../synth/index.ts';
import { DecodeError } from './decodeError.ts';
import { isJsonObject, parseVersion } from './json.ts';
import type { JsonObject } from './json.ts';

/** One step, from version `from` to `from + 1`. */
export interface Migration {
  readonly from: number;
  /** What changed and why, for whoever reads this in ten years. */
  readonly why: string;
  /** May change the object it receives, which is a copy of the file. */
  up(file: JsonObject): JsonObject;
}

/**
 * To add one: raise `PRESET_VERSION`, add the step here, and put a file of the version it starts from, with the expected
 * result, into `tests/fixtures/presets`. The tests fail until all three are there.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    from: 1,
    why: 'A scene holds how it changes over a night. Older ones get the default arc, which is audible in a night only.',
    up(file) {
      const { scene } = file;
      if (isJsonObject(scene)) scene['arc'] = { ...DEFAULT_ARC };
      return file;
    },
  },
];

/**
 * Brings a preset file up to date.
 * @param file - a copy of the file's fields; changed, also when a step fails
 * @param current - the version to reach
 * @param migrations - the steps
 * @returns the fields as of that version
 * @throws DecodeError when the version is unknown or a step fails
 */
export function migrate(file: JsonObject, current: number, migrations: readonly Migration[] = MIGRATIONS): JsonObject {
  let version = parseVersion(file, current, 'preset');
  let migrated = file;
  while (version < current) {
    const step = migrations.find(({ from }) => from === version);
    if (!step) throw new DecodeError('migration-missing', { version });
    migrated = run(step, migrated);
    version += 1;
    migrated['version'] = version;
  }
  return migrated;
}

function run(step: Migration, file: JsonObject): JsonObject {
  try {
    const next = step.up(file);
    if (isJsonObject(next)) return next;
  } catch {
    // The cause is of no use to the person.
  }
  throw new DecodeError('migration-failed', { version: step.from });
}

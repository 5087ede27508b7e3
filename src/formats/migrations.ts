// Old preset files → today's shape: one small step per version, in order, upwards only.
import { DEFAULT_ARC } from '../synth/index.ts';
import { PRESET_VERSION } from './preset.ts';
import { isPlainObject } from './sanitizeJson.ts';
import type { PlainObject } from './sanitizeJson.ts';
import { Refusal } from './decodeError.ts';

/** From version `from` to `from + 1`. The step may change the object it is given, which is a copy of the file. */
export interface Migration {
  readonly from: number;
  /** What changed and why, for whoever reads this in ten years. */
  readonly why: string;
  up(file: PlainObject): PlainObject;
}

/**
 * How to add one: raise `PRESET_VERSION`, add the step here, and put a file of the version it starts from, with what must
 * come out, into `tests/fixtures/presets`. The tests fail until all three are there.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    from: 1,
    why: 'A scene says how it changes over a night. Older ones take the usual arc, which nothing but a night makes heard.',
    up(file) {
      const { scene } = file;
      if (isPlainObject(scene)) scene['arc'] = { ...DEFAULT_ARC };
      return file;
    },
  },
];

/** Throws a `Refusal` when a version is unknown or a step fails; the given object may then be half changed: pass a copy. */
export function migrate(
  file: PlainObject,
  migrations: readonly Migration[] = MIGRATIONS,
  current: number = PRESET_VERSION,
): PlainObject {
  let version = versionOf(file, current);
  let now = file;
  while (version < current) {
    const step = migrations.find(({ from }) => from === version);
    if (!step) throw new Refusal('wrong-shape', `No way is known to open a file of version ${String(version)}.`);
    now = run(step, now);
    version += 1;
    now['version'] = version;
  }
  return now;
}

function run(step: Migration, file: PlainObject): PlainObject {
  try {
    const next = step.up(file);
    if (isPlainObject(next)) return next;
  } catch {
    // Whatever it was, the person can do nothing about it: said below.
  }
  throw new Refusal(
    'wrong-shape',
    `This file is of version ${String(step.from)} and could not be brought up to date. It was not changed; please keep it.`,
  );
}

function versionOf(file: PlainObject, current: number): number {
  const version = file['version'];
  if (version === undefined) {
    throw new Refusal(
      'wrong-format',
      'The file does not say which version of the format it is (“version”). Nothing was changed.',
    );
  }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new Refusal('wrong-shape', 'The file’s “version” is not a version number such as 1. Nothing was changed.');
  }
  if (version > current) {
    throw new Refusal(
      'newer-version',
      `This preset was made by a newer version of Hushcraft (format ${String(version)}; this one knows ${String(current)}). Nothing was changed: keep the file and open it again after an update.`,
    );
  }
  return version;
}

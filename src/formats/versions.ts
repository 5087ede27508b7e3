// The version field of every format around the preset: known, or refused in words.
import type { PlainObject } from './sanitizeJson.ts';
import { Refusal } from './decodeError.ts';

/** Throws a `Refusal` unless the file's version is 1 … `current`. */
export function verifyVersion(file: PlainObject, current: number, what: string): void {
  const { version } = file;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new Refusal(
      'wrong-shape',
      `The ${what} does not say which version of the format it is (“version”). Nothing was changed.`,
    );
  }
  if (version > current) {
    throw new Refusal(
      'newer-version',
      `This ${what} was made by a newer version of Hushcraft (format ${String(version)}; this one knows ${String(current)}). Nothing was changed: keep it and open it again after an update.`,
    );
  }
}

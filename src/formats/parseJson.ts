// Bytes → JSON value, in the order that keeps a hostile file cheap: size → UTF-8 → nesting → parse.
import { PRESET_LIMITS } from './sanitizeJson.ts';
import { Refusal } from './decodeError.ts';

export const MAX_FILE_BYTES = 256 * 1024;

const CHOOSE_ANOTHER = 'Nothing was changed; choose a file that Hushcraft exported (its name ends in .hush.json).';

/** `maxBytes`: what a file of its kind may have. */
export function refuseTooLarge(maxBytes = MAX_FILE_BYTES): never {
  const most = maxBytes >= 1024 * 1024 ? `${String(maxBytes / 1024 / 1024)} MiB` : `${String(maxBytes / 1024)} KiB`;
  throw new Refusal('too-large', `This file is larger than ${most}, so it is not one of ours. ${CHOOSE_ANOTHER}`);
}

/** Throws a `Refusal`. */
export function parseJsonBytes(bytes: Uint8Array): unknown {
  if (bytes.byteLength > MAX_FILE_BYTES) refuseTooLarge();
  return parseJsonText(decodeText(bytes));
}

/** Throws a `Refusal`. */
export function parseJsonText(text: string): unknown {
  if (text.trim() === '') throw new Refusal('empty', `This file is empty. ${CHOOSE_ANOTHER}`);
  if (deeperThan(text, PRESET_LIMITS.depth)) {
    throw new Refusal('too-deep', `This file is nested too deeply to be a preset. ${CHOOSE_ANOTHER}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('not-json', `This file is damaged or cut short, or it is not a preset at all. ${CHOOSE_ANOTHER}`);
  }
}

export function decodeText(bytes: Uint8Array): string {
  try {
    // Takes a byte order mark away by itself.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('not-text', `This file holds something other than text (UTF-8). ${CHOOSE_ANOTHER}`);
  }
}

/** Counts open brackets outside of strings, without parsing. */
export function deeperThan(json: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < json.length; i++) {
    const char = json[i];
    if (inString) {
      if (char === '\\') i += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > limit) return true;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return false;
}

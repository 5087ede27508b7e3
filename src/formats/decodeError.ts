// The one way to say no: thrown deep inside the reading of something from outside, caught at the door.
import type { RestoreError } from './preset.ts';

/** Why something was refused. Thrown and caught inside this folder only. */
export class Refusal extends Error {
  readonly code: RestoreError['code'];

  constructor(code: RestoreError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export interface Refused {
  readonly ok: false;
  readonly error: RestoreError;
}

/** Runs `read`; whatever it throws (a hostile getter, a proxy that bites) becomes an answer in words. */
export function guarded<T>(read: () => T): T | Refused {
  try {
    return read();
  } catch (cause) {
    return refused(cause);
  }
}

/** The same for what takes its time. Never rejects. */
export async function guardedAsync<T>(read: () => Promise<T>): Promise<T | Refused> {
  try {
    return await read();
  } catch (cause) {
    return refused(cause);
  }
}

function refused(cause: unknown): Refused {
  const error: RestoreError =
    cause instanceof Refusal
      ? { code: cause.code, message: cause.message }
      : { code: 'wrong-shape', message: 'This could not be read as a preset. Nothing was changed.' };
  return { ok: false, error };
}

/** `['scene', 'layers', 1, 'params', 'softness']` → `layer 2, “softness”`. */
export function whereInWords(path: readonly (string | number)[]): string {
  const names: string[] = [];
  for (let i = 0; i < path.length; i++) {
    const step = path[i];
    const next = path[i + 1];
    if (step === 'layers' && typeof next === 'number') {
      names.push(`layer ${String(next + 1)}`);
      i += 1;
    } else if (typeof step === 'number') names.push(`item ${String(step + 1)}`);
    else if (step !== undefined && step !== 'scene' && step !== 'params') names.push(quoted(step));
  }
  return names.length > 0 ? names.join(', ') : path.includes('scene') ? '“scene”' : 'the file';
}

const QUOTE_CHARS = 40;

/** Somebody else's text inside our sentence: printable, short, in quotation marks. */
export function quoted(text: string): string {
  const safe = text.slice(0, QUOTE_CHARS).replace(/[\p{C}\u2028\u2029“”]/gu, '?');
  return `“${safe}${text.length > QUOTE_CHARS ? '…' : ''}”`;
}

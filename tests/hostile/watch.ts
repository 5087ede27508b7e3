// What must never happen whatever arrives: a request, a changed global, an answer without words.
import { assertNoPoisoning } from '@fast-check/poisoning';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { DecodeErrorData } from '../../src/formats/decodeError.ts';
import { describeDecodeError } from '../../src/ui/describeDecode.ts';

/** Call once in a test file: every test of it is watched. */
export function watched(): void {
  const fetching = vi.fn();
  beforeEach(() => {
    fetching.mockClear();
    vi.stubGlobal('fetch', fetching);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    expect(fetching).not.toHaveBeenCalled();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    assertNoPoisoning(UNRELATED);
  });
}

/** The language’s own objects are watched; what the host adds comes to life when it is first used, and the runner adds more. */
const OURS =
  /^(?:Object|Function|Array|String|Number|Boolean|Symbol|BigInt|Promise|Map|Set|WeakMap|WeakSet|Date|RegExp|Error|TypeError|RangeError|SyntaxError|JSON|Math|Reflect|Proxy|Uint8Array|Float32Array|ArrayBuffer|DataView|Intl|parseInt|parseFloat|isNaN|isFinite|escape|unescape|encodeURIComponent|decodeURIComponent)$/;
const UNRELATED = { ignoredRootRegex: new RegExp(`^(?!${OURS.source.slice(1)})`) };

/** One line that a person can read: what happened and that nothing was changed. */
export function expectRefusal(error: DecodeErrorData): void {
  expect(describeDecodeError(error)).toMatch(/^[^\n]{20,300}[.)]$/u);
}

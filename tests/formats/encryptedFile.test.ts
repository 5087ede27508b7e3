// EncryptedContent with a passphrase: opens with it and in no other way, and shows nothing of what is inside before.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { serializeBundle } from '../../src/formats/bundle.ts';
import { fromBase64Url, toBase64Url } from '../../src/formats/bytes.ts';
import { decodeFile, decodeText, decodeEncrypted } from '../../src/formats/decodeFile.ts';
import { encodeLink } from '../../src/formats/link/encodeLink.ts';
import { MAX_ITERATIONS, MIN_ITERATIONS } from '../../src/formats/aesGcm.ts';
import { encryptFile } from '../../src/formats/encryptedFile.ts';
import type { EncryptedContent } from '../../src/formats/decodedFile.ts';
import { newSharedPreset, serializeSharedPreset } from '../../src/formats/sharedPreset.ts';
import { serializePreset } from '../../src/formats/preset.ts';
import { GOOD } from '../helpers/presetSamples.ts';
import { describeDecodeError } from '../../src/ui/describeDecode.ts';

const OTHER = { ...GOOD, id: 'other' };
const WORDS = 'quiet river under the Brücke';

async function lockedIn(text: string): Promise<EncryptedContent> {
  const opened = await decodeText(text);
  if (!opened.ok || opened.kind !== 'locked') throw new Error('not locked');
  return opened.locked;
}

async function refused(locked: EncryptedContent, passphrase = WORDS): Promise<void> {
  const opened = await decodeEncrypted(locked, passphrase);
  expect(opened.ok).toBe(false);
  expect(Object.keys(opened).sort()).toEqual(['error', 'ok']);
  if (!opened.ok) expect(describeDecodeError(opened.error)).toMatch(/^[^\n]{20,300}[.)]$/u);
}

const file = await encryptFile(serializePreset(GOOD), WORDS);
const link = await encodeLink(GOOD, { passphrase: WORDS });
const url = link.ok ? link.url : '';

describe.each([
  ['a file', file],
  ['a link', url],
])('%s', (_, text) => {
  test('opens with its passphrase', async () => {
    expect(await decodeEncrypted(await lockedIn(text), WORDS)).toEqual({
      ok: true,
      kind: 'preset',
      preset: GOOD,
      warnings: [],
    });
  });
  test('shows nothing of what is inside', () => {
    for (const word of [GOOD.name, GOOD.id, 'tapping', 'evening']) expect(text).not.toContain(word);
  });
  test('91 another passphrase opens nothing, an empty one is none', async () => {
    const locked = await lockedIn(text);
    for (const other of [`${WORDS} `, WORDS.toUpperCase(), 'x', '', '  ']) await refused(locked, other);
  });
  test('91 one bit changed anywhere opens nothing', async () => {
    const locked = await lockedIn(text);
    const flipped = (bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> => {
      const copy = bytes.slice();
      copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8));
      return copy;
    };
    const { header, salt, nonce, content } = locked;
    await refused({ ...locked, header: flipped(header, header.length - 1) });
    await refused({ ...locked, salt: flipped(salt, 3) });
    await refused({ ...locked, nonce: flipped(nonce, 5) });
    await refused({ ...locked, iterations: locked.iterations + 1 });
    for (const at of [0, 1, content.length >> 1, content.length - 1])
      await refused({ ...locked, content: flipped(content, at) });
    await refused({ ...locked, content: content.slice(0, -1) });
    await refused({ ...locked, content: content.slice(0, 16) });
  });
});

test('the same letters are the same passphrase, however they are composed', async () => {
  const composed = await encryptFile(serializePreset(GOOD), 'Brücke ﬁ'.normalize('NFC'));
  expect(await decodeEncrypted(await lockedIn(composed), 'Bru\u0308cke fi')).toMatchObject({ ok: true });
});

test('salt and nonce are new every time', async () => {
  const again = await lockedIn(await encryptFile(serializePreset(GOOD), WORDS));
  const first = await lockedIn(file);
  expect([again.salt, again.nonce]).not.toEqual([first.salt, first.nonce]);
  expect(again.iterations).toBeGreaterThanOrEqual(600_000);
});

test('no passphrase locks nothing', async () => {
  expect(await encodeLink(GOOD, { passphrase: '' })).toMatchObject({ ok: false, error: { code: 'passphrase-empty' } });
  await expect(encryptFile('{}', ' ')).rejects.toThrow();
});

test('parcels and bundles come out as they went in; what is locked twice stays shut', async () => {
  const parcel = newSharedPreset(GOOD, { from: 'A', note: 'B' });
  const opened = await decodeEncrypted(await lockedIn(await encryptFile(serializeSharedPreset(parcel), WORDS)), WORDS);
  expect(opened).toEqual({ ok: true, kind: 'parcel', parcel, warnings: [] });
  const bundle = await decodeEncrypted(await lockedIn(await encryptFile(serializeBundle([GOOD, OTHER]), WORDS)), WORDS);
  expect(bundle).toMatchObject({ ok: true, kind: 'bundle', presets: [GOOD, OTHER] });
  await refused(await lockedIn(await encryptFile(file, WORDS)));
});

type File = Record<string, unknown> & {
  key: Record<string, unknown>;
  cipher: Record<string, unknown>;
  content: string;
};

describe('a locked file that is not right is refused before any work', () => {
  const edit = (change: (file: File) => void): string => {
    const copy = JSON.parse(file) as File;
    change(copy);
    return JSON.stringify(copy);
  };
  test.each([
    ['too few rounds', edit(({ key }) => (key['iterations'] = MIN_ITERATIONS - 1))],
    ['far too many rounds', edit(({ key }) => (key['iterations'] = MAX_ITERATIONS + 1))],
    ['rounds that are no number', edit(({ key }) => (key['iterations'] = '600000'))],
    ['rounds that are no whole number', edit(({ key }) => (key['iterations'] = 600_000.5))],
    ['another way to make the key', edit(({ key }) => (key['name'] = 'MD5'))],
    ['another cipher', edit(({ cipher }) => (cipher['name'] = 'none'))],
    ['a short salt', edit(({ key }) => (key['salt'] = 'AAAA'))],
    ['a short nonce', edit(({ cipher }) => (cipher['nonce'] = 'AAAA'))],
    ['no content', edit((copy) => (copy.content = ''))],
    ['letters that are none', edit((copy) => (copy.content = '!!!!'))],
    ['one more field', edit((copy) => (copy['hint'] = 'river'))],
    ['a newer version', edit((copy) => (copy['version'] = 2))],
    ['no version', edit((copy) => delete copy['version'])],
  ])('%s', async (_, text) => {
    const opened = await decodeFile(new Blob([text]));
    expect(opened.ok).toBe(false);
  });
});

describe('locked things of the past', () => {
  const folder = new URL('../fixtures/locked/', import.meta.url);
  const names = readdirSync(folder).filter((name) => !name.endsWith('.expected.json'));
  test.each(names)('%s opens with “soft rain”', async (name) => {
    const opened = await decodeEncrypted(await lockedIn(readFileSync(new URL(name, folder), 'utf8')), 'soft rain');
    const expected: unknown = JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), 'utf8'));
    expect(JSON.parse(JSON.stringify(opened))).toEqual(expected);
  });
  test('there are some', () => {
    expect(names.length).toBeGreaterThanOrEqual(2);
  });
});

test('bytes and letters', () => {
  for (let length = 0; length < 40; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + 251) % 256);
    expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
  }
  for (const text of ['A', '=', 'ab+/', 'ab=', ' ']) expect(fromBase64Url(text)).toBeNull();
});

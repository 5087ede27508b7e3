// Links: short enough, the same sound at the other end, patient with mail and chat, and merciless with anything else.
import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FACTORY } from '../../src/presets/factory.ts';
import { encodeLink } from '../../src/formats/link/encodeLink.ts';
import { decodeLink } from '../../src/formats/decodeFile.ts';
import { LINK_PARAMS_1 } from '../../src/formats/link/body.ts';
import { frameLink, looksLikeLink, MAX_LINK_CHARS } from '../../src/formats/link/framing.ts';
import type { DecodedFile } from '../../src/formats/decodedFile.ts';
import { newSharedPreset } from '../../src/formats/sharedPreset.ts';
import { findTrigger } from '../../src/synth/index.ts';
import { PRESET } from '../helpers/arbitraries.ts';
import { GOOD, watchGlobals } from '../helpers/presetSamples.ts';
import { RUNS } from '../fuzz.ts';
import { describeDecodeError } from '../../src/ui/describeDecode.ts';

const BASE = 'https://hushcraft.example/a-fairly-long/';

let checkGlobals: () => void;
beforeEach(() => {
  checkGlobals = watchGlobals();
});
afterEach(() => {
  checkGlobals();
});

async function link(...args: Parameters<typeof encodeLink>): Promise<string> {
  const made = await encodeLink(...args);
  if (!made.ok) throw new Error(describeDecodeError(made.error));
  return made.url;
}

async function refused(text: string): Promise<string> {
  const read = await decodeLink(text);
  expect(read.ok).toBe(false);
  const message = read.ok ? '' : describeDecodeError(read.error);
  expect(message).toMatch(/^[^\n]{20,300}[.)]$/u);
  return message;
}

/** A link around any bytes, packed or not. */
function linkAround(body: string | Uint8Array, pack = true): string {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return `#${frameLink('p', pack ? deflateRawSync(bytes) : bytes)}`;
}

test('every preset of the library: at most 600 characters in the middle, 1,600 at most', async () => {
  const sizes = await Promise.all(FACTORY.map(async (preset) => (await link(preset, { base: BASE })).length));
  sizes.sort((a, b) => a - b);
  expect(BASE.length).toBe(40);
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(600);
  expect(sizes.at(-1)).toBeLessThanOrEqual(1600);
});

test('any preset comes out as it went in, to the last bit, or is said to be too long', async () => {
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(PRESET, async (preset) => {
      const made = await encodeLink(preset);
      if (!made.ok) {
        expect(made.error.code).toBe('link-does-not-fit');
        return;
      }
      sent += 1;
      expect(await decodeLink(made.url)).toEqual({ ok: true, kind: 'preset', preset, warnings: [] });
    }),
    { numRuns: RUNS },
  );
  expect(sent).toBeGreaterThan(RUNS / 3);
});

const PARCEL = newSharedPreset(GOOD, {
  from: 'Mara',
  note: 'Softer, as we said.\nTell me how it was.',
  suggestion: { minutes: 20, when: 'before bed', text: 'Closeness not above 0.7' },
  bounds: [{ what: 'a/place/closeness', min: 0, max: 0.7 }],
});

test('a parcel’s words travel with it; its practice never does', async () => {
  const practice = {
    version: 1,
    from: '2026-11-01',
    to: '2026-11-08',
    sections: [],
    sessions: [],
    mornings: [],
  } as const;
  const plain = await decodeLink(await link(PARCEL));
  expect(plain).toEqual({ ok: true, kind: 'parcel', parcel: PARCEL, warnings: [] });
  expect(await link({ ...PARCEL, practice })).toBe(await link(PARCEL));
});

describe('the frozen order of values', () => {
  test('is the one of the first day', () => {
    const frozen: unknown = JSON.parse(
      readFileSync(new URL('../fixtures/links/params-1.json', import.meta.url), 'utf8'),
    );
    expect(LINK_PARAMS_1).toEqual(frozen);
  });
  test('names only what there is, each once', () => {
    for (const [trigger, ids] of Object.entries(LINK_PARAMS_1)) {
      expect(new Set(ids).size).toBe(ids.length);
      expect(Object.keys(findTrigger(trigger)?.params ?? {})).toEqual(expect.arrayContaining([...ids]));
    }
  });
  test('what a trigger learns later travels by name', async () => {
    const layer = (extra: unknown[]): string =>
      JSON.stringify([
        ...[2, 'x', 'X', 0, [], '', 1, [0.3, 0.3], [0, 0], [0, 0, 0, 0, 0]],
        [['softNoise', 'a', 0, 0, [0, 0, 0.5, 0.3, 'still', 12], [0.1, 0.2, 0.3, 0.05, 0.5, 0.5, 0.5], ...extra]],
      ]);
    const later = await decodeLink(linkAround(layer([{ width: 0.25 }])));
    expect(later).toMatchObject({ ok: true, kind: 'preset', warnings: [] });
    if (later.ok && later.kind === 'preset') expect(later.preset.scene.layers[0]!.params['width']).toBe(0.25);
    const unknown = await decodeLink(linkAround(layer([{ width: 0.25, sparkle: 1 }])));
    expect(unknown.ok && unknown.warnings).toMatchObject([
      { code: 'params-unknown', params: { trigger: 'softNoise', ids: ['sparkle'] } },
    ]);
    expect(await decodeLink(linkAround(layer([])))).toMatchObject({
      ok: true,
      warnings: [{ code: 'values-missing', params: { trigger: 'softNoise', ids: ['width'] } }],
    });
  });
});

describe('links of the past', () => {
  const folder = new URL('../fixtures/links/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.link.txt'));
  test.each(names)('%s opens as on the first day', async (name) => {
    const read = await decodeLink(readFileSync(new URL(name, folder), 'utf8'));
    const expected: unknown = JSON.parse(
      readFileSync(new URL(name.replace('.link.txt', '.expected.json'), folder), 'utf8'),
    );
    expect(JSON.parse(JSON.stringify(read))).toEqual(expected);
  });
  test('there are some', () => {
    expect(names.length).toBeGreaterThanOrEqual(2);
  });
});

describe('79 and 81 what mail and chat do to a link', async () => {
  const url = await link(PARCEL, { base: BASE });
  const fragment = url.slice(BASE.length);
  const half = Math.floor(url.length / 2);
  const wrapped = (glue: string): string => (url.match(/.{1,60}/g) ?? []).join(glue);
  const encoded = encodeURIComponent(url);
  test.each([
    ['as it is', url],
    ['the fragment alone', fragment],
    ['without its mark', fragment.slice(1)],
    ['a closing bracket behind it', `(see ${url})`],
    ['a full stop', `${url}.`],
    ['a comma and more', `${url}, thank you`],
    ['words right behind it', `${url}Thanks`],
    ['in angle brackets', `<${url}>`],
    ['in quotation marks', `“${url}”`],
    ['in underscores', `_${url}_`],
    ['in a sentence over two lines', `Here it is:\n${url}\n\nWarmly, Mara`],
    ['wrapped', wrapped('\n')],
    ['wrapped by Windows', wrapped('\r\n')],
    ['wrapped and quoted', `> ${wrapped('\n> ')}`],
    ['wrapped as quoted-printable', wrapped('=\r\n')],
    ['spaces inside', `${url.slice(0, half)} ${url.slice(half)}`],
    ['invisible spaces inside', `${url.slice(0, half)}\u200b${url.slice(half)}`],
    ['percent-encoded', encoded],
    ['percent-encoded twice', encodeURIComponent(encoded)],
    ['the mark percent-encoded', url.replace('#', '%23')],
    ['padded', `${url}==`],
    ['the other base 64', url.slice(0, -200) + url.slice(-200).replaceAll('-', '+').replaceAll('_', '/')],
    ['with a tracker behind it', `${url}&utm_source=mail`],
  ])('%s', async (_, text) => {
    expect(await decodeLink(text)).toEqual({ ok: true, kind: 'parcel', parcel: PARCEL, warnings: [] });
  });
  test('looks like one', () => {
    expect([url, fragment, ` ${encoded}`, fragment.slice(1)].map(looksLikeLink)).toEqual([true, true, true, true]);
    expect(['', 'hello', '{"format":"hushcraft-preset"}', '#section'].map(looksLikeLink)).not.toContain(true);
  });
});

describe('links that are refused', () => {
  test('78 nothing in it', async () => {
    for (const text of ['', '#', '#p=', '#p1.', 'p1.', '#p1', 'https://example.org/', '#x1.']) await refused(text);
  });
  test('79 letters that are none', async () => {
    for (const text of ['#p1.!!!!', '#p1.äöü', '#p1.%00%00', '#p1.\ud800']) await refused(text);
  });
  test('80 the last 1 to 50 characters gone, and any other cut', async () => {
    const url = await link(GOOD);
    for (let gone = 1; gone <= url.length; gone++) {
      const message = await refused(url.slice(0, -gone));
      if (gone <= 50) expect(message).toContain('cut');
    }
  });
  test('any one character changed', async () => {
    const url = await link(GOOD);
    for (let at = '#p1.'.length; at < url.length; at++) {
      const other = url[at] === 'A' ? 'B' : 'A';
      // The last letter may carry bits that are not used; then it says the same.
      const read = await decodeLink(url.slice(0, at) + other + url.slice(at + 1));
      if (read.ok) expect(at).toBe(url.length - 1);
    }
  });
  test('82 and 84 a bomb of little text: by bytes and by ratio', async () => {
    const zeros = deflateRawSync(new Uint8Array(1_500_000));
    expect(linkAround(zeros, false).length).toBeLessThan(2100);
    expect(await refused(linkAround(zeros.subarray(0, 1400), false))).toContain('far larger');
    expect(await refused(linkAround(new Uint8Array(60_000)))).toContain('far larger');
    const noise = Array.from({ length: 1100 }, (_, i) => (i * 7919) % 256);
    const flat = Uint8Array.from({ length: 70_000 }, (_, i) => noise[i % 1100] ?? 0);
    expect(await refused(linkAround(flat))).toContain('far larger');
  });
  test('83 packed twice: unpacked once only', async () => {
    await refused(linkAround(deflateRawSync(deflateRawSync(new TextEncoder().encode('[]'))), false));
  });
  test('85 something behind the packed content', async () => {
    const packed = deflateRawSync(new TextEncoder().encode('[2]'));
    await refused(linkAround(Buffer.concat([packed, Buffer.from([0])]), false));
    await refused(linkAround(Buffer.concat([packed, packed]), false));
  });
  test('86 two megabytes, before anything is decoded', async () => {
    expect(await refused(`#p1.${'A'.repeat(2e6)}`)).toContain('longer than any');
    expect(await refused(`#p1.${'A'.repeat(MAX_LINK_CHARS + 1)}`)).toContain('longer than any');
  });
  test('87 two sounds in one link', async () => {
    const url = await link(GOOD);
    expect(await refused(`${url}${url}`)).toContain('more than one');
    expect(await refused(`${url}&${url.slice(1)}`)).toContain('more than one');
  });
  test('a newer one, and one of no version', async () => {
    expect(await refused((await link(GOOD)).replace('#p1', '#p2'))).toContain('newer version');
    await refused((await link(GOOD)).replace('#p1', '#p0'));
  });
  test.each([
    ['no list', '{}'],
    ['a number', '1'],
    ['an empty list', '[]'],
    [
      'an attack by name',
      '[2,"a","b",0,[],"",1,[0,0],[0,0],[0,0,0,0,0],[["tapping","a",0,0,[0,0,0,0,"still",9],[],{"__proto__":1}]]]',
    ],
    ['infinity', '[2,"a","b",0,[],"",1e999,[0,0],[0,0],[0,0,0,0,0],[["tapping","a",0,0,[0,0,0,0,"still",9],[]]]]'],
    ['no layer', '[2,"a","b",0,[],"",1,[0,0],[0,0],[0,0,0,0,0],[]]'],
    [
      'too many values',
      '[2,"a","b",0,[],"",1,[0,0],[0,0],[0,0,0,0,0],[["softNoise","a",0,0,[0,0,0,0,"still",9],[0,0,0,0,0,0,0,0,0]]]]',
    ],
    [
      'one field too many',
      '[2,"a","b",0,[],"",1,[0,0],[0,0],[0,0,0,0,0],[["softNoise","a",0,0,[0,0,0,0,"still",9],[]]],["a",0,"",null,[]],1]',
    ],
    [
      'a preset of a newer version',
      '[99,"a","b",0,[],"",1,[0,0],[0,0],[0,0,0,0,0],[["softNoise","a",0,0,[0,0,0,0,"still",9],[]]]]',
    ],
    ['deep nesting', '['.repeat(40) + ']'.repeat(40)],
    ['broken JSON', '[2,'],
  ])('a body that is %s', async (_, body) => {
    await refused(linkAround(body));
  });
  test('a body that is no text', async () => {
    await refused(linkAround(Uint8Array.of(0x5b, 0xc3, 0x28, 0x5d)));
  });
  test('too long to send: says so, with what to do instead', async () => {
    const note = Array.from({ length: 1900 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 5000))).join('');
    const made = await encodeLink({ ...GOOD, note });
    expect(made).toMatchObject({ ok: false, error: { code: 'link-does-not-fit' } });
  });
  test('any text and any bytes are answered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }).map((text) => `#p1.${text}`),
          fc.uint8Array({ maxLength: 300 }).map((bytes) => linkAround(bytes)),
          fc.uint8Array({ maxLength: 300 }).map((bytes) => linkAround(bytes, false)),
          fc.jsonValue().map((value) => linkAround(JSON.stringify(value))),
        ),
        async (text) => {
          const read: DecodedFile = await decodeLink(text);
          if (!read.ok) expect(describeDecodeError(read.error)).toMatch(/^[^\n]{20,300}[.)]$/u);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

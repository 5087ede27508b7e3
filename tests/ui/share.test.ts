// The share plan: what leaves is what was ticked, every field of it is said, and codes hold the link they were made from.
import jsQR from 'jsqr';
import { describe, expect, test } from 'vitest';
import { FACTORY } from '../../src/presets/factory.ts';
import { decodeLink } from '../../src/formats/decodeFile.ts';
import { encodeLink } from '../../src/formats/link/encodeLink.ts';
import { looksLikeLink } from '../../src/formats/link/framing.ts';
import type { ParamLimit } from '../../src/formats/sharedPreset.ts';
import { clampToLimits } from '../../src/presets/limits.ts';
import { differences } from '../../src/ui/features/share/differences.ts';
import {
  boundables,
  boundLines,
  contentsOf,
  isBare,
  messageOf,
  parcelOf,
  readMinutes,
  strengthOf,
} from '../../src/ui/features/share/shareSummary.ts';
import type { ShareDraft } from '../../src/ui/features/share/shareSummary.ts';
import { qrModules, qrPath, QUIET } from '../../src/ui/kit/qrCode.ts';
import { strangerWords } from '../../src/ui/features/import/readQrCode.ts';
import { describeDecodeError } from '../../src/ui/describeDecode.ts';

const preset = { ...FACTORY[0]!, tags: ['evening'] };
const { scene } = preset;
const layer = scene.layers[0]!;
const bound: ParamLimit = { what: `${layer.id}/place/closeness`, min: 0.2, max: 0.5 };
const draft: ShareDraft = {
  from: ' Ana\u202e ',
  note: 'Try this.',
  minutes: '20',
  when: 'before bed',
  text: 'quietly',
  bounds: [bound],
  practice: null,
  sentAt: '2026-11-24T12:00:00.000Z',
};

describe('the parcel', () => {
  test('holds what was written, cleaned, and nothing that was not ticked', () => {
    const parcel = parcelOf(preset, draft);
    expect(parcel).toMatchObject({ from: 'Ana', note: 'Try this.', bounds: [bound], practice: null });
    expect(parcel.suggestion).toEqual({ minutes: 20, when: 'before bed', text: 'quietly' });
    expect(parcel.preset.tags).toEqual(['evening']);
    expect(parcel.preset.scene).toEqual(scene);
  });

  test('each field that leaves has a line that says it', () => {
    const parcel = parcelOf({ ...preset, note: 'mine alone' }, draft);
    const said = contentsOf(parcel).map(({ text }) => text);
    for (const part of ['Ana', 'Try this.', 'mine alone', 'evening', preset.name]) expect(said).toContain(part);
    expect(said.join('\n')).toMatch(/20 minutes, before bed; quietly/);
    expect(said.join('\n')).toMatch(/between 65 cm and 35 cm away/);
  });

  test('with no words at all it is a plain preset', () => {
    const empty = { ...draft, from: '', note: ' ', minutes: '', when: '', text: '', bounds: [] };
    expect(isBare(parcelOf(preset, empty))).toBe(true);
    expect(isBare(parcelOf(preset, draft))).toBe(false);
  });

  test('a message ends with the link on a line of its own', () => {
    const lines = messageOf(parcelOf(preset, draft), 'http://x/#p1.abc').split('\n');
    expect(lines[lines.length - 1]).toBe('http://x/#p1.abc');
  });
});

test.each([
  ['', null],
  ['20', 20],
  [' 5 ', 5],
  ['0', undefined],
  ['601', undefined],
  ['-3', undefined],
  ['1e2', undefined],
  ['soon', undefined],
])('minutes typed as “%s” are %s', (typed, minutes) => {
  expect(readMinutes(typed)).toBe(minutes);
});

test('limits hold every edit, leave what is inside alone, and are said in words', () => {
  expect(clampToLimits(scene, [])).toBe(scene);
  const outside = { ...scene, layers: [{ ...layer, place: { ...layer.place, closeness: 0.9 } }] };
  expect(clampToLimits(outside, [bound]).layers[0]!.place.closeness).toBe(0.5);
  const inside = { ...scene, layers: [{ ...layer, place: { ...layer.place, closeness: 0.3 } }] };
  expect(clampToLimits(inside, [bound])).toBe(inside);
  for (const { what, spec } of boundables(scene)) {
    const held = clampToLimits(scene, [{ what, min: spec.max, max: spec.max }]);
    expect(boundables(held).find((item) => item.what === what)?.value, what).toBe(spec.max);
  }
  expect(boundLines(scene, [bound, { what: 'nothing/at/all', min: 0, max: 1 }])).toHaveLength(1);
});

test('differences are said in words, and only where there are any', () => {
  expect(differences(scene, scene)).toEqual([]);
  const nearer = {
    ...scene,
    layers: scene.layers.map((one) =>
      one === layer ? { ...one, place: { ...one.place, closeness: 0 }, params: { ...one.params, softness: 1 } } : one,
    ),
  };
  const words = differences(scene, nearer).join(' · ');
  expect(words).toMatch(/softer/);
  expect(words).toMatch(/moved much further away, 1 m \(was \d+ cm\)/);
  expect(differences(scene, { ...scene, layers: [layer] }).join()).toMatch(/removed/);
});

test('a passphrase is judged in plain words', () => {
  expect(strengthOf('')).toBe('none');
  for (const weak of ['short', 'aaaaaaaaaaaa', '1212121212']) expect(strengthOf(weak)).toBe('short');
  expect(strengthOf('password')).toBe('fair');
  expect(strengthOf('amber kettle walks slowly')).toBe('strong');
});

describe('codes', () => {
  test('every factory preset’s link fits, and reads back', async () => {
    for (const one of FACTORY) {
      const made = await encodeLink(one, { base: 'https://example.org/hushcraft/' });
      if (!made.ok) throw new Error(describeDecodeError(made.error));
      const modules = qrModules(made.url)!;
      expect(modules, one.name).not.toBeNull();
      // Reading takes its time: a few stand for all.
      if (FACTORY.indexOf(one) % 8 === 0) expect(read(modules)).toBe(made.url);
      const opened = await decodeLink(made.url);
      expect(opened.ok && opened.kind === 'preset' && opened.preset).toEqual(one);
    }
  });

  test('what is too long for cameras gets none', () => {
    expect(qrModules('x'.repeat(667))).toBeNull();
    expect(qrModules('x'.repeat(666))?.length).toBe(97);
  });

  test('92 codes of other apps are refused in words, each kind in its own', () => {
    const kinds = {
      wifi: ['WIFI:S:home;T:WPA;P:secret;;', ' wifi:'],
      address: ['https://example.org', 'HTTP://EXAMPLE.ORG/#q1', 'www.example.org', 'https:#x'],
      contact: ['BEGIN:VCARD', 'MECARD:N:A;;', 'mailto:a@b.c', 'tel:+1', 'SMSTO:1:x', 'geo:1,2', 'BEGIN:VEVENT'],
      other: ['otpauth://totp/x?secret=JBSWY3DP', 'bitcoin:1A', 'hello', '', '0123456789', '\0', 'javascript:alert(1)'],
    };
    const answers = Object.values(kinds).map((texts) => new Set(texts.map(strangerWords)));
    for (const said of answers) expect(said.size).toBe(1);
    expect(new Set(answers.flatMap((said) => [...said])).size).toBe(4);
    for (const text of Object.values(kinds).flat()) {
      expect(looksLikeLink(text)).toBe(false);
      // Nothing of what it holds is repeated: it may be a secret.
      if (text.trim().length > 5) expect(strangerWords(text)).not.toContain(text.trim());
    }
  });
});

/** Paints the path of the code as a browser would, and reads it. */
function read(modules: readonly (readonly boolean[])[]): string | undefined {
  const scale = 4;
  const side = (modules.length + 2 * QUIET) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of qrPath(modules).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      for (let column = Number(x) * scale; column < (Number(x) + Number(width)) * scale; column++) {
        data.fill(0, 4 * (row * side + column), 4 * (row * side + column) + 3);
      }
    }
  }
  // Not the library that writes them.
  return jsQR(data, side, side)?.data;
}

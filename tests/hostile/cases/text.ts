// Cases of text: markup, hidden characters, towers of accents, names of devices, far too long.
import { expect } from 'vitest';
import { graphemes } from '../../../src/formats/text.ts';
import { edited, named, noted } from './case.ts';
import type { Case } from './case.ts';

export const FAMILY = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}';
export const WORDS: readonly Case[] = [
  [
    '69 markup in the name',
    'K',
    named('<img src=x onerror=alert(1)>'),
    (preset) => {
      expect(preset.name).toBe('<img src=x onerror=alert(1)>');
    },
  ],
  [
    '70 a javascript: link in the note',
    'K',
    noted('javascript:alert(1)'),
    (preset) => {
      expect(preset.note).toBe('javascript:alert(1)');
    },
  ],
  [
    '71 an override of reading direction',
    'C',
    named('rain\u202Egnp.exe'),
    (preset) => {
      expect(preset.name).toBe('raingnp.exe');
    },
  ],
  [
    '71 isolates',
    'C',
    named('a\u2066b\u2069'),
    (preset) => {
      expect(preset.name).toBe('ab');
    },
  ],
  [
    '71 zero width',
    'C',
    named('a\u200bb\u2060c\ufeffd\u200de\u200cf'),
    (preset) => {
      expect(preset.name).toBe('abcdef');
    },
  ],
  [
    '71 nothing but zero width',
    'C',
    named('\u200b\u200b'),
    (preset) => {
      expect(preset.name).toBe('Untitled sound');
    },
  ],
  [
    '71 joiners that shape letters stay',
    'K',
    named('\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'),
    (preset) => {
      expect(preset.name).toContain('\u200c');
    },
  ],
  [
    '72 a tower of accents',
    'C',
    named(`a${'\u0301'.repeat(500)}b`),
    (preset) => {
      expect(preset.name.length).toBeLessThan(12);
    },
  ],
  [
    '72 five hundred letters',
    'C',
    named('x'.repeat(500)),
    (preset) => {
      expect(preset.name).toBe('x'.repeat(80));
    },
  ],
  [
    '73 an id that is a path',
    'C',
    edited((file) => void Object.assign(file, { id: '../../etc/passwd' })),
    (preset) => {
      expect(preset.id).toMatch(/^etc-passwd-[0-9a-f]{8}$/);
    },
  ],
  [
    '76 families of four, counted as one each',
    'K',
    named(FAMILY.repeat(16)),
    (preset) => {
      expect(preset.name).toBe(FAMILY.repeat(16));
    },
  ],
  [
    '76 more than eighty of them',
    'C',
    named(FAMILY.repeat(90)),
    (preset) => {
      expect([...graphemes(preset.name)].length).toBe(80);
    },
  ],
  [
    '77 the end of a script in the note',
    'K',
    noted('</script><svg onload=alert(1)>'),
    (preset) => {
      expect(preset.note).toBe('</script><svg onload=alert(1)>');
    },
  ],
  [
    'a note of many lines',
    'K',
    noted('one\r\ntwo\n\nthree'),
    (preset) => {
      expect(preset.note).toBe('one\ntwo\n\nthree');
    },
  ],
  [
    'a note of 5,000 characters',
    'C',
    noted('n'.repeat(5000)),
    (preset) => {
      expect(preset.note.length).toBe(2000);
    },
  ],
  [
    'thirteen tags',
    'C',
    edited((file) => void Object.assign(file, { tags: Array.from({ length: 13 }, (_, i) => `t${String(i)}`) })),
    (preset) => {
      expect(preset.tags.length).toBe(12);
    },
  ],
  [
    'tags that differ in case only',
    'K',
    edited((file) => void Object.assign(file, { tags: ['Rain', 'rain', ' '] })),
    (preset) => {
      expect(preset.tags).toEqual(['Rain']);
    },
  ],
  [
    'a tag of 40 letters',
    'C',
    edited((file) => void Object.assign(file, { tags: ['t'.repeat(40)] })),
    (preset) => {
      expect(preset.tags).toEqual(['t'.repeat(30)]);
    },
  ],
  ['a date that is none', 'C', edited((file) => void Object.assign(file, { createdAt: 'yesterday' }))],
  ['a date far out', 'C', edited((file) => void Object.assign(file, { createdAt: '0001-01-01T00:00:00Z' }))],
  [
    'a date elsewhere',
    'K',
    edited((file) => void Object.assign(file, { createdAt: '2026-11-01T02:00:00+02:00' })),
    (preset) => {
      expect(preset.createdAt).toBe('2026-11-01T00:00:00.000Z');
    },
  ],
];

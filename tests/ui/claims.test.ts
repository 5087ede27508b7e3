// Nothing here promises health: every text that people read is looked through for words of medicine.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Sentences, labels and notes for people. Source is read whole: a word of medicine has no place in a comment either. */
const FILES = ['', 'public', 'docs', 'src'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: folder === 'docs' || folder === 'src', encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => /\.(?:ts|svelte|md|html|webmanifest|json)$/.test(name) && !/lock|tsconfig/.test(name)),
);

const CLAIMS = [
  'treat(?:s|ed|ing|ments?)',
  'cur(?:e|es|ed|ing|ative)',
  'heal(?:s|ed|ing|er)?',
  'therap(?:y|ies|eutic|eutically)',
  'insomnia\\w*',
  'anxi(?:ety|ous|olytic)',
  'depress(?:ion|ed|ive)',
  'diagnos\\w+',
  'clinical(?:ly)?',
  '(?:scientifically|medically|clinically) (?:proven|tested|shown)',
  'proven to (?:help|calm|relax|work)',
  'disorders?',
  'patients?',
  'symptoms?',
  'reliev(?:e|es|ed|ing)',
  'stress relief',
  'pain relief',
  'medicin(?:e|es|al)',
  'medication',
  'prescri(?:be|bed|bes|ption)',
  'remed(?:y|ies)',
  'ptsd',
  'adhd',
  'autis(?:m|tic)',
  'tinnitus',
  'blood pressure',
  'sleep aid',
  '(?:mild|moderate|severe|clinical) (?:distress|symptoms?|anxiety)',
  'helps? (?:you )?(?:sleep better|fall asleep faster)',
  'guarantee[sd]? (?:sleep|calm|rest)',
];
const CLAIM = new RegExp(`\\b(?:${CLAIMS.join('|')})\\b`, 'giu');

/** Sayings that use such a word and claim nothing. */
const ALLOWED: readonly RegExp[] = [/not a medical device/giu, /\btreat(?:s|ed)? as\b/giu];

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function claimsIn(text: string): string[] {
  const rest = ALLOWED.reduce((left, allowed) => left.replace(allowed, ''), text);
  return [...rest.matchAll(CLAIM), ...rest.matchAll(/\bmedical(?:ly)?\b/giu)].map(([word]) => word);
}

test('there is something to read', () => {
  expect(FILES.length).toBeGreaterThan(200);
  for (const file of [
    'src/ui/features/share/texts.ts',
    'src/ui/features/practice/guides.ts',
    'README.md',
    'index.html',
  ]) {
    expect(FILES).toContain(file);
  }
});

test('no text claims to treat or to cure anything', () => {
  const found = FILES.flatMap((file) => claimsIn(read(file)).map((word) => `${file}: ${word}`));
  expect(found).toEqual([]);
});

test.each([
  'It treats your sleep.',
  'A cure for restless nights',
  'clinically tested',
  'helps with insomnia',
  'Sound therapy for everyone',
  'reduces anxiety',
  'a medical app',
  'helps you fall asleep faster',
])('“%s” would be found', (sentence) => {
  expect(claimsIn(sentence)).not.toEqual([]);
});

test('what it is not is said once in every place, calmly', () => {
  const said = (text: string): number => text.match(/\bnot a medical device\b/giu)?.length ?? 0;
  // A received page, a printed page; the welcome; a report; the README: each stands alone.
  expect(said(read('src/ui/features/share/texts.ts'))).toBe(2);
  expect(said(read('src/ui/app/dialogTexts.ts'))).toBe(1);
  expect(said(read('src/ui/features/practice/texts.ts'))).toBe(1);
  expect(said(read('README.md'))).toBe(1);
});

// Nothing here promises health: every text that people read is looked through for words of medicine.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'svelte/compiler';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Texts of a module: its string and template literals. */
function literalsOf(code: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      texts.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('module.ts', code, ts.ScriptTarget.Latest));
  return texts;
}

/** Texts of a component: its markup and the literals in it. */
function textsOfComponent(source: string): string[] {
  const texts: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node) {
      if (node.type === 'Text' && 'data' in node) texts.push(String(node.data));
      if (node.type === 'Literal' && 'value' in node && typeof node.value === 'string') texts.push(node.value);
      if (node.type === 'TemplateElement' && 'value' in node) texts.push((node.value as { cooked: string }).cooked);
    }
    for (const [key, child] of Object.entries(node)) if (!/comments/i.test(key)) visit(child);
  };
  const { fragment, instance, module } = parse(source, { modern: true });
  visit([fragment, instance, module]);
  return texts;
}

function textsOf(file: string): string[] {
  if (file.endsWith('.svelte')) return textsOfComponent(read(file));
  return file.endsWith('.ts') ? literalsOf(read(file)) : [read(file)];
}

/** What people read: all messages, words and markup of the app and of the command line, and the project's own pages. */
const FILES = ['', 'public', 'docs', 'src'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: folder === 'docs' || folder === 'src', encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => (folder === 'src' ? /\.(?:ts|svelte)$/ : /\.(?:md|html|webmanifest|schema\.json)$/).test(name)),
);
const TEXTS = FILES.flatMap((file) => textsOf(file).map((text) => ({ file, text })));

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

function claimsIn(text: string): string[] {
  const rest = ALLOWED.reduce((left, allowed) => left.replace(allowed, ''), text);
  return [...rest.matchAll(CLAIM), ...rest.matchAll(/\bmedical(?:ly)?\b/giu)].map(([word]) => word);
}

test('texts are read, comments are not', () => {
  expect(literalsOf("// a cure\nexport const a = { b: 'one', c: `two ${d} three` }; /* therapy */")).toEqual([
    'one',
    'two ',
    ' three',
  ]);
  const component = `<script>// a cure
    const a = 'one';</script><!-- therapy --><p title="two">three {b ? 'four' : \`five\`}</p><style>p { color: red }</style>`;
  expect(textsOfComponent(component).sort()).toEqual(['five', 'four', 'one', 'three ', 'two']);
  for (const said of ['slow', 'Good night', 'npm start']) {
    expect(
      TEXTS.some(({ text }) => text.includes(said)),
      said,
    ).toBe(true);
  }
});

test('no text claims to treat or to cure anything', () => {
  expect(TEXTS.flatMap(({ file, text }) => claimsIn(text).map((word) => `${file}: ${word}`))).toEqual([]);
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

test('what it is not is said once in every place that stands alone, calmly', () => {
  const places = TEXTS.filter(({ text }) => /\bnot a medical device\b/iu.test(text)).map(({ file }) => file);
  // The welcome, a received page, a printed page, a report; and the README.
  expect(places.filter((file) => file.startsWith('src/'))).toHaveLength(4);
  expect(places.filter((file) => !file.startsWith('src/'))).toEqual(['README.md']);
});

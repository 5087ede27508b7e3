// Circles of imports in src, type imports included: `npm run check:circles` fails on one and prints it.
//   node scripts/circles.mjs [folder]
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const folder = path.resolve(root, process.argv[2] ?? 'src');

/** Files that `file` imports or re-exports by a relative path; a component's scripts count like a module. */
function importsOf(file) {
  const source = readFileSync(file, 'utf8');
  const scripts = file.endsWith('.svelte')
    ? [...source.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map(([, script]) => script).join('\n')
    : source;
  return ts
    .preProcessFile(scripts, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => path.resolve(path.dirname(file), fileName.replace(/\?.*$/, '')));
}

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?<!\.d)\.(?:ts|svelte)$/.test(name))
  .map((name) => path.join(folder, name));
const graph = new Map(files.map((file) => [file, importsOf(file).filter((target) => files.includes(target))]));

/** Depth-first search: an import of a file that is still being visited closes a circle. */
const circles = [];
const state = new Map();
const visiting = [];
function visit(file) {
  state.set(file, 'visiting');
  visiting.push(file);
  for (const target of graph.get(file)) {
    if (state.get(target) === 'visiting') circles.push([...visiting.slice(visiting.indexOf(target)), target]);
    else if (!state.has(target)) visit(target);
  }
  visiting.pop();
  state.set(file, 'done');
}
for (const file of files) if (!state.has(file)) visit(file);

for (const circle of circles) {
  console.error(`Circle of imports:\n  ${circle.map((file) => path.relative(folder, file)).join('\n  → ')}`);
}
console.log(`${files.length} files, ${circles.length} circles of imports`);
process.exitCode = circles.length === 0 ? 0 : 1;

// Runs a TypeScript entry in Node through Vite, so that `virtual:kernels` and the sources need no separate build.
//   node scripts/run.mjs src/cli/render.ts [arguments for the entry]
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadConfigFromFile, runnerImport } from 'vite';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const entry = process.argv[2];
if (!entry) throw new Error('Name the file to run.');
const loaded = await loadConfigFromFile({ command: 'serve', mode: 'production' }, undefined, root);
const { module } = await runnerImport(path.resolve(root, entry), {
  ...loaded?.config,
  root,
  mode: 'production',
  logLevel: 'error',
});
await module.main?.(process.argv.slice(3), { root: pathToFileURL(`${root}/`) });

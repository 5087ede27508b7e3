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
// Run from inside a module: Vite's runner closes as soon as its import is done, and what is imported later would not load.
const RUN = 'virtual:run';
const code = `
  import * as entry from ${JSON.stringify(path.resolve(root, entry))};
  await entry.main?.(${JSON.stringify(process.argv.slice(3))}, { root: new URL(${JSON.stringify(pathToFileURL(`${root}/`).href)}) });
`;
await runnerImport(RUN, {
  ...loaded?.config,
  root,
  mode: 'production',
  logLevel: 'error',
  plugins: [
    ...(loaded?.config.plugins ?? []),
    {
      name: 'run',
      resolveId: (id) => (id === RUN ? `\0${RUN}` : undefined),
      load: (id) => (id === `\0${RUN}` ? code : undefined),
    },
  ],
});

// Writes public/*.schema.json from the code: `npm run schema` after a trigger's parameters or the shape of a file have changed.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { loadConfigFromFile, runnerImport } from 'vite';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const loaded = await loadConfigFromFile({ command: 'serve', mode: 'production' }, undefined, root);
const { module } = await runnerImport(path.join(root, 'src/formats/jsonSchemas.ts'), {
  ...loaded?.config,
  root,
  mode: 'production',
  logLevel: 'error',
});
for (const [name, schema] of Object.entries(module.fileSchemas())) {
  const target = path.join(root, 'public', name);
  const options = await prettier.resolveConfig(target);
  writeFileSync(target, await prettier.format(JSON.stringify(schema), { ...options, filepath: target }));
}

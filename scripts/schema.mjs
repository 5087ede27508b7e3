// Writes public/preset.schema.json from the trigger registry: `npm run schema` after a trigger's parameters have changed.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as prettier from 'prettier';
import { loadConfigFromFile, runnerImport } from 'vite';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const target = path.join(root, 'public/preset.schema.json');
const loaded = await loadConfigFromFile({ command: 'serve', mode: 'production' }, undefined, root);
const { module } = await runnerImport(path.join(root, 'src/presets/jsonSchema.ts'), {
  ...loaded?.config,
  root,
  mode: 'production',
  logLevel: 'error',
});
const options = await prettier.resolveConfig(target);
writeFileSync(
  target,
  await prettier.format(JSON.stringify(module.presetJsonSchema()), { ...options, filepath: target }),
);

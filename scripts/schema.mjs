// Writes the JSON Schemas of all files: `npm run schema [folder]`; by default beside the built page, where `npm run build` puts them too.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runnerImport } from 'vite';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.resolve(process.argv[2] ?? path.join(root, 'dist'));
const { module } = await runnerImport(path.join(root, 'tools/schemas.ts'), { configFile: false, logLevel: 'error' });
mkdirSync(folder, { recursive: true });
for (const [name, text] of await module.schemaFiles()) writeFileSync(path.join(folder, name), text);

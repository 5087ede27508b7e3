// Vite plugin: writes the JSON Schemas of all files beside the built page, where `$schema` of a file points.
import path from 'node:path';
import { runnerImport } from 'vite';
import type { Plugin } from 'vite';
import type * as jsonSchemas from '../src/formats/jsonSchemas.ts';
import { kernels } from './kernels.ts';
import { messages } from './messages.ts';

type Module = typeof jsonSchemas;

const MODULE = path.resolve(import.meta.dirname, '../src/formats/jsonSchemas.ts');

/**
 * Makes the schemas from the code.
 * @returns file name → text
 */
export async function schemaFiles(): Promise<ReadonlyMap<string, string>> {
  const { module } = await runnerImport<Module>(MODULE, {
    configFile: false,
    logLevel: 'error',
    plugins: [kernels(), messages()],
  });
  const schemas = Object.entries(module.fileSchemas());
  return new Map(schemas.map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]));
}

/**
 * Emits the schemas with the page.
 * @returns the plugin
 */
export function schemas(): Plugin {
  return {
    name: 'hushcraft-schemas',
    apply: 'build',
    async generateBundle() {
      for (const [fileName, source] of await schemaFiles()) this.emitFile({ type: 'asset', fileName, source });
    },
  };
}

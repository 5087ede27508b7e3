// Vite plugin: builds workers together with the page, so that they share its chunks instead of containing copies of them.
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import type { Plugin } from 'vite';

const SOURCES = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../src');
const SUFFIX = '?worker&url';

/**
 * Handles `import url from './x.worker.ts?worker&url'` in builds. For other workers, and in development, Vite does it.
 * @param files - worker modules below src
 * @returns the plugin
 */
export function pageWorkers(...files: readonly string[]): Plugin {
  const ids = new Set(files.map((file) => path.join(SOURCES, file) + SUFFIX));
  return {
    name: 'hushcraft-page-workers',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      if (!ids.has(id)) return null;
      const chunk = this.emitFile({ type: 'chunk', id: id.slice(0, -SUFFIX.length) });
      return `export default import.meta.ROLLUP_FILE_URL_${chunk};`;
    },
  };
}

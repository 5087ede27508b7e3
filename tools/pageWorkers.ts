// Workers that play nothing are built together with the page, and share its files instead of carrying copies of them.
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import type { Plugin } from 'vite';

const SOURCES = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../src');
const SUFFIX = '?worker&url';

/** Vite plugin: `import url from './x.worker.ts?worker&url'`, for the workers named here, in builds. Elsewhere Vite does it. */
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

// Vite plugin: writes the service worker of the built app, with a list of every file in it and the version they make up.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformWithOxc } from 'vite';
import type { Plugin } from 'vite';

const SOURCE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../src/offline/serviceWorker.ts');
const WORKER = 'sw.js';
/** Not part of the app: the worker itself, a file for the host that many of them do not serve. (Nor are the schemas: they are for editors.) */
const LEFT_OUT = new Set([WORKER, '_headers']);
const VERSION_LENGTH = 16;

export function serviceWorker(): Plugin {
  let folder = '';
  return {
    name: 'hushcraft-service-worker',
    apply: 'build',
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      // Only when everything is written are the files what the server will give.
      order: 'post',
      sequential: true,
      async handler() {
        await writeWorker(folder);
      },
    },
  };
}

/** Writes the worker for the app that lies in `folder`. */
export async function writeWorker(folder: string): Promise<void> {
  const files = listed(folder);
  const code = readFileSync(SOURCE, 'utf8');
  const version = sha256(JSON.stringify(files) + code).slice(0, VERSION_LENGTH);
  const { code: script } = await transformWithOxc(code, SOURCE, {
    define: { VERSION: JSON.stringify(version), FILES: JSON.stringify(files) },
  });
  writeFileSync(path.join(folder, WORKER), script.replace(/^export \{\s*\};?$/m, ''));
}

/** Every file of the app with its hash; the page itself by the address it is asked for. */
function listed(folder: string): [address: string, hash: string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((address) => !LEFT_OUT.has(address) && !address.endsWith('.schema.json'))
    .sort()
    .map((address) => [
      address === 'index.html' ? '' : address,
      sha256(readFileSync(path.join(folder, ...address.split('/')))),
    ]);
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

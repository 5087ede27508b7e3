// Compiles the AssemblyScript kernels and serves their bytes as the module `virtual:kernels`.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const KERNELS = path.join(ROOT, 'src/synth/kernels');
const CACHE = path.join(ROOT, 'node_modules/.cache/kernels');
const MODULE_ID = 'virtual:kernels';

/** 256 pages = 16 MiB, initial = maximum: memory never grows, so views into it stay valid for ever. */
const COMMON = ['--runtime', 'stub', '--enable', 'simd', '--initialMemory', '256', '--maximumMemory', '256'];
const FLAGS = {
  // Both builds give the same samples to the bit; debug keeps asserts and function names.
  debug: [...COMMON, '--use', 'abort=', '--debug'],
  release: [...COMMON, '--use', 'abort=', '-O3', '--converge', '--noAssert', '--uncheckedBehavior', 'always'],
};
type Mode = keyof typeof FLAGS;

const running = new Map<string, Promise<Uint8Array>>();

function sources(): string[] {
  return readdirSync(KERNELS)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => path.join(KERNELS, name));
}

/** Compiles the kernels, or reads them from the cache. Throws an Error with the compiler's own words. */
export async function compileKernels(mode: Mode): Promise<Uint8Array> {
  const hash = createHash('sha256').update(FLAGS[mode].join(' '));
  for (const file of sources()) hash.update(path.basename(file)).update(readFileSync(file));
  const target = path.join(CACHE, `${mode}-${hash.digest('hex').slice(0, 20)}.wasm`);
  if (existsSync(target)) return readFileSync(target);
  const started = running.get(target) ?? compile(mode, target);
  running.set(target, started);
  return started.finally(() => running.delete(target));
}

async function compile(mode: Mode, target: string): Promise<Uint8Array> {
  const asc = await import('assemblyscript/asc'); // 0.4 s to load: only on a cache miss
  let wasm: Uint8Array | undefined;
  let log = '';
  const { error } = await asc.main(['index.ts', '--baseDir', KERNELS, '-o', 'kernels.wasm', ...FLAGS[mode]], {
    stderr: { write: (text: unknown) => void (log += String(text)) },
    readFile: (name: string, base: string) => {
      const file = path.resolve(base, name);
      return existsSync(file) ? readFileSync(file, 'utf8') : null;
    },
    writeFile: (name: string, data: unknown) => {
      if (name.endsWith('.wasm')) wasm = data as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error || !wasm) throw new Error(log || String(error));
  mkdirSync(CACHE, { recursive: true });
  const partial = `${target}.${String(process.pid)}`;
  writeFileSync(partial, wasm);
  renameSync(partial, target); // whole or not at all, for test workers that compile side by side
  return wasm;
}

/** Base64 to bytes without `atob`, which worklets lack. Stringified into the module: uses nothing from outside. */
function decode(text: string, length: number): Uint8Array {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const value = new Uint8Array(128);
  for (let i = 0; i < 64; i++) value[alphabet.charCodeAt(i)] = i;
  const bytes = new Uint8Array((text.length / 4) * 3);
  for (let i = 0, j = 0; i < text.length; i += 4, j += 3) {
    const word =
      ((value[text.charCodeAt(i)] ?? 0) << 18) |
      ((value[text.charCodeAt(i + 1)] ?? 0) << 12) |
      ((value[text.charCodeAt(i + 2)] ?? 0) << 6) |
      (value[text.charCodeAt(i + 3)] ?? 0);
    bytes[j] = word >> 16;
    bytes[j + 1] = (word >> 8) & 255;
    bytes[j + 2] = word & 255;
  }
  return bytes.subarray(0, length);
}

/** Vite plugin: `import bytes from 'virtual:kernels'`. List it in `plugins` and in `worker.plugins`. */
export function kernels(): Plugin {
  let mode: Mode = 'debug';
  return {
    name: 'hushcraft-kernels',
    configResolved(config) {
      mode = config.mode === 'production' ? 'release' : 'debug';
    },
    resolveId: (id) => (id === MODULE_ID ? `\0${MODULE_ID}` : null),
    async load(id) {
      if (id !== `\0${MODULE_ID}`) return null;
      for (const file of sources()) this.addWatchFile(file);
      const wasm = await compileKernels(mode);
      const padded = Buffer.alloc(Math.ceil(wasm.length / 3) * 3); // whole triples: no '=' to decode
      padded.set(wasm);
      return `${decode.toString()}\nexport default decode('${padded.toString('base64')}', ${String(wasm.length)});`;
    },
    hotUpdate({ file }) {
      if (!file.startsWith(KERNELS)) return undefined;
      const module = this.environment.moduleGraph.getModuleById(`\0${MODULE_ID}`);
      if (module) this.environment.moduleGraph.invalidateModule(module);
      this.environment.hot.send({ type: 'full-reload' });
      return [];
    },
  };
}

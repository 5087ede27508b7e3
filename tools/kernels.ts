// Vite plugin: compiles the AssemblyScript kernels and serves their bytes as `virtual:kernels`, and the software math alone as
// `virtual:kernel-maths` (all that the page needs) and `virtual:kernel-maths-of-voices`.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { playsIn } from './entries.ts';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const KERNELS = path.join(ROOT, 'src/synth/kernels');
const CACHE = path.join(ROOT, 'node_modules/.cache/kernels');
const WHOLE = 'index.ts';
const ENTRIES: Readonly<Record<string, string>> = {
  'virtual:kernels': WHOLE,
  'virtual:kernel-maths': 'maths.ts',
  'virtual:kernel-maths-of-voices': 'mathsOfVoices.ts',
};

/** 256 pages = 16 MiB, initial = maximum: memory never grows, so views into it stay valid for ever. Maths has tables only. */
const PAGES: Readonly<Record<string, string>> = { [WHOLE]: '256' };
const COMMON = ['--runtime', 'stub', '--enable', 'simd'];
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

/**
 * Compiles the kernels, or reads them from the cache.
 * @param mode - debug or release; both give the same samples
 * @param entry - file in src/synth/kernels
 * @returns the WebAssembly module
 * @throws Error with the compiler's output
 */
export async function compileKernels(mode: Mode, entry = WHOLE): Promise<Uint8Array> {
  const flags = [entry, ...FLAGS[mode], '--initialMemory', PAGES[entry] ?? '1', '--maximumMemory', PAGES[entry] ?? '1'];
  const hash = createHash('sha256').update(flags.join(' '));
  for (const file of sources()) hash.update(path.basename(file)).update(readFileSync(file));
  const target = path.join(CACHE, `${mode}-${hash.digest('hex').slice(0, 20)}.wasm`);
  if (existsSync(target)) return readFileSync(target);
  const started = running.get(target) ?? compile(flags, target);
  running.set(target, started);
  return started.finally(() => running.delete(target));
}

async function compile(flags: readonly string[], target: string): Promise<Uint8Array> {
  const asc = await import('assemblyscript/asc'); // 0.4 s to load: only on a cache miss
  let wasm: Uint8Array | undefined;
  let log = '';
  const { error } = await asc.main([...flags, '--baseDir', KERNELS, '-o', 'kernels.wasm'], {
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

/**
 * Vite plugin for `import bytes from 'virtual:kernels'`. List it in `plugins` and in `worker.plugins`. Where all kernels are
 * bundled anyway, the math modules resolve to them instead of being included twice.
 * @returns the plugin
 */
export function kernels(): Plugin {
  let whole = false;
  let mode: Mode = 'debug';
  return {
    name: 'hushcraft-kernels',
    configResolved(config) {
      mode = config.mode === 'production' ? 'release' : 'debug';
    },
    buildStart({ input }) {
      whole = playsIn(input);
    },
    resolveId: (id) => (id in ENTRIES ? `\0${id}` : null),
    async load(id) {
      const entry = ENTRIES[id.replace('\0', '')];
      if (!id.startsWith('\0') || entry === undefined) return null;
      if (whole && entry !== WHOLE)
        return { code: `export { default } from 'virtual:kernels';`, moduleSideEffects: false };
      for (const file of sources()) this.addWatchFile(file);
      const wasm = await compileKernels(mode, entry);
      const padded = Buffer.alloc(Math.ceil(wasm.length / 3) * 3); // whole triples: no '=' to decode
      padded.set(wasm);
      const code = `${decode.toString()}\nexport default /* @__PURE__ */ decode('${padded.toString('base64')}', ${String(wasm.length)});`;
      return { code, moduleSideEffects: false }; // what does not use the bytes does not carry them
    },
    hotUpdate({ file }) {
      if (!file.startsWith(KERNELS)) return undefined;
      for (const id of Object.keys(ENTRIES)) {
        const module = this.environment.moduleGraph.getModuleById(`\0${id}`);
        if (module) this.environment.moduleGraph.invalidateModule(module);
      }
      this.environment.hot.send({ type: 'full-reload' });
      return [];
    },
  };
}

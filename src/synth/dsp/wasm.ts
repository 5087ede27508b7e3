// The part of WebAssembly used here, for libraries that know no DOM.

interface WebAssemblyApi {
  Module: new (source: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
}
const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

const modules = new Map<Uint8Array, object>();
const instances = new Map<Uint8Array, Record<string, unknown>>();

/** Compiles the same bytes once. */
function moduleOf(bytes: Uint8Array): object {
  const module = modules.get(bytes) ?? new WebAssembly.Module(bytes);
  modules.set(bytes, module);
  return module;
}

export function instantiateWasm(bytes: Uint8Array): Record<string, unknown> {
  return new WebAssembly.Instance(moduleOf(bytes), {}).exports;
}

/** One instance for all who ask with the same bytes: for functions that keep nothing in its memory. */
export function sharedWasm(bytes: Uint8Array): Record<string, unknown> {
  const exports = instances.get(bytes) ?? instantiateWasm(bytes);
  instances.set(bytes, exports);
  return exports;
}

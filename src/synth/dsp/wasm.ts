// Minimal typed WebAssembly API (the DOM library is not available here), with one compiled module per byte array.

interface WebAssemblyApi {
  Module: new (source: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
}
const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

const modules = new Map<Uint8Array, object>();
const instances = new Map<Uint8Array, Record<string, unknown>>();

/** Compiles the same bytes once. */
function compile(bytes: Uint8Array): object {
  const module = modules.get(bytes) ?? new WebAssembly.Module(bytes);
  modules.set(bytes, module);
  return module;
}

/**
 * A new instance.
 * @param bytes - the module
 * @returns its exports
 * @throws WebAssembly.CompileError when the bytes are no module
 */
export function instantiateWasm(bytes: Uint8Array): Record<string, unknown> {
  return new WebAssembly.Instance(compile(bytes), {}).exports;
}

/**
 * One shared instance per byte array: for functions without state.
 * @param bytes - the module
 * @returns its exports
 * @throws WebAssembly.CompileError when the bytes are no module
 */
export function sharedWasm(bytes: Uint8Array): Record<string, unknown> {
  const exports = instances.get(bytes) ?? instantiateWasm(bytes);
  instances.set(bytes, exports);
  return exports;
}

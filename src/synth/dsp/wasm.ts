// The part of WebAssembly used here, for libraries that know no DOM.

interface WebAssemblyApi {
  Module: new (source: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
}
const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

export function compileWasm(bytes: Uint8Array): object {
  return new WebAssembly.Module(bytes);
}

export function instantiateWasm(module: object): Record<string, unknown> {
  return new WebAssembly.Instance(module, {}).exports;
}

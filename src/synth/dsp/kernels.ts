// Instantiates the kernels: one compiled module a thread, one memory an engine.
import bytes from 'virtual:kernels';
import type { KernelConstants, KernelFunctions } from '../kernelExports.ts';

export type Kernels = KernelFunctions & KernelConstants & { readonly memory: ArrayBuffer };

// The DOM-free libs know no WebAssembly; this is the part of it used here.
interface WebAssemblyApi {
  Module: new (source: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
}
const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

let compiled: object | undefined;

/** A fresh instance with its own 16 MiB of zeroed memory. Works in the page, a worker, a worklet and Node. */
export function instantiateKernels(): Kernels {
  compiled ??= new WebAssembly.Module(bytes);
  const { exports } = new WebAssembly.Instance(compiled, {});
  const kernels: Record<string, unknown> = { memory: (exports['memory'] as { buffer: ArrayBuffer }).buffer };
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value === 'function') kernels[name] = value;
    else if (name !== 'memory') kernels[name] = (value as { value: number }).value;
  }
  return kernels as unknown as Kernels;
}

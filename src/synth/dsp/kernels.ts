// Instantiates the kernels: one compiled module a thread, one memory an engine.
import bytes from 'virtual:kernels';
import type { KernelConstants, KernelFunctions } from '../kernelExports.ts';
import { instantiateWasm } from './wasm.ts';

export type Kernels = KernelFunctions & KernelConstants & { readonly memory: ArrayBuffer };

/** A fresh instance with its own 16 MiB of zeroed memory. Works in the page, a worker, a worklet and Node. */
export function instantiateKernels(): Kernels {
  const exports = instantiateWasm(bytes);
  const kernels: Record<string, unknown> = { memory: (exports['memory'] as { buffer: ArrayBuffer }).buffer };
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value === 'function') kernels[name] = value;
    else if (name !== 'memory') kernels[name] = (value as { value: number }).value;
  }
  return kernels as unknown as Kernels;
}

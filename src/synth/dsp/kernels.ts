// Instantiates the kernels: one compiled module per thread, one memory per engine.
import bytes from 'virtual:kernels';
import type { KernelConstants, KernelFunctions } from '../kernelExports.ts';
import { instantiateWasm } from './wasm.ts';

/** One instance of the kernels. */
export type Kernels = KernelFunctions & KernelConstants & { readonly memory: ArrayBuffer };

/**
 * A new instance with 16 MiB of zeroed memory of its own. Works in the page, a worker, a worklet and Node.
 * @returns functions, constants and memory
 */
export function instantiateKernels(): Kernels {
  const exports = instantiateWasm(bytes);
  const kernels: Record<string, unknown> = { memory: (exports['memory'] as { buffer: ArrayBuffer }).buffer };
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value === 'function') kernels[name] = value;
    else if (name !== 'memory') kernels[name] = (value as { value: number }).value;
  }
  return kernels as unknown as Kernels;
}

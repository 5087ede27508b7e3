// Maths that only voices and the space need, in a module of its own: the page leaves it out. Ask for it through maths.ts.
import bytes from 'virtual:kernel-maths-of-voices';
import type { KernelFunctions } from '../kernelExports.ts';
import { sharedWasm } from './wasm.ts';

type Maths = Pick<KernelFunctions, 'tan' | 'atan2' | 'pow'>;

export const { tan, atan2, pow } = sharedWasm(bytes) as unknown as Maths;

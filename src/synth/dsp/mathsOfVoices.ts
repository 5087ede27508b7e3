// tan, atan2, pow for voices and space, in a module of their own: the page leaves them out. Import them through math.ts.
import bytes from 'virtual:kernel-maths-of-voices';
import type { KernelFunctions } from '../kernelExports.ts';
import { sharedWasm } from './wasm.ts';

type Maths = Pick<KernelFunctions, 'tan' | 'atan2' | 'pow'>;

export const { tan, atan2, pow } = sharedWasm(bytes) as unknown as Maths;

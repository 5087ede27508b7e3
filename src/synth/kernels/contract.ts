// Compile-time check (not part of the kernels): their signatures satisfy `kernelExports.ts`.
import type { KernelConstants, KernelFunctions } from '../kernelExports';
import * as kernels from './index';

kernels satisfies KernelConstants & KernelFunctions;

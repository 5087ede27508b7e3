// Never compiled into the kernels: makes `tsc` compare their signatures with what the control code believes.
import type { KernelConstants, KernelFunctions } from '../kernelExports';
import * as kernels from './index';

kernels satisfies KernelConstants & KernelFunctions;

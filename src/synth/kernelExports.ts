// What the kernels export, as the control code sees it: every pointer, integer and float is a plain number.

/** Byte address in the kernels' memory. */
export type Ptr = number;

/** Become WebAssembly globals: read as `.value` once, at instantiation. */
export interface KernelConstants {
  readonly BAND_BYTES: number;
}

export interface KernelFunctions {
  heapBase(): Ptr;

  sin(x: number): number;
  cos(x: number): number;
  tan(x: number): number;
  atan2(y: number, x: number): number;
  exp(x: number): number;
  log(x: number): number;
  pow(x: number, y: number): number;
  tanh(x: number): number;

  clear(out: Ptr, frames: number): void;
  addRamp(input: Ptr, out: Ptr, from: number, to: number, frames: number): void;
  energy(input: Ptr, frames: number): number;
  scrub(buffer: Ptr, limit: number, frames: number): number;

  hash32(value: number): number;
  noiseFill(out: Ptr, seed: number, index: number, frames: number): void;

  bandRender(
    ptr: Ptr,
    input: Ptr,
    out: Ptr,
    g: number,
    k: number,
    low: number,
    band: number,
    high: number,
    frames: number,
  ): void;

  modalBytes(modes: number): number;
  modalInit(ptr: Ptr, modes: number): void;
  modalSetMode(ptr: Ptr, mode: number, a1: number, a2: number): void;
  modalSetGain(ptr: Ptr, mode: number, gain: number): void;
  modalRender(ptr: Ptr, input: Ptr, out: Ptr, frames: number): void;
}

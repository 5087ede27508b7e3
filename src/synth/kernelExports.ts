// What the kernels export, as the control code sees it: every pointer, integer and float is a plain number.

/** Byte address in the kernels' memory. */
export type Ptr = number;

/** Become WebAssembly globals: read as `.value` once, at instantiation. */
export interface KernelConstants {
  readonly BAND_BYTES: number;
  readonly BANDS_BYTES: number;
  readonly SURFACE_BYTES: number;
  readonly BRISTLES_BYTES: number;
  readonly BRISTLES_MAX: number;
  readonly BRISTLE_STRENGTHS: number;
  readonly CLOUD_BYTES: number;
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
  bandsSet(ptr: Ptr, lane: number, g: number, k: number, low: number, band: number, high: number): void;
  bandsRender(ptr: Ptr, input: Ptr, out: Ptr, frames: number): void;

  surfaceInit(ptr: Ptr, position: number): void;
  surfaceAdd(ptr: Ptr, table: Ptr, mask: number, out: Ptr, step: number, gain: number, frames: number): void;
  surfaceShape(ptr: Ptr, table: Ptr, mask: number, buffer: Ptr, step: number, depth: number, frames: number): void;

  bristlesInit(ptr: Ptr, count: number, seed: number): void;
  bristlesSetStrength(ptr: Ptr, number: number, strength: number): void;
  bristlesSetMode(ptr: Ptr, bristle: number, mode: number, a1: number, a2: number, gain: number): void;
  bristlesStrike(ptr: Ptr, bristle: number, offset: number, strength: number): void;
  bristlesRender(ptr: Ptr, out: Ptr, rate: number, gain: number, frames: number): void;

  modalBytes(modes: number): number;
  modalInit(ptr: Ptr, modes: number): void;
  modalSetMode(ptr: Ptr, mode: number, a1: number, a2: number): void;
  modalSetGain(ptr: Ptr, mode: number, gain: number): void;
  modalRender(ptr: Ptr, input: Ptr, out: Ptr, frames: number): void;

  grainsBytes(capacity: number): number;
  grainsInit(ptr: Ptr, capacity: number): void;
  grainsSpawn(
    ptr: Ptr,
    bus: number,
    at: number,
    amplitude: number,
    omega: number,
    phase: number,
    decay: number,
    rampFrames: number,
  ): boolean | number;
  grainsRender(ptr: Ptr, buses: Ptr, frames: number): number;

  cloudInit(ptr: Ptr, seed: number): void;
  cloudSetBand(ptr: Ptr, band: number, g: number, k: number, weight: number): void;
  cloudRender(ptr: Ptr, envelopes: Ptr, out: Ptr, frames: number): void;
}

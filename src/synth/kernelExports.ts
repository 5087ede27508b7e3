// Types of the kernels' exports for the control code: every pointer, integer and float is a number.
// `kernels/contract.ts` compares them with the sources at type check.

/** Byte address in the kernels' memory. */
export type Ptr = number;

/** Sizes and offsets, WebAssembly globals. */
export interface KernelConstants {
  readonly HEAD_BYTES: number;
  readonly HEAD_TARGETS: number;
  readonly TILT_BYTES: number;
  readonly FDN_DELAYS: number;
  readonly FDN_DAMPING_CENTRE: number;
  readonly FDN_DAMPING_SIDE: number;
  readonly FDN_REFLECTIONS: number;
  readonly SVF_BYTES: number;
  readonly FILTER_BANK_BYTES: number;
  readonly SURFACE_BYTES: number;
  readonly BRISTLES_BYTES: number;
  readonly BRISTLES_MAX: number;
  readonly BRISTLE_STRENGTHS: number;
  readonly NOISE_BANDS_BYTES: number;
  readonly DIFFUSE_BANDS: number;
  readonly DIFFUSE_BYTES: number;
  readonly LOUDNESS_BYTES: number;
  readonly PEAK_TAPS: number;
  readonly PEAK_PHASES: number;
  readonly DC_BYTES: number;
  readonly ROOM_TONE_BYTES: number;
}

/** Functions; documented in `kernels/`. */
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
  scaleRamp(buffer: Ptr, from: number, to: number, frames: number): void;
  energy(input: Ptr, frames: number): number;
  clearIfInvalid(buffer: Ptr, limit: number, frames: number): number;

  hash32(value: number): number;
  noiseFill(out: Ptr, seed: number, index: number, frames: number): void;

  svfRender(
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
  filterBankSet(ptr: Ptr, lane: number, g: number, k: number, low: number, band: number, high: number): void;
  filterBankRender(ptr: Ptr, input: Ptr, out: Ptr, frames: number): void;

  surfaceInit(ptr: Ptr, position: number): void;
  surfaceAdd(ptr: Ptr, table: Ptr, mask: number, out: Ptr, step: number, gain: number, frames: number): void;
  surfaceModulate(ptr: Ptr, table: Ptr, mask: number, buffer: Ptr, step: number, depth: number, frames: number): void;

  bristlesInit(ptr: Ptr, count: number, seed: number): void;
  bristlesSetStrength(ptr: Ptr, number: number, strength: number): void;
  bristlesSetMode(ptr: Ptr, bristle: number, mode: number, a1: number, a2: number, gain: number): void;
  bristlesStrike(ptr: Ptr, bristle: number, offset: number, strength: number): void;
  bristlesRender(ptr: Ptr, out: Ptr, rate: number, gain: number, frames: number): void;

  modalBytes(modes: number): number;
  modalGains(modes: number): number;
  modalInit(ptr: Ptr, modes: number, frames: number): void;
  modalSetMode(ptr: Ptr, mode: number, theta: number, decay: number, phase: number): void;
  modalRing(ptr: Ptr, out: Ptr): number;
  modalDrive(ptr: Ptr, gains: Ptr, force: Ptr, from: number, out: Ptr): void;

  pulseRender(
    out: Ptr,
    start: number,
    length: number,
    warp: number,
    peak: number,
    rough: number,
    seed: number,
    frames: number,
  ): void;

  diffuseSetBand(ptr: Ptr, band: number, g: number, k: number, scale: number): void;
  diffuseSetDecay(ptr: Ptr, band: number, fall: number, rise: number): void;
  diffuseExcite(ptr: Ptr, band: number, amount: number): void;
  diffuseRender(ptr: Ptr, noise: Ptr, out: Ptr, frames: number): number;

  sinesBytes(capacity: number): number;
  sinesInit(ptr: Ptr, capacity: number): void;
  sinesRender(ptr: Ptr, queue: Ptr, count: number, buses: Ptr, frames: number): number;

  noiseBandsInit(ptr: Ptr, seed: number): void;
  noiseBandsSetBand(ptr: Ptr, band: number, g: number, k: number, weight: number, fall: number, rise: number): void;
  noiseBandsSetFeed(ptr: Ptr, band: number, energy: number): void;
  /** A number at run time, a boolean in the source. */
  noiseBandsRender(ptr: Ptr, impulses: Ptr, out: Ptr, frames: number): boolean | number;

  loudnessSet(ptr: Ptr, stage: number, a1: number, a2: number, a3: number, m0: number, m1: number, m2: number): void;
  loudnessReset(ptr: Ptr): void;
  loudnessEnergy(ptr: Ptr, left: Ptr, right: Ptr, frames: number): number;
  truePeaks(left: Ptr, right: Ptr, table: Ptr, peaks: Ptr, frames: number): number;
  magnitude(left: Ptr, right: Ptr, frames: number): number;

  dcReset(ptr: Ptr): void;
  dcRepair(ptr: Ptr, left: Ptr, right: Ptr, limit: number, frames: number): number;
  dcRender(ptr: Ptr, left: Ptr, right: Ptr, pole: number, from: number, to: number, frames: number): void;
  guardPeaks(left: Ptr, right: Ptr, peaks: Ptr, tickFrames: number, frames: number): void;
  guardApply(input: Ptr, out: Ptr, gains: Ptr, tickFrames: number, frames: number): void;
  roomToneReset(ptr: Ptr): void;
  roomToneRender(
    ptr: Ptr,
    noiseLeft: Ptr,
    noiseRight: Ptr,
    left: Ptr,
    right: Ptr,
    first: number,
    second: number,
    slow: number,
    from: number,
    to: number,
    frames: number,
  ): void;
  limiterBytes(box: number): number;
  limiterDelay(box: number): number;
  limiterInit(ptr: Ptr, box: number): void;
  limiterRender(
    ptr: Ptr,
    left: Ptr,
    right: Ptr,
    table: Ptr,
    reach: number,
    ceiling: number,
    release: number,
    frames: number,
  ): number;
  limiterClamp(buffer: Ptr, bound: number, frames: number): void;

  headReset(ptr: Ptr): void;
  headRender(ptr: Ptr, left: Ptr, right: Ptr, sendLeft: Ptr, sendRight: Ptr, frames: number): void;

  tiltInit(ptr: Ptr, g0: number, g1: number, g2: number): void;
  tiltRender(ptr: Ptr, b0: Ptr, b1: Ptr, b2: Ptr, b3: Ptr, low: number, high: number, frames: number): void;

  fdnBytes(size: number): number;
  fdnInit(ptr: Ptr, size: number, lines: number, spacing: number, pole: number): void;
  fdnReset(ptr: Ptr): void;
  fdnSetInputGain(ptr: Ptr, gain: number): void;
  fdnSetTailGain(ptr: Ptr, gain: number): void;
  fdnRender(ptr: Ptr, inLeft: Ptr, inRight: Ptr, gain: number, left: Ptr, right: Ptr, frames: number): void;
}

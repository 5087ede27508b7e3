// The kernels' exports, by name.
export { sin, cos, exp, log } from './maths';
export { tan, atan2, pow, tanh } from './mathsOfVoices';
export { clear, addRamp, scaleRamp, energy, clearIfInvalid } from './buffer';
export { hash32, noiseFill } from './noise';
export { SVF_BYTES, svfRender, FILTER_BANK_BYTES, filterBankSet, filterBankRender } from './svf';
export { SURFACE_BYTES, surfaceInit, surfaceAdd, surfaceModulate } from './surface';
export {
  BRISTLES_BYTES,
  BRISTLES_MAX,
  BRISTLE_STRENGTHS,
  bristlesInit,
  bristlesSetStrength,
  bristlesSetMode,
  bristlesStrike,
  bristlesRender,
} from './bristle';
export { modalBytes, modalGains, modalInit, modalSetMode, modalRing, modalDrive } from './modal';
export { pulseRender } from './pulse';
export {
  DIFFUSE_BANDS,
  DIFFUSE_BYTES,
  diffuseSetBand,
  diffuseSetDecay,
  diffuseExcite,
  diffuseRender,
} from './diffuseNoise';
export { sinesBytes, sinesInit, sinesRender } from './sines';
export {
  NOISE_BANDS_BYTES,
  noiseBandsInit,
  noiseBandsSetBand,
  noiseBandsSetFeed,
  noiseBandsRender,
} from './noiseBands';
export {
  LOUDNESS_BYTES,
  PEAK_TAPS,
  PEAK_PHASES,
  loudnessSet,
  loudnessReset,
  loudnessEnergy,
  truePeaks,
  magnitude,
} from './meter';
export { HEAD_BYTES, HEAD_TARGETS, headReset, headRender } from './head';
export { TILT_BYTES, tiltInit, tiltRender } from './tilt';
export {
  FDN_DELAYS,
  FDN_DAMPING_CENTRE,
  FDN_DAMPING_SIDE,
  FDN_REFLECTIONS,
  fdnBytes,
  fdnInit,
  fdnReset,
  fdnSetInputGain,
  fdnSetTailGain,
  fdnRender,
} from './fdn';
export { DC_BYTES, dcReset, dcRepair, dcRender } from './dc';
export { guardPeaks, guardApply } from './guard';
export { ROOM_TONE_BYTES, roomToneReset, roomToneRender } from './roomTone';
export { limiterBytes, limiterDelay, limiterInit, limiterRender, limiterClamp } from './limiter';
export function heapBase(): usize {
  return __heap_base;
}

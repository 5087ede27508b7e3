// Everything the kernels offer. Named one by one: the list is the interface.
export { sin, cos, exp, log } from './maths';
export { tan, atan2, pow, tanh } from './mathsOfVoices';
export { clear, addRamp, scaleRamp, energy, scrub } from './buffer';
export { hash32, noiseFill } from './noise';
export { BAND_BYTES, bandRender, BANDS_BYTES, bandsSet, bandsRender } from './band';
export { SURFACE_BYTES, surfaceInit, surfaceAdd, surfaceShape } from './surface';
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
export { modalBytes, modalGains, modalInit, modalTune, modalRing, modalDrive } from './modal';
export { pulseRender } from './pulse';
export { DIFFUSE_BANDS, DIFFUSE_BYTES, diffuseTune, diffuseDecay, diffuseHit, diffuseRender } from './diffuse';
export { grainsBytes, grainsInit, grainsRender } from './grains';
export { CLOUD_BYTES, cloudInit, cloudSetBand, cloudFeed, cloudRender } from './cloud';
export {
  LOUDNESS_BYTES,
  PEAK_TAPS,
  PEAK_PHASES,
  loudnessSet,
  loudnessClear,
  loudnessEnergy,
  truePeaks,
  magnitude,
} from './meter';
export { HEAD_BYTES, HEAD_TARGETS, headReset, headRender } from './head';
export { TILT_BYTES, tiltInit, tiltRender } from './tilt';
export {
  ROOM_DELAYS,
  ROOM_MIDDLE,
  ROOM_SIDE,
  ROOM_ECHOES,
  roomBytes,
  roomInit,
  roomClear,
  roomSetGain,
  roomSetTail,
  roomRender,
  roomRenderPlain,
} from './room';
export { DC_BYTES, dcClear, dcMend, dcRender } from './dc';
export { guardPeaks, guardApply } from './guard';
export { AIR_BYTES, airClear, airRender } from './air';
export { limiterBytes, limiterDelay, limiterInit, limiterRender, limiterClamp } from './limiter';
export function heapBase(): usize {
  return __heap_base;
}

// Everything the kernels offer. Named one by one: the list is the interface.
export { sin, cos, tan, atan2, exp, log, pow, tanh } from './maths';
export { clear, addRamp, energy, scrub } from './buffer';
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
export { modalBytes, modalInit, modalSetMode, modalSetGain, modalRender } from './modal';
export { grainsBytes, grainsInit, grainsSpawn, grainsRender } from './grains';
export { CLOUD_BYTES, cloudInit, cloudSetBand, cloudRender } from './cloud';
export function heapBase(): usize {
  return __heap_base;
}

// Everything the kernels offer. Named one by one: the list is the interface.
export { sin, cos, tan, atan2, exp, log, pow, tanh } from './maths';
export { clear, addRamp, energy, scrub } from './buffer';
export { hash32, noiseFill } from './noise';
export { BAND_BYTES, bandRender } from './band';
export { modalBytes, modalInit, modalSetMode, modalSetGain, modalRender } from './modal';
export function heapBase(): usize {
  return __heap_base;
}

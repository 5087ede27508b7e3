// The instrument's public face.
export { describeLayer, describePlace, describeScene } from './describe.ts';
export { keyOf, mixKeys, Random } from './dsp/random.ts';
export { Engine } from './engine.ts';
export type { Change, EngineOptions, Onset } from './engine.ts';
export * from './params.ts';
export { renderPieces, renderScene } from './renderScene.ts';
export type { RenderOptions } from './renderScene.ts';
export * from './scene.ts';
export type { Family, Trigger } from './trigger.ts';
export { BLOCK_FRAMES } from './trigger.ts';
export { findTrigger, TRIGGERS } from './triggers/index.ts';

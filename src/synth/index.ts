// The instrument's public face.
export { describeLayer, describePlace, describeScene } from './describe.ts';
export { keyOf, mixKeys, Random } from './dsp/random.ts';
export { Engine } from './engine.ts';
export type { Change, EngineOptions } from './engine.ts';
export { bedFor } from './night/bed.ts';
export { LOW_DB, nightAt } from './night/moment.ts';
export type { NightMoment, NightPhase } from './night/moment.ts';
export { extended, NIGHT_LIMITS, safeNightPlan, USUAL_NIGHT } from './night/plan.ts';
export type { NightPlan, Wake } from './night/plan.ts';
export type { NightOptions } from './night/nightRun.ts';
export type { Onset } from './onsetLog.ts';
export * from './params.ts';
export { renderPieces, renderScene } from './renderScene.ts';
export type { RenderOptions } from './renderScene.ts';
export * from './scene.ts';
export type { Family, Trigger } from './trigger.ts';
export { BLOCK_FRAMES } from './trigger.ts';
export { findTrigger, TRIGGERS } from './triggers/index.ts';

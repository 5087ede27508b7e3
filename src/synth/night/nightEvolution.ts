// Evolution of a layer over a night: slower, thinner, darker, farther, stiller. Writes into a copy; never allocates.
import { clamp, lerp } from '../dsp/math.ts';
import { findTrigger } from '../triggers/index.ts';
import type { Arc, Layer } from '../scene.ts';
import { LAYER_GAIN, PLACE_SPECS } from '../scene.ts';
import type { ParamSpecs } from '../params.ts';

/** Pace and stroke speed at the end, as a share. */
const MIN_RATE = 0.42;
/** Loss of density and surprise (shares), and gain of the layers behind the first. */
const MAX_DENSITY_LOSS = 0.55;
const MAX_SURPRISE_LOSS = 0.7;
const MAX_STEP_BACK_DB = -9;
/** Loss of brightness and crispness. */
const MAX_BRIGHTNESS_LOSS = 0.32;
const MAX_CRISPNESS_LOSS = 0.25;
/** Loss of closeness (share). */
const MAX_CLOSENESS_LOSS = 0.45;
/** Periods of paths grow by this factor. */
const MAX_PERIOD_RATIO = 4;

const RATE_PARAMS = ['pace', 'speed'] as const;
const DENSITY_PARAMS = ['density'] as const;

/**
 * Copies a layer, so that its numbers may be overwritten. Allocates.
 * @param layer - the layer
 * @returns a copy
 */
export function copyLayer(layer: Layer): Layer {
  return { ...layer, params: { ...layer.params }, place: { ...layer.place } };
}

/**
 * Computes a layer at a moment of the night.
 * @param from - the layer as set
 * @param arc - strengths of the scene’s evolution, each 0…1
 * @param amount - progress of the evolution, 0…1
 * @param index - position of the layer; layers behind the first step back
 * @param into - copy that is overwritten
 */
export function evolveLayer(from: Layer, arc: Arc, amount: number, index: number, into: Layer): void {
  const specs = findTrigger(from.trigger)?.params ?? {};
  for (const id of RATE_PARAMS) scale(from, into, specs, id, lerp(1, MIN_RATE, arc.slower * amount));
  for (const id of DENSITY_PARAMS) scale(from, into, specs, id, 1 - MAX_DENSITY_LOSS * arc.thinner * amount);
  scale(from, into, specs, 'surprise', 1 - MAX_SURPRISE_LOSS * Math.max(arc.thinner, arc.stiller) * amount);
  shift(from, into, specs, 'brightness', -MAX_BRIGHTNESS_LOSS * arc.darker * amount);
  shift(from, into, specs, 'crispness', -MAX_CRISPNESS_LOSS * arc.darker * amount);
  const stepBack = index === 0 ? 0 : MAX_STEP_BACK_DB * arc.thinner * amount;
  into.gainDb = clamp(from.gainDb + stepBack, LAYER_GAIN.min, LAYER_GAIN.max);
  into.muted = from.muted;
  const { closeness, periodSec } = PLACE_SPECS;
  into.place.closeness = clamp(
    from.place.closeness * (1 - MAX_CLOSENESS_LOSS * arc.farther * amount),
    closeness.min,
    closeness.max,
  );
  const pathPeriodSec = from.place.periodSec * lerp(1, MAX_PERIOD_RATIO, arc.stiller * amount);
  into.place.periodSec = clamp(pathPeriodSec, periodSec.min, periodSec.max);
}

function scale(from: Layer, into: Layer, specs: ParamSpecs, id: string, factor: number): void {
  const spec = specs[id];
  const value = from.params[id];
  if (spec?.kind === 'number' && typeof value === 'number') into.params[id] = clamp(value * factor, spec.min, spec.max);
}

function shift(from: Layer, into: Layer, specs: ParamSpecs, id: string, by: number): void {
  const spec = specs[id];
  const value = from.params[id];
  if (spec?.kind === 'number' && typeof value === 'number') into.params[id] = clamp(value + by, spec.min, spec.max);
}

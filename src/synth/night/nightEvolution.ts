// A layer along its arc: slower, thinner, darker, farther, stiller. Writes into a copy made beforehand; nothing is allocated.
import { clamp, lerp } from '../dsp/math.ts';
import { findTrigger } from '../triggers/index.ts';
import type { Arc, Layer } from '../scene.ts';
import { LAYER_GAIN, PLACE_SPECS } from '../scene.ts';
import type { ParamSpecs } from '../params.ts';

/** What is left of the pace, and of the speed of a stroke, at the end of the arc. */
const MIN_RATE = 0.42;
/** How much density and surprise lose (shares), and how far layers behind the first step back. */
const MAX_DENSITY_LOSS = 0.55;
const MAX_SURPRISE_LOSS = 0.7;
const MAX_STEP_BACK_DB = -9;
/** What brightness and crispness lose. */
const MAX_BRIGHTNESS_LOSS = 0.32;
const MAX_CRISPNESS_LOSS = 0.25;
/** What closeness loses. */
const MAX_CLOSENESS_LOSS = 0.45;
/** Journeys take this many times as long. */
const MAX_PERIOD_RATIO = 4;

const RATE_PARAMS = ['pace', 'speed'] as const;
const DENSITY_PARAMS = ['density'] as const;

/** A copy whose numbers may be overwritten. Allocates. */
export function copyLayer(layer: Layer): Layer {
  return { ...layer, params: { ...layer.params }, place: { ...layer.place } };
}

/** `arc`: the scene's own; `amount`: how far along, 0…1; `index`: 0 for the first layer. */
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

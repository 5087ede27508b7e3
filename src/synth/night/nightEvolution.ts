// A layer along its arc: slower, thinner, darker, farther, stiller. Writes into a copy made beforehand; nothing is allocated.
import { clamp, lerp } from '../dsp/math.ts';
import { findTrigger } from '../triggers/index.ts';
import type { Arc, Layer } from '../scene.ts';
import { LAYER_GAIN, PLACE_SPECS } from '../scene.ts';
import type { ParamSpecs } from '../params.ts';

/** What is left of the pace, and of the speed of a stroke, at the end of the arc. */
const SLOWEST = 0.42;
/** How much density and surprise lose (shares), and how far layers behind the first step back. */
const THINNEST = 0.55;
const CALMEST = 0.7;
const STEP_BACK_DB = -9;
/** What brightness and crispness lose. */
const DARKEST = 0.32;
const DULLEST = 0.25;
/** What closeness loses. */
const FARTHEST = 0.45;
/** Journeys take this many times as long. */
const STILLEST = 4;

const RATES = ['pace', 'speed'] as const;
const CROWDS = ['density'] as const;

/** A copy whose numbers may be overwritten. Allocates. */
export function arcCopy(layer: Layer): Layer {
  return { ...layer, params: { ...layer.params }, place: { ...layer.place } };
}

/** `arc`: the scene's own; `amount`: how far along, 0…1; `index`: 0 for the first layer. */
export function followArc(from: Layer, arc: Arc, amount: number, index: number, into: Layer): void {
  const specs = findTrigger(from.trigger)?.params ?? {};
  for (const id of RATES) scale(from, into, specs, id, lerp(1, SLOWEST, arc.slower * amount));
  for (const id of CROWDS) scale(from, into, specs, id, 1 - THINNEST * arc.thinner * amount);
  scale(from, into, specs, 'surprise', 1 - CALMEST * Math.max(arc.thinner, arc.stiller) * amount);
  shift(from, into, specs, 'brightness', -DARKEST * arc.darker * amount);
  shift(from, into, specs, 'crispness', -DULLEST * arc.darker * amount);
  const stepBack = index === 0 ? 0 : STEP_BACK_DB * arc.thinner * amount;
  into.gainDb = clamp(from.gainDb + stepBack, LAYER_GAIN.min, LAYER_GAIN.max);
  into.muted = from.muted;
  const { closeness, periodSec } = PLACE_SPECS;
  into.place.closeness = clamp(
    from.place.closeness * (1 - FARTHEST * arc.farther * amount),
    closeness.min,
    closeness.max,
  );
  const journey = from.place.periodSec * lerp(1, STILLEST, arc.stiller * amount);
  into.place.periodSec = clamp(journey, periodSec.min, periodSec.max);
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

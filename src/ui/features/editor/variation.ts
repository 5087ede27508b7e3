// Neighbours of a layer: a few small, seeded steps away from where it stands. Locked values stay.
import { fromTravel, hashString, combineSeeds, Random, toTravel } from '../../../synth/index.ts';
import type { Layer, NumberParam, ParamSpecs, ParamValues } from '../../../synth/index.ts';

export interface VaryOptions {
  /** The scene's seed. */
  readonly seed: number;
  /** How often this layer has been varied: another round gives other neighbours. */
  readonly round: number;
  readonly locked: (paramId: string) => boolean;
  readonly count: number;
}

/** Every free value moves by about this share of its slider… */
const SMALL_STEP = 0.05;
/** …and two of them lead the way with a step one can hear. */
const LEAD_STEP = 0.17;
const LEADS = 2;

/** `count` neighbours; fewer than `count` never, unless everything is locked: then none. */
export function neighbours(layer: Layer, specs: ParamSpecs, options: VaryOptions): ParamValues[] {
  const free = Object.entries(specs).filter(([id]) => !options.locked(id));
  const numbers = free.filter((entry): entry is [string, NumberParam] => entry[1].kind === 'number');
  if (numbers.length === 0) return [];
  const root = new Random(combineSeeds(options.seed, combineSeeds(hashString(layer.id), options.round)));
  return Array.from({ length: options.count }, (_, index) => {
    const random = root.stream(index);
    const params = { ...layer.params };
    numbers.forEach(([id, spec], at) => {
      move(params, id, spec, SMALL_STEP * random.normal(at));
    });
    for (let lead = 0; lead < LEADS; lead++) {
      // Neighbours share the leads out among them, so that no two point the same way.
      const start = Math.floor(root.uniform(0) * numbers.length);
      const [id, spec] = numbers[(start + index * LEADS + lead) % numbers.length] ?? ['', undefined];
      if (spec)
        move(
          params,
          id,
          spec,
          LEAD_STEP * random.range(100 + lead, 0.8, 1.4) * (random.uniform(200 + lead) < 0.5 ? -1 : 1),
        );
    }
    return params;
  });
}

/** The values that changed most, as shares of their sliders, biggest first. */
export function biggestChanges(
  from: ParamValues,
  to: ParamValues,
  specs: ParamSpecs,
): { readonly id: string; readonly travel: number }[] {
  return Object.entries(specs)
    .flatMap(([id, spec]) => {
      const [before, after] = [from[id], to[id]];
      if (spec.kind !== 'number' || typeof before !== 'number' || typeof after !== 'number') return [];
      return [{ id, travel: toTravel(spec, after) - toTravel(spec, before) }];
    })
    .sort((a, b) => Math.abs(b.travel) - Math.abs(a.travel));
}

/** Moves along the slider; at an end it turns back, so that a neighbour always differs. */
function move(params: ParamValues, id: string, spec: NumberParam, step: number): void {
  const value = params[id];
  if (typeof value !== 'number') return;
  const at = toTravel(spec, value);
  const to = at + step > 1 || at + step < 0 ? at - step : at + step;
  params[id] = fromTravel(spec, to);
}

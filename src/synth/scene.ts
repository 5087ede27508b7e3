// What the engine plays: layers (trigger + values + place), one room, one master. Plain data, every unit in its name.
import { clamp, lerpLog, log } from './dsp/math.ts';
import { number, unit } from './params.ts';
import type { ParamValues } from './params.ts';

export const PATHS = ['still', 'drift', 'earToEar', 'orbit', 'strokes'] as const;
export type Path = (typeof PATHS)[number];

export interface Place {
  /** 0 front, + left, 90 at the left ear; −180…180. */
  azimuthDeg: number;
  /** −60 below … 80 above. */
  elevationDeg: number;
  /** 0 (1 m) … 1 (12 cm from the centre of the head). */
  closeness: number;
  /** 0 a point … 1 wide. */
  spread: number;
  path: Path;
  /** Time of one journey along the path. */
  periodSec: number;
}

export interface Layer {
  id: string;
  /** Id of a trigger in the registry. */
  trigger: string;
  gainDb: number;
  muted: boolean;
  params: ParamValues;
  place: Place;
}

export interface Room {
  /** 0 a wardrobe … 1 a living room. */
  size: number;
  /** 0 none … 1 clearly there. */
  amount: number;
}

export interface Master {
  gainDb: number;
  /** One ear or one speaker: both channels carry everything, differences between the ears stay small. */
  mono: boolean;
}

/** How the scene changes over a night, each part from 0 (not at all) to 1. Heard in a night only. */
export interface Arc {
  /** Events come less often. */
  slower: number;
  /** Fewer things sound at once, textures loosen. */
  thinner: number;
  darker: number;
  farther: number;
  /** Journeys and strokes calm down. */
  stiller: number;
}

export interface Scene {
  /** Integer 0…2³²−1. Same scene and seed, same samples. */
  seed: number;
  layers: Layer[];
  room: Room;
  master: Master;
  arc: Arc;
}

/** Which limits are in force (loudness, emergence, onset). */
export type Mode = 'day' | 'sleep';

export const MAX_LAYERS = 4;

/** Ranges and words of everything in a scene that is not a trigger's own. */
export const PLACE_SPECS = {
  azimuthDeg: number(30, { min: -180, max: 180, unit: 'degrees' }),
  elevationDeg: number(0, { min: -60, max: 80, unit: 'degrees' }),
  closeness: unit(0.7),
  spread: unit(0.3, {
    words: ['point', 'small', 'broad', 'wide', 'allAround'],
  }),
  periodSec: number(12, { min: 3, max: 60, unit: 'seconds', taper: 'log' }),
} as const;

export const LAYER_GAIN = number(0, { min: -24, max: 6, unit: 'decibels' });
export const MASTER_GAIN = number(0, { min: -24, max: 6, unit: 'decibels' });
export const ROOM_SPECS = {
  size: unit(0.3),
  amount: unit(0.3),
} as const;

export const ARC_SPECS = {
  slower: unit(0.4),
  thinner: unit(0.3),
  darker: unit(0.4),
  farther: unit(0.3),
  stiller: unit(0.5),
} as const;

/** What a sound does at night unless its maker said otherwise. */
export const DEFAULT_ARC: Readonly<Arc> = {
  slower: ARC_SPECS.slower.default,
  thinner: ARC_SPECS.thinner.default,
  darker: ARC_SPECS.darker.default,
  farther: ARC_SPECS.farther.default,
  stiller: ARC_SPECS.stiller.default,
};

/** No layers: what plays until a scene is set. */
export const EMPTY_SCENE: Scene = {
  seed: 0,
  layers: [],
  room: { size: 0.3, amount: 0 },
  master: { gainDb: 0, mono: false },
  arc: { ...DEFAULT_ARC },
};

const MAX_DISTANCE_M = 1;
const MIN_DISTANCE_M = 0.12;

/**
 * Converts closeness to distance: 1 m · 0.12^closeness.
 * @param closeness - 0…1
 * @returns metres from the centre of the head
 */
export function distanceM(closeness: number): number {
  return lerpLog(MAX_DISTANCE_M, MIN_DISTANCE_M, closeness);
}

/**
 * Converts distance to closeness.
 * @param metres - from the centre of the head
 * @returns 0…1
 */
export function closenessFromDistance(metres: number): number {
  return clamp(log(metres / MAX_DISTANCE_M) / log(MIN_DISTANCE_M / MAX_DISTANCE_M), 0, 1);
}

// The presets that come with the instrument, in library order. Levels were set by measurement to −30 LUFS.
import { defaultValues, findTrigger, DEFAULT_ARC } from '../synth/index.ts';
import type { Arc, Layer, ParamValues, Place, Room } from '../synth/index.ts';
import { PRESET_FORMAT, PRESET_VERSION } from '../formats/preset.ts';
import type { Preset } from '../formats/preset.ts';

const STILL: Place = { azimuthDeg: 0, elevationDeg: 0, closeness: 0.7, spread: 0.3, path: 'still', periodSec: 12 };

/** A layer at the trigger's defaults, but for what is named. */
function layer(trigger: string, place: Partial<Place>, params: ParamValues, gainDb = 0): Omit<Layer, 'id'> {
  const specs = findTrigger(trigger)?.params ?? {};
  return {
    trigger,
    gainDb,
    muted: false,
    params: { ...defaultValues(specs), ...params },
    place: { ...STILL, ...place },
  };
}

interface Recipe {
  readonly name: string;
  readonly tags: readonly string[];
  readonly seed: number;
  readonly layers: readonly Omit<Layer, 'id'>[];
  readonly room?: Room;
  /** Where a night goes another way than the usual one. */
  readonly arc?: Partial<Arc>;
  /** Brings the whole to −30 LUFS. */
  readonly gainDb?: number;
}

const SMALL_ROOM: Room = { size: 0.3, amount: 0.6 };

/** Ids are frozen for ever: people's drafts and links name them. */
function preset(id: string, { name, tags, seed, layers, room = SMALL_ROOM, arc = {}, gainDb = 0 }: Recipe): Preset {
  return {
    format: PRESET_FORMAT,
    version: PRESET_VERSION,
    id,
    name,
    createdAt: '2026-11-23T00:00:00.000Z',
    tags,
    note: '',
    scene: {
      seed,
      layers: layers.map((entry, index) => ({ id: `layer-${String(index + 1)}`, ...entry })),
      room,
      master: { gainDb, mono: false },
      arc: { ...DEFAULT_ARC, ...arc },
    },
  };
}

export const FACTORY: readonly Preset[] = [
  preset('slow-glass', {
    name: 'Slow glass, left',
    tags: ['tapping', 'slow', 'close'],
    seed: 4171,
    gainDb: 3.5,
    arc: { slower: 0.5, darker: 0.5, farther: 0.2, stiller: 0.6 },
    layers: [
      layer(
        'tapping',
        { azimuthDeg: 78, closeness: 0.86 },
        {
          material: 'glass',
          softness: 0.3,
          brightness: 0.4,
          pace: 1.3,
          size: 0.55,
          ring: 1.15,
          table: 0.08,
          cavity: 0.2,
        },
        -6,
      ),
      layer(
        'brushing',
        { azimuthDeg: -74, closeness: 0.72, spread: 0.4, path: 'strokes', periodSec: 9 },
        { tool: 'silk', softness: 0.75, brightness: 0.34, pace: 0.3, speed: 3 },
        -5,
      ),
    ],
  }),
  preset('wooden-box', {
    name: 'Wooden box',
    tags: ['tapping', 'warm'],
    seed: 902,
    arc: { slower: 0.6, thinner: 0.2, stiller: 0.7 },
    layers: [
      layer(
        'tapping',
        { azimuthDeg: 34, closeness: 0.76, spread: 0.5, path: 'drift', periodSec: 24 },
        {
          material: 'wood',
          softness: 0.78,
          brightness: 0.36,
          pace: 2.1,
          hands: 'rolls',
          size: 0.6,
          cavity: 0.6,
          table: 0.5,
        },
      ),
    ],
  }),
  preset('page-by-page', {
    name: 'Page by page',
    tags: ['paper', 'slow'],
    seed: 6620,
    gainDb: 5.5,
    arc: { thinner: 0.2, darker: 0.5, farther: 0.4, stiller: 0.6 },
    layers: [
      layer(
        'rustling',
        { azimuthDeg: 8, closeness: 0.74, spread: 0.45, path: 'drift', periodSec: 30 },
        { material: 'page', gesture: 'turn', softness: 0.62, brightness: 0.38, pace: 0.26, size: 0.55, settling: 0.6 },
        2,
      ),
    ],
  }),
  preset('brush-round', {
    name: 'Brush round',
    tags: ['brushing', 'moving', 'soft'],
    seed: 37,
    arc: { slower: 0.5, thinner: 0.1, darker: 0.3, farther: 0.2, stiller: 0.9 },
    layers: [
      layer(
        'brushing',
        { azimuthDeg: 60, closeness: 0.8, spread: 0.35, path: 'earToEar', periodSec: 16 },
        { tool: 'makeup', softness: 0.8, brightness: 0.36, pace: 0.42, speed: 3, pressure: 0.4 },
      ),
    ],
  }),
  preset('tissue-cloud', {
    name: 'Tissue cloud',
    tags: ['paper', 'soft', 'wide'],
    seed: 1203,
    gainDb: 2.5,
    arc: { slower: 0.3, thinner: 0.6 },
    layers: [
      layer(
        'rustling',
        { azimuthDeg: 70, closeness: 0.8, spread: 0.7, path: 'drift', periodSec: 22 },
        { material: 'tissue', gesture: 'squeeze', softness: 0.72, brightness: 0.34, pace: 0.36, density: 0.62 },
      ),
      layer(
        'rustling',
        { azimuthDeg: -70, closeness: 0.76, spread: 0.7, path: 'drift', periodSec: 27 },
        { material: 'tissue', gesture: 'rub', softness: 0.8, brightness: 0.3, pace: 0.3, density: 0.5 },
        -3,
      ),
    ],
  }),
  preset('book-spine', {
    name: 'Book spine',
    tags: ['tapping', 'dark', 'close'],
    seed: 5550,
    gainDb: -0.5,
    arc: { slower: 0.6, thinner: 0.2, farther: 0.1, stiller: 0.8 },
    layers: [
      layer(
        'tapping',
        { azimuthDeg: -62, closeness: 0.84, spread: 0.3 },
        { material: 'book', softness: 0.85, brightness: 0.32, pace: 1.7, hands: 'one', size: 0.6, table: 0.6 },
      ),
    ],
  }),
  preset('porcelain-morning', {
    name: 'Porcelain',
    tags: ['tapping', 'clear'],
    seed: 77,
    gainDb: 3.5,
    arc: { thinner: 0.2, darker: 0.7, farther: 0.4, stiller: 0.6 },
    layers: [
      layer(
        'tapping',
        { azimuthDeg: 52, closeness: 0.68 },
        {
          material: 'ceramic',
          table: 0.08,
          softness: 0.36,
          brightness: 0.38,
          pace: 1.1,
          ring: 1.2,
          size: 0.6,
          steadiness: 0.82,
        },
      ),
    ],
  }),
  preset('dry-leaves', {
    name: 'Dry leaves',
    tags: ['leaves', 'outside'],
    seed: 8181,
    gainDb: 4.5,
    arc: { slower: 0.5, thinner: 0.4, darker: 0.2, farther: 0.6 },
    layers: [
      layer(
        'rustling',
        { azimuthDeg: -20, elevationDeg: -35, closeness: 0.5, spread: 0.8, path: 'drift', periodSec: 20 },
        { material: 'leaves', gesture: 'walk', softness: 0.78, brightness: 0.12, pace: 0.9, density: 0.55 },
      ),
    ],
    room: { size: 0.6, amount: 0.3 },
  }),
  preset('hair-behind', {
    name: 'Hair, from behind',
    tags: ['brushing', 'close', 'slow'],
    seed: 2468,
    arc: { slower: 0.5, thinner: 0.1, darker: 0.3, farther: 0, stiller: 0.7 },
    layers: [
      layer(
        'brushing',
        { azimuthDeg: 150, elevationDeg: 20, closeness: 0.86, spread: 0.45, path: 'strokes', periodSec: 8 },
        { tool: 'hair', softness: 0.66, brightness: 0.36, pace: 0.34, speed: 4, pressure: 0.5 },
      ),
    ],
  }),
  preset('letter-paper', {
    name: 'Letter paper',
    tags: ['paper', 'crisp'],
    seed: 314,
    gainDb: 4.5,
    arc: { slower: 0.3, thinner: 0.5, darker: 0.7 },
    layers: [
      layer(
        'rustling',
        { azimuthDeg: -48, closeness: 0.78, spread: 0.4, path: 'drift', periodSec: 18 },
        {
          material: 'paper',
          gesture: 'squeeze',
          softness: 0.5,
          brightness: 0.3,
          crispness: 0.68,
          pace: 0.42,
          density: 0.4,
        },
      ),
    ],
  }),
  preset('fluffy-orbit', {
    name: 'Fluffy, all around',
    tags: ['brushing', 'moving', 'dark'],
    seed: 6001,
    gainDb: -1.5,
    arc: { thinner: 0.2, darker: 0.3, farther: 0.2, stiller: 1 },
    layers: [
      layer(
        'brushing',
        { azimuthDeg: 0, closeness: 0.78, spread: 0.55, path: 'orbit', periodSec: 26 },
        { tool: 'fluffy', softness: 0.85, brightness: 0.32, pace: 0.36, pressure: 0.55, rub: 0.5 },
      ),
    ],
  }),
  preset('two-hands', {
    name: 'Two hands',
    tags: ['tapping', 'ear to ear'],
    seed: 1717,
    arc: { slower: 0.6, thinner: 0.1, farther: 0.1, stiller: 0.8 },
    layers: [
      layer(
        'tapping',
        { azimuthDeg: 0, closeness: 0.82, spread: 1, path: 'still' },
        { material: 'cardboard', softness: 0.7, brightness: 0.36, pace: 2.4, hands: 'alternate', size: 0.5 },
      ),
    ],
  }),
  preset('tin-lid', {
    name: 'Tin lid, far and small',
    tags: ['tapping', 'gentle'],
    seed: 4242,
    arc: { slower: 0.5, thinner: 0.2, darker: 0.6, farther: 0.5 },
    layers: [
      layer(
        'tapping',
        { azimuthDeg: -40, closeness: 0.5 },
        { material: 'tin', table: 0.12, softness: 0.5, brightness: 0.3, pace: 1.2, ring: 0.8, rattle: 0.25, size: 0.5 },
      ),
      layer(
        'brushing',
        { azimuthDeg: 55, closeness: 0.74, spread: 0.5, path: 'strokes', periodSec: 10 },
        { tool: 'cotton', softness: 0.7, brightness: 0.34, pace: 0.3 },
        -3,
      ),
    ],
    room: { size: 0.5, amount: 0.8 },
  }),
  preset('evening-pair', {
    name: 'Evening pair',
    tags: ['two sounds', 'slow', 'dark'],
    seed: 909,
    gainDb: -1.5,
    arc: { thinner: 0.8, darker: 0.3, farther: 0.2 },
    layers: [
      layer(
        'brushing',
        { azimuthDeg: 68, closeness: 0.82, spread: 0.4, path: 'strokes', periodSec: 11 },
        { tool: 'makeup', softness: 0.85, brightness: 0.3, pace: 0.28, speed: 2.5 },
      ),
      layer(
        'tapping',
        { azimuthDeg: -66, closeness: 0.8 },
        { material: 'wood', softness: 0.86, brightness: 0.3, pace: 1, size: 0.65, table: 0.5, steadiness: 0.8 },
        -2,
      ),
    ],
  }),
  preset('rain-on-the-tent', {
    name: 'Rain on the tent',
    tags: ['rain', 'sleep', 'dark'],
    seed: 3003,
    gainDb: 0.7,
    arc: { slower: 0.1, thinner: 0.6, darker: 0.3, farther: 0.5, stiller: 0.1 },
    layers: [
      layer(
        'softRain',
        { azimuthDeg: 0, elevationDeg: 50, closeness: 0.45, spread: 0.95 },
        { surface: 'canvas', softness: 0.65, brightness: 0.36, pace: 5, density: 0.5, nearness: 0.5, wetness: 0.05 },
      ),
    ],
    room: { size: 0.2, amount: 0.4 },
  }),
  preset('window-and-brush', {
    name: 'Rain at the window, a brush near',
    tags: ['rain', 'brushing', 'two sounds'],
    seed: 611,
    gainDb: -0.7,
    arc: { slower: 0.6, thinner: 0.1, stiller: 0.8 },
    layers: [
      layer(
        'brushing',
        { azimuthDeg: 70, closeness: 0.8, spread: 0.4, path: 'strokes', periodSec: 10 },
        { tool: 'makeup', softness: 0.8, brightness: 0.32, pace: 0.3, speed: 2.5 },
      ),
      layer(
        'softRain',
        { azimuthDeg: -110, closeness: 0.25, spread: 0.9 },
        { surface: 'window', softness: 0.75, brightness: 0.32, pace: 2.5, density: 0.4, nearness: 0.3 },
        -5,
      ),
    ],
  }),
  preset('night-hush', {
    name: 'Night hush',
    tags: ['soft noise', 'sleep', 'still'],
    seed: 88,
    arc: { slower: 0, thinner: 0, darker: 0.7, farther: 0.4, stiller: 0 },
    layers: [
      layer(
        'softNoise',
        { azimuthDeg: 0, closeness: 0.4, spread: 1 },
        { brightness: 0.3, softness: 0.7, swell: 0.6, width: 0.85, crispness: 0.1 },
      ),
    ],
    room: { size: 0.3, amount: 0.2 },
  }),
];

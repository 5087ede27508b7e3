// What is different between two scenes, in words people would use: "a little softer · moved closer, 14 cm (was 22)".
import {
  ARC_SPECS,
  describePlace,
  findTrigger,
  formatNumber,
  formatParam,
  LAYER_GAIN,
  MASTER_GAIN,
  PLACE_SPECS,
  ROOM_SPECS,
  toTravel,
} from '../synth/index.ts';
import type { Layer, NumberParam, ParamSpec, ParamValue, Path, Place, Scene } from '../synth/index.ts';
import { distanceWords } from '../synth/describeDistance.ts';
import { layerName } from '../synth/layerNames.ts';

export interface Difference {
  /** `layer-1/params/softness`, `layer-1`, `room/size`: what it is about, in the first scene's names. */
  readonly what: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** "brushing", where there are several layers; '' for the whole sound. */
  readonly layer: string;
  /** "a little softer". */
  readonly words: string;
  /** How much of it is heard: the list is in this order. */
  readonly weight: number;
}

export const SAME = 'the same sound';

/** What became of `a` in `b`, the most audible first. Empty: every sample is the same. */
export function diffScenes(a: Scene, b: Scene): readonly Difference[] {
  const found: Difference[] = [];
  const pairs = pairsOf(a.layers, b.layers);
  for (const layer of a.layers) {
    const partner = pairs.get(layer);
    if (partner) found.push(...diffLayers(layer, partner, a.layers.length > 1 ? layerName(a.layers, layer) : ''));
    else found.push(whole(layer.id, 'removed', `${layerName(a.layers, layer)} removed`));
  }
  const kept = new Set(pairs.values());
  for (const layer of b.layers) {
    if (!kept.has(layer)) found.push(whole(layer.id, 'added', `${layerName(b.layers, layer)} added`));
  }
  add(found, 'master/gainDb', levelWords('the whole sound ', a.master.gainDb, b.master.gainDb), 60);
  if (a.master.mono !== b.master.mono)
    add(found, 'master/mono', b.master.mono ? 'for one ear' : 'for both ears again', 70);
  add(found, 'room/amount', moreOrLess(ROOM_SPECS.amount, a.room.amount, b.room.amount, 'more room', 'less room'), 40);
  add(found, 'room/size', moreOrLess(ROOM_SPECS.size, a.room.size, b.room.size, 'a larger room', 'a smaller room'), 30);
  for (const [id, spec] of Object.entries(ARC_SPECS)) {
    const key = id as keyof typeof ARC_SPECS;
    const words = numberWords(spec, a.arc[key], b.arc[key]);
    add(found, `arc/${id}`, words && `over a night: ${words}`, 10);
  }
  if (a.seed !== b.seed) add(found, 'seed', 'another take of it', 20);
  return found
    .map((one, index) => ({ one, index }))
    .sort((x, y) => y.one.weight - x.one.weight || x.index - y.index)
    .map(({ one }) => one);
}

/** One line for each layer that differs, and for each difference of the whole: "brushing: a little softer · slower". */
export function diffLines(found: readonly Difference[]): readonly string[] {
  const lines = new Map<string, string[]>();
  for (const { what, layer, words } of found) {
    const key = layer === '' ? what : layer;
    lines.set(key, [...(lines.get(key) ?? [layer === '' ? '' : `${layer}: `]), words]);
  }
  return [...lines.values()].map(([head = '', ...words]) => head + words.join(' · '));
}

/** In one line. */
export function diffInWords(a: Scene, b: Scene): string {
  const found = diffScenes(a, b);
  return found.length === 0 ? SAME : diffLines(found).join('; ');
}

function whole(what: string, kind: Difference['kind'], words: string): Difference {
  return { what, kind, layer: '', words, weight: 100 };
}

function add(found: Difference[], what: string, words: string, weight: number, layer = ''): void {
  if (words !== '') found.push({ what, kind: 'changed', layer, words, weight: Math.round(weight) });
}

/** The same id and kind first; then what is left, by kind and in order. */
function pairsOf(a: readonly Layer[], b: readonly Layer[]): Map<Layer, Layer> {
  const pairs = new Map<Layer, Layer>();
  const free = new Set(b);
  const fits = [
    (one: Layer, other: Layer) => one.trigger === other.trigger && one.id === other.id,
    (one: Layer, other: Layer) => one.trigger === other.trigger,
  ];
  for (const fit of fits) {
    for (const layer of a) {
      const partner = pairs.has(layer) ? undefined : [...free].find((other) => fit(layer, other));
      if (!partner) continue;
      pairs.set(layer, partner);
      free.delete(partner);
    }
  }
  return pairs;
}

function diffLayers(a: Layer, b: Layer, name: string): Difference[] {
  const found: Difference[] = [];
  const say = (part: string, words: string, weight: number): void => {
    add(found, `${a.id}/${part}`, words, weight, name);
  };
  if (a.muted !== b.muted) say('muted', b.muted ? 'silenced' : 'heard again', 95);
  for (const [id, spec] of Object.entries(findTrigger(a.trigger)?.params ?? {})) {
    const before = a.params[id] ?? spec.default;
    const after = b.params[id] ?? spec.default;
    say(`params/${id}`, paramWords(id, spec, before, after), weightOf(id, spec, before, after));
  }
  say('gainDb', levelWords('', a.gainDb, b.gainDb), 60 + 20 * travelled(LAYER_GAIN, a.gainDb, b.gainDb));
  placeWords(a.place, b.place, say);
  if (a.id !== b.id) say('id', 'another take of it', 20);
  return found;
}

// --- values ------------------------------------------------------------------------------------------------------

/** What more and less of it is called. */
const COMPARED: Readonly<Record<string, readonly [more: string, less: string]>> = {
  softness: ['softer', 'harder'],
  brightness: ['brighter', 'darker'],
  crispness: ['crisper', 'more blurred'],
  pace: ['faster', 'slower'],
  steadiness: ['steadier', 'freer'],
  surprise: ['more varied', 'more alike'],
  size: ['larger', 'smaller'],
  density: ['denser', 'sparser'],
};

const WEIGHTS: Readonly<Record<string, number>> = { pace: 70, softness: 65, brightness: 60, crispness: 50 };

function weightOf(id: string, spec: ParamSpec, a: ParamValue, b: ParamValue): number {
  if (spec.kind === 'choice') return 85;
  return (WEIGHTS[id] ?? 40) + 20 * travelled(spec, Number(a), Number(b));
}

function paramWords(id: string, spec: ParamSpec, a: ParamValue, b: ParamValue): string {
  if (a === b) return '';
  if (spec.kind === 'choice') {
    return `${spec.label.toLowerCase()} ${lower(formatParam(spec, b))} (was ${lower(formatParam(spec, a))})`;
  }
  const pair = Object.hasOwn(COMPARED, id) ? COMPARED[id] : undefined;
  if (!pair) return numberWords(spec, Number(a), Number(b));
  const words = moreOrLess(spec, Number(a), Number(b), ...pair);
  return spec.unit === '' ? words : words + figures(spec, Number(a), Number(b));
}

/** "speed a little higher, 4.0 cm/s (was 3.0)". */
function numberWords(spec: NumberParam, a: number, b: number): string {
  const words = moreOrLess(spec, a, b, 'more', 'less');
  return words === '' ? '' : `${spec.label.toLowerCase()} ${words}${figures(spec, a, b)}`;
}

/** Exact figures, where they read differently. */
function figures(spec: NumberParam, a: number, b: number): string {
  const [before, after] = spec.unit === '' ? [percent(a), percent(b)] : [formatNumber(a), formatNumber(b)];
  if (before === after) return '';
  const unit = spec.unit === '' ? ' %' : spec.unit === '°' ? '°' : ` ${spec.unit}`;
  return `, ${after}${unit} (was ${before})`;
}

function percent(value: number): string {
  return String(Math.round(value * 100));
}

/** "a little softer". '' for no difference at all; the smallest one that there is still counts. */
function moreOrLess(spec: NumberParam, a: number, b: number, more: string, less: string): string {
  if (a === b) return '';
  const words = b > a ? more : less;
  const way = travelled(spec, a, b);
  const article = /^an? /.exec(words)?.[0] ?? '';
  if (way < 0.06) return `${article === '' ? 'a touch ' : 'barely '}${words}`;
  if (way < 0.2) return article === '' ? `a little ${words}` : `${article}slightly ${words.slice(article.length)}`;
  return way < 0.5 ? words : `${article}much ${words.slice(article.length)}`;
}

function travelled(spec: NumberParam, a: number, b: number): number {
  return Math.abs(toTravel(spec, b) - toTravel(spec, a));
}

function levelWords(of: string, a: number, b: number): string {
  const words = moreOrLess(MASTER_GAIN, a, b, 'louder', 'quieter');
  return words === '' ? '' : `${of}${words}, ${decibels(b - a)} dB`;
}

function decibels(change: number): string {
  return `${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(1).replace(/\.0$/, '')}`;
}

function lower(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}

// --- place -------------------------------------------------------------------------------------------------------

const PATH_WORDS: Readonly<Record<Path, readonly [now: string, before: string]>> = {
  still: ['stays in one place', 'still'],
  drift: ['drifts', 'drifting'],
  earToEar: ['goes from ear to ear', 'going from ear to ear'],
  orbit: ['circles the head', 'circling'],
  strokes: ['follows the strokes', 'following the strokes'],
};

function placeWords(a: Place, b: Place, say: (part: string, words: string, weight: number) => void): void {
  const { elevationDeg, closeness, spread, periodSec } = PLACE_SPECS;
  if (a.path !== b.path) say('place/path', `${PATH_WORDS[b.path][0]} (was ${PATH_WORDS[a.path][1]})`, 75);
  if (a.closeness !== b.closeness) {
    const [before, after] = [distanceWords(a.closeness), distanceWords(b.closeness)];
    // The unit once, unless there are two: "14 cm (was 22)", "1 m (was 16 cm)".
    const short = after.endsWith(' cm') ? before.replace(/ cm$/, '') : before;
    const was = before === after ? '' : `, ${after} (was ${short})`;
    const way = moreOrLess(closeness, a.closeness, b.closeness, 'closer', 'further away');
    say('place/closeness', `moved ${way}${was}`, 66 + 20 * travelled(closeness, a.closeness, b.closeness));
  }
  if (a.azimuthDeg !== b.azimuthDeg) {
    const turn = Math.abs(((b.azimuthDeg - a.azimuthDeg + 540) % 360) - 180);
    say('place/azimuthDeg', `moved ${direction(a, b, turn)}`, 55 + turn / 6);
  }
  say('place/elevationDeg', moreOrLess(elevationDeg, a.elevationDeg, b.elevationDeg, 'higher up', 'lower down'), 35);
  say('place/spread', moreOrLess(spread, a.spread, b.spread, 'wider', 'narrower'), 35);
  const moves = a.path !== 'still' && a.path !== 'strokes' && a.path === b.path;
  const journey = moreOrLess(periodSec, a.periodSec, b.periodSec, 'a slower journey', 'a quicker journey');
  say('place/periodSec', journey && journey + figures(periodSec, a.periodSec, b.periodSec), moves ? 35 : 5);
}

/** "to the left ear" when the words for where it is change; else how far it turned. */
function direction(a: Place, b: Place, turn: number): string {
  const still = (place: Place): string =>
    describePlace({ ...place, path: 'still', elevationDeg: 0, closeness: b.closeness });
  const [before, after] = [still(a), still(b)];
  if (before === after) return `a little to the ${turnsLeft(a, b) ? 'left' : 'right'}, by ${formatNumber(turn)}°`;
  return after.startsWith('at the')
    ? `to ${after.slice(3)}`
    : after.startsWith('close to')
      ? after
      : `to ${place(after)}`;
}

function place(words: string): string {
  return words.replace(/^close, /, '');
}

function turnsLeft(a: Place, b: Place): boolean {
  return (b.azimuthDeg - a.azimuthDeg + 720) % 360 < 180;
}

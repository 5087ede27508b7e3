// Differences between two scenes in words: "a little softer · moved closer, 14 cm (was 22)".
import { diffScenes } from '../presets/diff.ts';
import type { Change, Difference, NumberChange } from '../presets/diff.ts';
import { distanceWords } from '../synth/describeDistance.ts';
import { describePlace, findTrigger, formatNumber, formatParam } from '../synth/index.ts';
import type { NumberParam, Place, Scene } from '../synth/index.ts';
import { layerName } from '../synth/layerNames.ts';
import { comparativeMessages } from './messages/comparatives.ts';
import { diffMessages as messages } from './messages/diff.ts';

/**
 * Two scenes compared, in one line.
 * @param a - before
 * @param b - after
 * @returns the differences, or that it is the same sound
 */
export function describeDiff(a: Scene, b: Scene): string {
  const found = diffScenes(a, b);
  return found.length === 0
    ? messages.same()
    : describeDifferences(found).reduce((before, line) => messages.nextLine({ before, line }));
}

/**
 * One line for each layer that differs, and for each difference of the whole.
 * @param found - differences of `diffScenes`
 * @returns the lines
 */
export function describeDifferences(found: readonly Difference[]): readonly string[] {
  const lines = new Map<string, string>();
  for (const difference of found) {
    const { path, layer, layers, change } = difference;
    const name = layer && layers.length > 1 && !isWholeLayer(change) ? layerName(layers, layer) : '';
    const key = layer && name !== '' ? layer.id : path;
    const text = describeDifference(difference);
    const before = lines.get(key);
    if (before !== undefined) lines.set(key, messages.nextChange({ before, change: text }));
    else lines.set(key, name === '' ? text : messages.ofLayer({ layer: name, change: text }));
  }
  return [...lines.values()];
}

function isWholeLayer({ kind }: Change): boolean {
  return kind === 'layerAdded' || kind === 'layerRemoved';
}

/**
 * One difference, without the name of its layer.
 * @param difference - of `diffScenes`
 * @returns "a little softer"
 */
export function describeDifference({ layer, layers, change }: Difference): string {
  switch (change.kind) {
    case 'layerAdded':
      return messages.layerAdded({ layer: layer ? layerName(layers, layer) : '' });
    case 'layerRemoved':
      return messages.layerRemoved({ layer: layer ? layerName(layers, layer) : '' });
    case 'number':
      return describeNumber(change);
    case 'choice': {
      const spec = findTrigger(layer?.trigger ?? '')?.params[change.id];
      if (!spec) return '';
      const [before, after] = [lowerFirst(formatParam(spec, change.from)), lowerFirst(formatParam(spec, change.to))];
      return messages.choice({ label: spec.label.toLowerCase(), before, after });
    }
    case 'muted':
      return change.to ? messages.muted() : messages.unmuted();
    case 'mono':
      return change.to ? messages.mono() : messages.stereo();
    case 'path':
      return messages.path(change);
    case 'direction':
      return describeDirection(change.from, change.to, change.byDeg);
    case 'seed':
      return messages.seed();
  }
}

function describeNumber(change: NumberChange): string {
  const { group, id, direction, size, from, to } = change;
  const more = direction === 'more';
  const compare = (moreWord: () => string, lessWord: () => string): string =>
    messages.compared({ size, word: more ? moreWord() : lessWord() });
  switch (group) {
    case 'params': {
      if (!hasComparative(id)) return describeAmount(change);
      const { more: moreWord, less: lessWord } = comparativeMessages[id];
      const compared = compare(moreWord, lessWord);
      return change.spec.unit === '' ? compared : withFigures(compared, change);
    }
    case 'gain':
    case 'master': {
      const level = {
        change: compare(messages.louder, messages.quieter),
        sign: more ? 'plus' : 'minus',
        decibels: Math.abs(to - from)
          .toFixed(1)
          .replace(/\.0$/, ''),
      };
      return group === 'gain' ? messages.level(level) : messages.wholeLevel(level);
    }
    case 'room':
      if (id === 'amount') return compare(messages.moreRoom, messages.lessRoom);
      return more ? messages.largerRoom({ size }) : messages.smallerRoom({ size });
    case 'arc':
      return messages.overNight({ change: describeAmount(change) });
    case 'place':
      switch (id) {
        case 'closeness':
          return describeDistance(change, compare(messages.closer, messages.farther));
        case 'elevationDeg':
          return compare(messages.higher, messages.lower);
        case 'spread':
          return compare(messages.wider, messages.narrower);
        default:
          return withFigures(more ? messages.slowerJourney({ size }) : messages.quickerJourney({ size }), change);
      }
  }
}

function hasComparative(id: string): id is keyof typeof comparativeMessages {
  return Object.hasOwn(comparativeMessages, id);
}

/** "speed a little more, 4.0 cm/s (was 3.0)". */
function describeAmount(change: NumberChange): string {
  const { spec, direction, size } = change;
  return withFigures(messages.amount({ label: spec.label.toLowerCase(), direction, size }), change);
}

/** With exact figures, where they read differently. */
function withFigures(change: string, { spec, from, to }: NumberChange): string {
  const [before, after] = [figure(spec, from), figure(spec, to)];
  if (before === after) return change;
  const unit = spec.unit === '' ? '%' : spec.unit;
  const value = unit === '°' ? messages.degrees({ value: after }) : messages.withUnit({ value: after, unit });
  return messages.withFigures({ change, after: value, before });
}

function figure({ unit }: NumberParam, value: number): string {
  return unit === '' ? String(Math.round(value * 100)) : formatNumber(value);
}

function describeDistance({ from, to }: NumberChange, compared: string): string {
  const change = messages.moved({ change: compared });
  const [before, after] = [distanceWords(from), distanceWords(to)];
  if (before === after) return change;
  // The unit once, unless there are two: "14 cm (was 22)", "1 m (was 16 cm)".
  const short = after.endsWith(' cm') ? before.replace(/ cm$/, '') : before;
  return messages.withFigures({ change, after, before: short });
}

/** "to the left ear" when the words for the place differ; else by how much. */
function describeDirection(from: Place, to: Place, byDeg: number): string {
  const describe = (place: Place): string =>
    describePlace({ ...place, path: 'still', elevationDeg: 0, closeness: to.closeness });
  const [before, after] = [describe(from), describe(to)];
  if (before === after) {
    const side = byDeg > 0 ? 'left' : 'right';
    return messages.turned({ side, degrees: formatNumber(Math.abs(byDeg)) });
  }
  if (after.startsWith('close to')) return messages.moved({ change: after });
  return messages.movedTo({ place: after.replace(/^(?:at|close,) /, '') });
}

function lowerFirst(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}

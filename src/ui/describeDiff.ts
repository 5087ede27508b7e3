// Differences between two scenes in words: "a little softer · moved closer, 14 cm (was 22 cm)".
import { diffScenes } from '../presets/diff.ts';
import type { Change, Difference, NumberChange } from '../presets/diff.ts';
import { formatNumber } from '../lib/i18n/format.ts';
import { findTrigger, MACROS } from '../synth/index.ts';
import type { Arc, Place, Room, Scene } from '../synth/index.ts';
import { describePlace, layerName } from './describeScene.ts';
import { formatDistance, formatFigures, formatParam, formatRounded, formatShare } from './formatParam.ts';
import { diffMessages as messages } from './messages/diff.ts';
import { soundMessages } from './messages/sound.ts';
import { comparative, paramMessages } from './triggerMessages.ts';
import type { ParamMessages } from './triggerMessages.ts';

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
      return describeNumber(layer?.trigger ?? '', change);
    case 'choice': {
      const trigger = layer?.trigger ?? '';
      const spec = findTrigger(trigger)?.params[change.id];
      if (!spec) return '';
      const [before, after] = [change.from, change.to].map((id) =>
        formatParam(spec, paramMessages(trigger, change.id), id),
      );
      return messages.choice({ before: before ?? '', after: after ?? '' });
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

function describeNumber(trigger: string, change: NumberChange): string {
  const { group, id, direction, size, from, to } = change;
  const texts = messagesOf(trigger, group, id);
  const compared = messages.compared({ size, word: comparative(texts, direction) });
  switch (group) {
    case 'params': {
      const isPlainMacro = change.spec.unit === '' && (MACROS as readonly string[]).includes(id);
      return isPlainMacro ? compared : withFigures(compared, change);
    }
    case 'gain':
    case 'master': {
      const decibels = formatNumber(Math.abs(to - from), { maximumFractionDigits: 1 });
      const level = { change: compared, sign: direction === 'more' ? 'plus' : 'minus', decibels };
      return group === 'gain' ? messages.level(level) : messages.wholeLevel(level);
    }
    case 'room':
      return compared;
    case 'arc':
      return messages.overNight({ change: withFigures(compared, change) });
    case 'place':
      if (id === 'closeness') return withDistance(messages.moved({ change: compared }), change);
      return id === 'periodSec' ? withFigures(compared, change) : compared;
  }
}

function messagesOf(trigger: string, group: NumberChange['group'], id: string): ParamMessages {
  switch (group) {
    case 'params':
      return paramMessages(trigger, id);
    case 'gain':
    case 'master':
      return soundMessages.level;
    case 'room':
      return soundMessages.room[id as keyof Room];
    case 'arc':
      return soundMessages.arc[id as keyof Arc];
    case 'place':
      return soundMessages.place[id as Exclude<keyof Place, 'path'>];
  }
}

/** With exact figures, where they read differently. */
function withFigures(change: string, { spec: { unit }, from, to }: NumberChange): string {
  const [before, after] = [from, to].map((value) => (unit === '' ? formatShare(value) : formatRounded(value)));
  if (before === after) return change;
  return messages.withFigures({ change, after: formatFigures(unit, to), before: before ?? '' });
}

function withDistance(change: string, { from, to }: NumberChange): string {
  const [before, after] = [formatDistance(from), formatDistance(to)];
  return before === after ? change : messages.withFigures({ change, after, before });
}

/** "now at the left ear" when the words for the place differ; else by how much. */
function describeDirection(from: Place, to: Place, byDeg: number): string {
  const describe = (place: Place): string =>
    describePlace({ ...place, path: 'still', elevationDeg: 0, closeness: to.closeness });
  const place = describe(to);
  if (place !== describe(from)) return messages.movedTo({ place });
  return messages.turned({ side: byDeg > 0 ? 'left' : 'right', degrees: Math.round(Math.abs(byDeg)) });
}

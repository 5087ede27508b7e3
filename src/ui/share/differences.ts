// How a sound that was sent differs from mine, in a few words each: layers, then what moved most, then place and level.
import { distanceM, findTrigger, formatParam, MACROS, PLACE_SPECS, toTravel } from '../../synth/index.ts';
import type { Layer, Macro, Scene } from '../../synth/index.ts';
import { findLayer, formatDistance, layerName, sameScene, wrapDeg } from '../session/sceneEdits.ts';
import { directionWords, t } from '../texts.ts';
import { shareTexts } from './texts.ts';

/** Shares of a slider: less is not worth a word, more is not "a little". */
const WORTH_SAYING = 0.02;
const A_LITTLE = 0.15;
const TURNED_DEG = 8;
const LOUDER_DB = 1;

/** "a little softer", "slower, 1.6 per second (was 2.2)": mine first, theirs second. Empty when they sound the same. */
export function differences(mine: Scene, theirs: Scene): readonly string[] {
  const words = shareTexts.differs;
  const all: string[] = [];
  for (const { id } of theirs.layers) if (!findLayer(mine, id)) all.push(words.added(layerName(theirs, id)));
  for (const layer of mine.layers) {
    const other = findLayer(theirs, layer.id);
    if (!other) all.push(words.gone(layerName(mine, layer.id)));
    else if (other.trigger !== layer.trigger)
      all.push(words.instead(layerName(theirs, layer.id), layerName(mine, layer.id)));
    else {
      const found = changesOf(layer, other);
      const prefix = theirs.layers.length > 1 && found.length > 0 ? `${layerName(theirs, layer.id)}: ` : '';
      all.push(...found.map((change, index) => (index === 0 ? prefix + change : change)));
    }
  }
  const wholeDb = theirs.master.gainDb - mine.master.gainDb;
  if (Math.abs(wholeDb) >= LOUDER_DB) all.push(wholeDb > 0 ? words.louder : words.quieter);
  return all.length === 0 && !sameScene(mine, theirs) ? [words.details] : all;
}

function changesOf(mine: Layer, theirs: Layer): string[] {
  const words = shareTexts.differs;
  const specs = findTrigger(mine.trigger)?.params ?? {};
  const found: string[] = [];
  for (const [id, spec] of Object.entries(specs)) {
    const [before, after] = [mine.params[id] ?? spec.default, theirs.params[id] ?? spec.default];
    if (before === after) continue;
    if (spec.kind === 'choice') found.push(words.now(formatParam(spec, after), formatParam(spec, before)));
    else if (typeof before === 'number' && typeof after === 'number') {
      const travel = toTravel(spec, after) - toTravel(spec, before);
      if (Math.abs(travel) < WORTH_SAYING) continue;
      const little = Math.abs(travel) < A_LITTLE ? words.aLittle : '';
      const which = travel > 0 ? 1 : 0;
      const end = which === 1 ? spec.high : spec.low;
      const isMacro = (MACROS as readonly string[]).includes(id);
      const name = isMacro ? t.comparatives[id as Macro][which] : end ? t.towards(end) : t.changedIn(spec.label);
      const numbers = spec.unit === '' ? '' : words.was(formatParam(spec, after), formatParam(spec, before));
      found.push(`${little}${name}${numbers}`);
    }
  }
  return [...found, ...placeChanges(mine, theirs)];
}

function placeChanges(mine: Layer, theirs: Layer): string[] {
  const words = shareTexts.differs;
  const [was, is] = [mine.place, theirs.place];
  const found: string[] = [];
  if (formatDistance(was.closeness) !== formatDistance(is.closeness)) {
    const nearer = distanceM(is.closeness) < distanceM(was.closeness);
    found.push(words.distance(nearer, formatDistance(is.closeness), formatDistance(was.closeness)));
  }
  if (Math.abs(wrapDeg(is.azimuthDeg - was.azimuthDeg)) >= TURNED_DEG)
    found.push(words.turned(directionWords(is.azimuthDeg), directionWords(was.azimuthDeg)));
  if (is.path !== was.path) found.push(words.path(t.paths[is.path]));
  if (Math.abs(toTravel(PLACE_SPECS.spread, is.spread) - toTravel(PLACE_SPECS.spread, was.spread)) >= A_LITTLE)
    found.push(is.spread > was.spread ? words.wider : words.narrower);
  const gainDb = theirs.gainDb - mine.gainDb;
  if (Math.abs(gainDb) >= LOUDER_DB) found.push(gainDb > 0 ? words.louder : words.quieter);
  if (mine.muted !== theirs.muted) found.push(theirs.muted ? words.muted : words.unmuted);
  return found;
}

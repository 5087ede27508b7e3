// A scene in plain words: "soft nail taps on glass, slow, close to the left ear; silk brush on the right".
import { distanceM, findTrigger, levelId, wordId } from '../synth/index.ts';
import type { Layer, Place, Scene } from '../synth/index.ts';
import { soundMessages } from './messages/sound.ts';
import { triggerLabel, triggerMessages } from './triggerMessages.ts';

/**
 * Describes a whole scene; muted layers are left out.
 * @param scene - the scene
 * @returns one line
 */
export function describeScene(scene: Scene): string {
  const parts = scene.layers.filter((layer) => !layer.muted).map(describeLayer);
  return chain(parts) || soundMessages.silence();
}

/**
 * Chains descriptions that have commas of their own.
 * @param parts - the descriptions
 * @returns one line, '' for none
 */
export function chain(parts: readonly string[]): string {
  return parts.reduceRight((rest, first) => (rest === '' ? first : soundMessages.both({ first, rest })), '');
}

function describeLayer({ trigger: id, params, place }: Layer): string {
  const trigger = findTrigger(id);
  const messages = triggerMessages(id);
  if (!trigger || !messages) return soundMessages.unknown();
  const values: Record<string, string> = {};
  for (const [key, spec] of Object.entries(trigger.params)) {
    const value = params[key] ?? spec.default;
    const code = spec.kind === 'choice' ? String(value) : levelId(spec, Number(value));
    const word = spec.kind === 'choice' ? code : wordId(spec, Number(value));
    values[key] = code;
    values[`${key}Word`] = messages.params[key]?.words?.[word]?.() ?? '';
    values[`${key}Noun`] = messages.params[key]?.nouns?.[code]?.() ?? '';
  }
  return soundMessages.layer({ sound: messages.describe(values), place: describePlace(place) });
}

const AT_THE_EAR_M = 0.2;
const CLOSE_M = 0.4;
const AWAY_M = 0.7;

/**
 * Describes where a layer is heard.
 * @param place - its place
 * @returns "at the left ear", "close, behind on the right", "in front, a little away", "circling the head"
 */
export function describePlace({ azimuthDeg, elevationDeg, closeness, path }: Place): string {
  const { where } = soundMessages;
  const metres = distanceM(closeness);
  const distance = metres < AT_THE_EAR_M ? 'atEar' : metres < CLOSE_M ? 'close' : metres < AWAY_M ? 'near' : 'away';
  if (path === 'orbit' || path === 'earToEar') return where.moving({ path, distance });
  const direction = directionOf(azimuthDeg);
  const side = direction === 'left' ? 'Left' : direction === 'right' ? 'Right' : '';
  const nearness =
    distance === 'atEar'
      ? side === ''
        ? 'close'
        : `at${side}Ear`
      : distance === 'close' && side !== ''
        ? `closeTo${side}Ear`
        : distance;
  const still = where.still({ distance: nearness, direction: where[direction]() });
  if (elevationDeg > 35) return where.above({ where: still });
  return elevationDeg < -25 ? where.below({ where: still }) : still;
}

type Direction = 'front' | 'frontLeft' | 'frontRight' | 'left' | 'right' | 'backLeft' | 'backRight' | 'back';

function directionOf(azimuthDeg: number): Direction {
  const size = Math.abs(azimuthDeg);
  const side = azimuthDeg > 0 ? 'Left' : 'Right';
  if (size < 25) return 'front';
  if (size < 55) return `front${side}`;
  if (size <= 125) return azimuthDeg > 0 ? 'left' : 'right';
  return size <= 155 ? `back${side}` : 'back';
}

/**
 * Names a layer in a sentence.
 * @param layers - all layers of the scene
 * @param layer - one of them
 * @returns "brushing", or "second tapping" when there are two of a kind
 */
export function layerName(layers: readonly Layer[], layer: Layer): string {
  const name = triggerMessages(layer.trigger)?.name() ?? soundMessages.unknown();
  const same = layers.filter(({ trigger }) => trigger === layer.trigger);
  return same.length > 1 ? soundMessages.nameOfSeveral({ name, index: same.indexOf(layer) + 1 }) : name;
}

/**
 * Names a layer on its chip.
 * @param scene - the scene
 * @param layerId - the layer's id
 * @returns "Tapping", or "Tapping 2" for the second one; '' for no layer
 */
export function layerLabel(scene: Scene, layerId: string): string {
  const layer = scene.layers.find(({ id }) => id === layerId);
  if (!layer) return '';
  const label = triggerLabel(layer.trigger);
  const same = scene.layers.filter(({ trigger }) => trigger === layer.trigger);
  return same.length > 1 ? soundMessages.labelOfSeveral({ label, index: same.indexOf(layer) + 1 }) : label;
}

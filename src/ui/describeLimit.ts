// Limits of a shared preset in words: "Brushing, Pace: between 0.20 per second and 0.50 per second".
import { findLimitTarget } from '../formats/limitTarget.ts';
import type { LimitTarget } from '../formats/limitTarget.ts';
import type { ParamLimit } from '../formats/sharedPreset.ts';
import { effectiveLimit } from '../presets/limits.ts';
import { formatNumber } from '../lib/i18n/format.ts';
import { PLACE_SPECS } from '../synth/index.ts';
import type { NumberParam, Place, Room, Scene } from '../synth/index.ts';
import { layerLabel } from './describeScene.ts';
import { formatDistance, formatRounded } from './formatParam.ts';
import { diffMessages as messages } from './messages/diff.ts';
import { soundMessages } from './messages/sound.ts';
import { paramMessages } from './triggerMessages.ts';

/**
 * A limit in words.
 * @param scene - whose value is limited
 * @param limit - of a shared preset
 * @returns one line; '' for a limit without effect
 */
export function describeLimit(scene: Scene, limit: ParamLimit): string {
  const target = findLimitTarget(scene, limit.what);
  const effective = effectiveLimit(scene, limit);
  if (!target || !effective) return '';
  const { spec } = target;
  const { min, max } = effective;
  const name = describeTarget(scene, target);
  if (spec === PLACE_SPECS.closeness) return describeDistanceLimit(name, min, max);
  if (min === null) return max === null ? '' : messages.limit.atMost({ name, max: formatValue(spec, max) });
  if (max === null) return messages.limit.atLeast({ name, min: formatValue(spec, min) });
  if (min === max) return messages.limit.exactly({ name, max: formatValue(spec, max) });
  return messages.limit.between({ name, min: formatValue(spec, min), max: formatValue(spec, max) });
}

/** Closeness is a distance to people, and its nearer end matters most. */
function describeDistanceLimit(name: string, min: number | null, max: number | null): string {
  if (min === null) return max === null ? '' : messages.limit.notCloser({ name, near: formatDistance(max) });
  const far = formatDistance(min);
  if (max === null) return messages.limit.notFarther({ name, far });
  const near = formatDistance(max);
  return far === near ? messages.limit.staysAway({ name, near }) : messages.limit.betweenAway({ name, far, near });
}

/**
 * The name of a value that can be limited.
 * @param scene - whose value it is
 * @param target - the value
 * @returns "Brushing, Softness"; "Softness" where there is one layer only
 */
export function describeTarget(scene: Scene, { id, group, layer }: LimitTarget): string {
  if (group === 'master') return messages.inWhole({ name: soundMessages.level.label() });
  if (group === 'room') return messages.inRoom({ name: soundMessages.room[id as keyof Room].label() });
  const texts =
    group === 'gain'
      ? soundMessages.level
      : group === 'place'
        ? soundMessages.place[id as Exclude<keyof Place, 'path'>]
        : paramMessages(layer?.trigger ?? '', id);
  const name = texts.label();
  return layer && scene.layers.length > 1 ? messages.inLayer({ layer: layerLabel(scene, layer.id), name }) : name;
}

/**
 * A value in figures, also where sliders show words: limits are exact.
 * @param spec - of the value
 * @param value - in its range
 * @returns "50 %", "−3.0 dB", "23 cm"
 */
export function formatValue(spec: NumberParam, value: number): string {
  if (spec === PLACE_SPECS.closeness) return formatDistance(value);
  const { unit } = spec;
  const figures =
    unit === '' ? formatNumber(value * 100, { maximumFractionDigits: 1 }) : formatRounded(value).replace('-', '−');
  return soundMessages.figures({ unit, figures });
}

// Limits of a shared preset in words: "not closer than 23 cm", "brushing: pace between 0.20 and 0.50 per second".
import { findLimitTarget } from '../formats/limitTarget.ts';
import type { LimitTarget } from '../formats/limitTarget.ts';
import type { ParamLimit } from '../formats/sharedPreset.ts';
import { effectiveLimit } from '../presets/limits.ts';
import { distanceWords } from '../synth/describeDistance.ts';
import { formatNumber, PLACE_SPECS } from '../synth/index.ts';
import type { NumberParam, Scene } from '../synth/index.ts';
import { layerName } from '../synth/layerNames.ts';
import { diffMessages as messages } from './messages/diff.ts';

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
  if (spec === PLACE_SPECS.closeness) return describeDistanceLimit(scene, target, min, max);
  const name = describeTarget(scene, target);
  if (min === null) return max === null ? '' : messages.limit.atMost({ name, max: formatValue(spec, max) });
  if (max === null) return messages.limit.atLeast({ name, min: formatValue(spec, min) });
  if (min === max) return messages.limit.exactly({ name, max: formatValue(spec, max) });
  return messages.limit.between({ name, min: formatValue(spec, min), max: formatValue(spec, max) });
}

/** Closeness is a distance to people, and its nearer end matters most. */
function describeDistanceLimit(scene: Scene, { layer }: LimitTarget, min: number | null, max: number | null): string {
  const prefix =
    layer && scene.layers.length > 1 ? messages.layerPrefix({ layer: layerName(scene.layers, layer) }) : '';
  if (min === null) return max === null ? '' : messages.limit.notCloser({ layer: prefix, near: distanceWords(max) });
  const far = distanceWords(min);
  if (max === null) return messages.limit.notFarther({ layer: prefix, far });
  const near = distanceWords(max);
  return far === near
    ? messages.limit.staysAway({ layer: prefix, near })
    : messages.limit.betweenAway({ layer: prefix, far, near });
}

/**
 * The name of a value that can be limited.
 * @param scene - whose value it is
 * @param target - the value
 * @returns "brushing: softness", "level of the whole sound"
 */
export function describeTarget(scene: Scene, { spec, group, layer }: LimitTarget): string {
  const name = spec.label.toLowerCase();
  if (group === 'master') return messages.levelOfAll();
  if (group === 'room') return messages.inRoom({ name });
  const layerText = layer ? layerName(scene.layers, layer) : '';
  if (group === 'gain') return messages.levelOf({ layer: layerText });
  return scene.layers.length > 1 ? messages.inLayer({ layer: layerText, name }) : name;
}

/**
 * A value in figures, also where sliders show words: limits are exact.
 * @param spec - of the value
 * @param value - in its range
 * @returns "50 %", "−3.0 dB", "23 cm"
 */
export function formatValue(spec: NumberParam, value: number): string {
  if (spec === PLACE_SPECS.closeness) return distanceWords(value);
  if (spec.unit === '')
    return messages.percent({ value: formatNumber(Math.round(value * 1000) / 10).replace(/\.0$/, '') });
  const figure = formatNumber(value).replace('-', '−');
  return spec.unit === '°'
    ? messages.degrees({ value: figure })
    : messages.withUnit({ value: figure, unit: spec.unit });
}

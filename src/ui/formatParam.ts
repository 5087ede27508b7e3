// Values of parameters as people read them: "soft nail", "1.6 per second", "55 %", "23 cm".
import { formatNumber } from '../lib/i18n/format.ts';
import { distanceM, wordId } from '../synth/index.ts';
import type { ParamSpec, ParamValue, Unit } from '../synth/index.ts';
import { soundMessages } from './messages/sound.ts';
import type { ParamMessages } from './triggerMessages.ts';

/**
 * Formats a value as a slider shows it and a screen reader reads it.
 * @param spec - the parameter
 * @param messages - its messages
 * @param value - a number inside its range, or the id of an option
 * @returns the word of the value, or its figures
 */
export function formatParam(spec: ParamSpec, messages: ParamMessages, value: ParamValue): string {
  if (spec.kind === 'choice') return messages.choices?.[value]?.() ?? String(value);
  if (typeof value !== 'number') return '';
  return messages.words?.[wordId(spec, value)]?.() ?? formatFigures(spec.unit, value);
}

/**
 * Formats a number with its unit.
 * @param unit - its unit; '' for a share
 * @param value - in the unit; 0…1 for a share
 * @returns the figures: two of them where they matter
 */
export function formatFigures(unit: Unit, value: number): string {
  return soundMessages.figures({ unit, figures: unit === '' ? formatShare(value) : formatRounded(value) });
}

/**
 * Formats a number to two significant figures: 0.35, 1.6, 12, 240.
 * @param value - any finite number
 * @returns the figures
 */
export function formatRounded(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 10 || size === 0 ? 0 : size >= 1 ? 1 : 2;
  return formatNumber(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/**
 * Formats a share in percent, without the sign.
 * @param value - 0…1
 * @returns whole percents
 */
export function formatShare(value: number): string {
  return formatNumber(Math.round(value * 100));
}

/**
 * Formats how near a sound is.
 * @param closeness - 0 (1 m) … 1 (12 cm)
 * @returns "23 cm", and "1 m" for the outer ring
 */
export function formatDistance(closeness: number): string {
  const centimetres = Math.round(distanceM(closeness) * 100);
  return centimetres >= 100
    ? soundMessages.metres({ distance: centimetres / 100 })
    : soundMessages.centimetres({ distance: centimetres });
}

/**
 * Formats an azimuth.
 * @param azimuthDeg - degrees, −180…180, + left
 * @returns "60° left", "in front"
 */
export function formatDirection(azimuthDeg: number): string {
  const degrees = Math.round(Math.abs(azimuthDeg));
  const side = degrees === 0 ? 'front' : degrees === 180 ? 'back' : azimuthDeg > 0 ? 'left' : 'right';
  return soundMessages.direction({ side, degrees });
}

/**
 * Formats an elevation.
 * @param elevationDeg - degrees, −60…80, + up
 * @returns "12° above", "at ear height"
 */
export function formatHeight(elevationDeg: number): string {
  const degrees = Math.round(Math.abs(elevationDeg));
  const side = degrees === 0 ? 'level' : elevationDeg > 0 ? 'above' : 'below';
  return soundMessages.height({ side, degrees });
}

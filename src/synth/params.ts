// What a parameter is: range, default, unit, and the words people read. Clamping, tapering and formatting in one place.
import { clamp, exp, log } from './dsp/math.ts';

/** The house macros: the same word means the same on every trigger. Closeness lives in the layer's place. */
export type Macro = 'softness' | 'brightness' | 'crispness' | 'pace' | 'steadiness' | 'surprise';
export const MACROS: readonly Macro[] = ['softness', 'brightness', 'crispness', 'pace', 'steadiness', 'surprise'];

export interface NumberParam {
  readonly kind: 'number';
  readonly label: string;
  /** '' for a plain 0…1 quantity, else the unit shown and spoken: 'per second', 'cm/s', 'Hz', 's', '°', 'dB', 'm'. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** How the slider's travel maps to the value: 'log' for rates, sizes and frequencies. */
  readonly taper: 'linear' | 'log';
  /** Words at the slider's two ends. */
  readonly low: string;
  readonly high: string;
  /** Words for equal steps of the slider's travel, from low to high; empty where the number says it better. */
  readonly words: readonly string[];
  /** One sentence of help. */
  readonly hint: string;
}

export interface Choice {
  readonly id: string;
  readonly label: string;
}

export interface ChoiceParam<Id extends string = string> {
  readonly kind: 'choice';
  readonly label: string;
  readonly options: readonly (Choice & { readonly id: Id })[];
  readonly default: Id;
  readonly hint: string;
}

export type ParamSpec = NumberParam | ChoiceParam;
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;
export type ParamValue = number | string;
export type ParamValues = Record<string, ParamValue>;

/** The values a trigger's voice reads: a number per number, an option's id per choice. */
export type ValuesOf<P extends ParamSpecs> = {
  -readonly [K in keyof P]: P[K] extends ChoiceParam<infer Id> ? Id : number;
};

type NumberOptions = Partial<Omit<NumberParam, 'kind' | 'label' | 'default'>>;

/** A 0…1 quantity. */
export function unit(label: string, value: number, options: NumberOptions = {}): NumberParam {
  return number(label, value, { min: 0, max: 1, unit: '', ...options });
}

export function number(
  label: string,
  value: number,
  options: NumberOptions & Pick<NumberParam, 'min' | 'max' | 'unit'>,
): NumberParam {
  return { kind: 'number', label, default: value, taper: 'linear', low: '', high: '', words: [], hint: '', ...options };
}

export function choice<const Id extends string>(
  label: string,
  value: NoInfer<Id>,
  options: readonly { readonly id: Id; readonly label: string }[],
  hint = '',
): ChoiceParam<Id> {
  return { kind: 'choice', label, default: value, options, hint };
}

/** The nearest allowed value. Anything that is not of the parameter's kind becomes its default. */
export function clampParam(spec: ParamSpec, value: unknown): ParamValue {
  if (spec.kind === 'choice') {
    return spec.options.some((option) => option.id === value) ? (value as string) : spec.default;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return spec.default;
  return clamp(value, spec.min, spec.max) + 0; // −0 becomes 0
}

/** Value → slider travel [0, 1]. */
export function toTravel(spec: NumberParam, value: number): number {
  if (spec.taper === 'log') return log(value / spec.min) / log(spec.max / spec.min);
  return (value - spec.min) / (spec.max - spec.min);
}

/** Slider travel [0, 1] → value. */
export function fromTravel(spec: NumberParam, travel: number): number {
  const t = clamp(travel, 0, 1);
  if (spec.taper === 'log') return clamp(spec.min * exp(log(spec.max / spec.min) * t), spec.min, spec.max);
  return spec.min + (spec.max - spec.min) * t;
}

/** The value in words ("soft nail", "1.6 per second"): what a slider shows and a screen reader says. */
export function formatParam(spec: ParamSpec, value: ParamValue): string {
  if (spec.kind === 'choice') return spec.options.find((option) => option.id === value)?.label ?? String(value);
  if (typeof value !== 'number') return '';
  const { words } = spec;
  if (words.length > 0)
    return words[Math.min(words.length - 1, Math.floor(toTravel(spec, value) * words.length))] ?? '';
  if (spec.unit === '') return `${String(Math.round(value * 100))} %`;
  return `${formatNumber(value)}${spec.unit === '°' ? '' : ' '}${spec.unit}`;
}

/** Two significant figures where it matters: 0.35, 1.6, 12, 240. */
export function formatNumber(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 10 ? String(Math.round(value)) : size >= 1 ? value.toFixed(1) : value.toFixed(2);
}

export function defaultValues(specs: ParamSpecs): ParamValues {
  return Object.fromEntries(Object.entries(specs).map(([id, spec]) => [id, spec.default]));
}

// What a parameter is: range, default, unit, and ids of the words people read. Clamping and tapering in one place.
import { clamp, exp, log } from './dsp/math.ts';

/** The house macros: the same word means the same on every trigger. Closeness lives in the layer's place. */
export type Macro = 'softness' | 'brightness' | 'crispness' | 'pace' | 'steadiness' | 'surprise';
export const MACROS: readonly Macro[] = ['softness', 'brightness', 'crispness', 'pace', 'steadiness', 'surprise'];

/** '' for a plain 0…1 quantity. */
export type Unit = '' | 'perSecond' | 'cmPerSecond' | 'factor' | 'seconds' | 'degrees' | 'decibels';

/** A number that people set with a slider. */
export interface NumberParam {
  readonly kind: 'number';
  readonly unit: Unit;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** How the slider's travel maps to the value: 'log' for rates, sizes and frequencies. */
  readonly taper: 'linear' | 'log';
  /** Ids of the words for equal steps of the slider's travel, from low to high; empty where the number says it better. */
  readonly words: readonly string[];
  /** For the description of the sound, where its steps are not those of `words`: an id and the value it ends below. */
  readonly levels: readonly (readonly [id: string, below: number])[];
}

/** One of several named options. */
export interface ChoiceParam<Id extends string = string> {
  readonly kind: 'choice';
  /** Frozen for ever: presets hold them. */
  readonly options: readonly Id[];
  readonly default: Id;
}

export type ParamSpec = NumberParam | ChoiceParam;
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;
export type ParamValue = number | string;
export type ParamValues = Record<string, ParamValue>;

/** The values a trigger's voice reads: a number per number, an option's id per choice. */
export type ValuesOf<P extends ParamSpecs> = {
  -readonly [K in keyof P]: P[K] extends ChoiceParam<infer Id> ? Id : number;
};

type NumberOptions = Partial<Omit<NumberParam, 'kind' | 'default'>>;

/**
 * Makes the spec of a 0…1 quantity.
 * @param value - the default
 * @param options - what differs from a plain linear quantity
 * @returns the spec
 */
export function unit(value: number, options: NumberOptions = {}): NumberParam {
  return number(value, { min: 0, max: 1, unit: '', ...options });
}

/**
 * Makes the spec of a number with a unit.
 * @param value - the default, in the unit
 * @param options - its range and unit, and what differs from a linear one
 * @returns the spec
 */
export function number(value: number, options: NumberOptions & Pick<NumberParam, 'min' | 'max' | 'unit'>): NumberParam {
  return { kind: 'number', default: value, taper: 'linear', words: [], levels: [], ...options };
}

/**
 * Makes the spec of a choice.
 * @param value - the default option
 * @param options - the ids, in the order of the menu
 * @returns the spec
 */
export function choice<const Id extends string>(value: NoInfer<Id>, options: readonly Id[]): ChoiceParam<Id> {
  return { kind: 'choice', default: value, options };
}

/**
 * Clamps a value to its range. Anything that is not of the parameter's kind becomes its default.
 * @param spec - the parameter
 * @param value - anything
 * @returns an allowed value
 */
export function clampParam(spec: ParamSpec, value: unknown): ParamValue {
  if (spec.kind === 'choice') {
    return spec.options.find((id) => id === value) ?? spec.default;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return spec.default;
  return clamp(value, spec.min, spec.max) + 0; // −0 becomes 0
}

/**
 * Maps a value to slider travel.
 * @param spec - the parameter
 * @param value - inside its range
 * @returns 0…1
 */
export function toTravel(spec: NumberParam, value: number): number {
  if (spec.taper === 'log') return log(value / spec.min) / log(spec.max / spec.min);
  return (value - spec.min) / (spec.max - spec.min);
}

/**
 * Maps slider travel to a value.
 * @param spec - the parameter
 * @param travel - 0…1
 * @returns a value inside the range
 */
export function fromTravel(spec: NumberParam, travel: number): number {
  const t = clamp(travel, 0, 1);
  if (spec.taper === 'log') return clamp(spec.min * exp(log(spec.max / spec.min) * t), spec.min, spec.max);
  return spec.min + (spec.max - spec.min) * t;
}

/**
 * Finds the step of the slider's travel that a value lies in.
 * @param spec - the parameter
 * @param value - inside its range
 * @returns the id of the step's word, '' for a parameter that is shown in figures
 */
export function wordId(spec: NumberParam, value: number): string {
  const { words } = spec;
  return words[Math.min(words.length - 1, Math.floor(toTravel(spec, value) * words.length))] ?? '';
}

/**
 * Finds how the description of a sound names a value.
 * @param spec - the parameter
 * @param value - inside its range
 * @returns the id of its level, else of its word, '' where there are neither
 */
export function levelId(spec: NumberParam, value: number): string {
  return spec.levels.find(([, below]) => value < below)?.[0] ?? wordId(spec, value);
}

/**
 * Collects the defaults of a parameter table.
 * @param specs - the table
 * @returns a value for each parameter
 */
export function defaultValues(specs: ParamSpecs): ParamValues {
  return Object.fromEntries(Object.entries(specs).map(([id, spec]) => [id, spec.default]));
}

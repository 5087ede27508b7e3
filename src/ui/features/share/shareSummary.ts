// What is written on the share sheet → the parcel that leaves, and the list that says word for word what is in it.
import { describeScene } from '../../describeScene.ts';
import { describeLimit, describeTarget, formatValue } from '../../describeLimit.ts';
import { limitTargets as allBoundables } from '../../../presets/limits.ts';
import { findLimitTarget } from '../../../formats/limitTarget.ts';
import { SHARED_PRESET_FORMAT, SHARED_PRESET_VERSION } from '../../../formats/sharedPreset.ts';
import type { ParamLimit, SharedPreset, Suggestion } from '../../../formats/sharedPreset.ts';
import type { Preset } from '../../../formats/preset.ts';
import type { VersionInfo } from '../../../storage/types.ts';
import { sanitizeName, sanitizeNote, sanitizeText } from '../../../formats/text.ts';
import type { PracticeSummary } from '../../../formats/practiceSummary.ts';
import { MACROS } from '../../../synth/index.ts';
import type { NumberParam, Scene } from '../../../synth/index.ts';
import { practiceTexts } from '../practice/texts.ts';
import { dayWords } from '../practice/formatDay.ts';
import { shareTexts } from './texts.ts';

export const MAX_MINUTES = 600;
export const WHEN_CHARS = 60;
export const SHORT_CHARS = 200;

/** What the fields hold, as typed. */
export interface ShareDraft {
  readonly from: string;
  readonly note: string;
  readonly minutes: string;
  readonly when: string;
  readonly text: string;
  readonly bounds: readonly ParamLimit[];
  readonly practice: PracticeSummary | null;
  /** ISO 8601, UTC. */
  readonly sentAt: string;
}

/** Whole minutes, null for none; undefined for what is no number of minutes. */
export function readMinutes(typed: string): number | null | undefined {
  if (typed.trim() === '') return null;
  const minutes = /^\s*\d{1,3}\s*$/.test(typed) ? Number(typed) : NaN;
  return minutes >= 1 && minutes <= MAX_MINUTES ? minutes : undefined;
}

/** The parcel exactly as it leaves: cleaned as the other side would clean it. */
export function parcelOf(preset: Preset, draft: ShareDraft): SharedPreset {
  return {
    format: SHARED_PRESET_FORMAT,
    version: SHARED_PRESET_VERSION,
    from: sanitizeName(draft.from).text,
    sentAt: draft.sentAt,
    note: sanitizeNote(draft.note).text,
    suggestion: suggestionOf(draft),
    // One that binds nothing is none.
    bounds: draft.bounds.filter((bound) => describeLimit(preset.scene, bound) !== ''),
    preset,
    practice: draft.practice,
  };
}

/** Nothing goes with the preset: it can leave as a plain preset. */
export function isBare({ from, note, suggestion, bounds, practice }: SharedPreset): boolean {
  return from === '' && note === '' && suggestion === null && bounds.length === 0 && practice === null;
}

function suggestionOf(draft: ShareDraft): Suggestion | null {
  const minutes = readMinutes(draft.minutes) ?? null;
  const when = sanitizeText(draft.when, { chars: WHEN_CHARS }).text;
  const text = sanitizeText(draft.text, { chars: SHORT_CHARS }).text;
  return minutes === null && when === '' && text === '' ? null : { minutes, when, text };
}

export function suggestionWords({ minutes, when, text }: Suggestion): string {
  return shareTexts.suggestion(minutes, when, text);
}

/** What stays beside a version that someone sent: who they said they are, their note and suggestion. */
export function versionWords({ from, note, suggestion }: SharedPreset): VersionInfo {
  const suggested = suggestion ? `${shareTexts.opened.suggestion}: ${suggestionWords(suggestion)}` : '';
  return { by: from, note: [note, suggested].filter((line) => line !== '').join('\n') };
}

/** One value that can be bounded. */
export interface Boundable {
  /** As a `ParamLimit` names it. */
  readonly what: string;
  /** "Tapping, Softness". */
  readonly label: string;
  readonly spec: NumberParam;
  readonly value: number;
  /** A value of it in words. */
  readonly words: (value: number) => string;
}

const OFFERED = new RegExp(`/(?:params/(?:${MACROS.join('|')})|place/closeness|gainDb)$`);

/** What a person is offered: macros, closeness and level of every layer, and the level of the whole. */
export function boundables(scene: Scene): readonly Boundable[] {
  return allBoundables(scene).flatMap((what) => {
    const target = OFFERED.test(what) ? findLimitTarget(scene, what) : undefined;
    if (!target) return [];
    const { spec } = target;
    const label = describeTarget(scene, target);
    return [{ what, label, spec, value: target.get(), words: (at: number) => formatValue(spec, at) }];
  });
}

/** The limits in words, one line each; a value this sound does not have is left out. */
export function boundLines(scene: Scene, bounds: readonly ParamLimit[]): readonly string[] {
  return bounds.map((bound) => describeLimit(scene, bound)).filter((words) => words !== '');
}

export interface ContentLine {
  readonly label: string;
  readonly text: string;
}

/** Everything a parcel holds, in words: one line for each field that leaves. */
export function contentsOf(parcel: SharedPreset): readonly ContentLine[] {
  const { field, unnamed, freely, noPractice } = shareTexts.share;
  const { preset, suggestion, practice } = parcel;
  const limits = boundLines(preset.scene, parcel.bounds);
  const lines: (ContentLine | null)[] = [
    { label: field.name, text: preset.name },
    { label: field.words, text: describeScene(preset.scene) },
    { label: field.from, text: parcel.from || unnamed },
    isBare(parcel) ? null : { label: field.sentAt, text: dateWords(parcel.sentAt) },
    parcel.note === '' ? null : { label: field.note, text: parcel.note },
    suggestion && { label: field.suggestion, text: suggestionWords(suggestion) },
    { label: field.bounds, text: limits.length === 0 ? freely : limits.join('\n') },
    preset.note === '' ? null : { label: field.ownNote, text: preset.note },
    preset.tags.length === 0 ? null : { label: field.tags, text: preset.tags.join(', ') },
    { label: field.practice, text: practice === null ? noPractice : practiceWords(practice) },
  ];
  return lines.filter((line) => line !== null);
}

/** The same for several sounds, which go without the words of a parcel. */
export function contentsOfMany(presets: readonly Preset[]): readonly ContentLine[] {
  const { field } = shareTexts.share;
  const named = (text: (preset: Preset) => string): string =>
    presets
      .filter((preset) => text(preset) !== '')
      .map((preset) => `${preset.name}: ${text(preset)}`)
      .join('\n');
  return [
    { label: field.sounds, text: named(({ scene }) => describeScene(scene)) },
    { label: field.ownNote, text: named(({ note }) => note) },
    { label: field.tags, text: named(({ tags }) => tags.join(', ')) },
  ].filter(({ text }) => text !== '');
}

function practiceWords({ from, to, sections, sessions, mornings }: PracticeSummary): string {
  const { picker, report } = practiceTexts;
  return [
    report.span(dayWords(from), dayWords(to)),
    ...sections.map((section) => picker.sections[section]),
    picker.entries(sessions.length, mornings.length),
  ].join('\n');
}

/** "24 November 2026". */
export function dateWords(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? ''
    : date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}

/** For a chat or a mail: words first, the link on its own line, where nothing can be taken for a part of it. */
export function messageOf(parcel: SharedPreset, link: string): string {
  const { share, print } = shareTexts;
  const { preset, from, note, suggestion } = parcel;
  return [
    share.textHead(from),
    `“${preset.name}”: ${describeScene(preset.scene)}`,
    note,
    suggestion ? `${print.suggestion}: ${suggestionWords(suggestion)}` : '',
    link === '' ? '' : `${share.textOpen}\n${link}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

export type Strength = 'none' | 'short' | 'fair' | 'good' | 'strong';
const SHORTEST = 8;

/** A rough hint from length and variety; words count for more than odd characters. */
export function strengthOf(passphrase: string): Strength {
  if (passphrase === '') return 'none';
  const letters = Array.from(passphrase);
  const different = new Set(letters).size;
  if (letters.length < SHORTEST || different < 4) return 'short';
  const words = passphrase
    .trim()
    .split(/[\s-]+/u)
    .filter((word) => word.length > 2).length;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/u, /[^\p{L}\d\s]/u].filter((kind) => kind.test(passphrase)).length;
  const score = letters.length + 4 * Math.max(0, words - 1) + 2 * (kinds - 1);
  if (different < 6 || score < 14) return 'fair';
  return score < 26 ? 'good' : 'strong';
}

/** How many characters leave: "1,204". */
export function charCount(text: string): string {
  return Array.from(text).length.toLocaleString('en-GB');
}

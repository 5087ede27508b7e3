// Parses the command line of `npm run render`, strictly.
import { parseArgs } from 'node:util';
import type { AudioFormat, Encoding, SampleBits } from '../audio/export/format.ts';
import { FORMATS } from '../audio/export/format.ts';
import type { ExportRange } from '../audio/export/renderExport.ts';
import { sanitizeNightPlan, DEFAULT_NIGHT } from '../synth/index.ts';
import type { Mode } from '../synth/index.ts';

/** The page of `--help`. */
export const USAGE = `Usage:
  npm run -s render -- --list
  npm run -s render -- <preset id | preset file | audio file of ours> -o out.wav [--seconds 30 | --night 45m] [--loop]
      [--format wav|flac|mp3] [--seed N] [--rate 48000] [--bits 16|24|32] [--mode day|sleep] [--set layers.0.params.softness=0.8]... [--dry] [--stats]

  --seconds N    length (0.1 to 36000); also for --loop (1 to 1800)
  --loop         a seamless loop: its end leads into its beginning (WAV with loop points, or FLAC)
  --night 45m    a whole night: that long (10m to 10h; 1h30m, 5400s too), with its fade at the end and the sound's own way
                 through it; [--fade 10m] says how long the fade is
  --format       from the file's name when absent; Opus needs a browser
  --bits         16 or 24 (the usual); 32 is floating point, WAV only
  --dry          without room and fades
  --stats        measurements as JSON: loudness, true peak, emergence, onsets, speed, SHA-256 of the samples`;

/** The command cannot be carried out; the message says what and where. Exit code 2. */
export class UsageError extends Error {}

/** What to render, and how. */
export interface Options {
  readonly source: string;
  readonly out: string | undefined;
  readonly sound: ExportRange;
  readonly encoding: Encoding;
  readonly seed: number | undefined;
  readonly mode: Mode;
  readonly set: readonly string[];
  readonly dry: boolean;
  readonly stats: boolean;
}

const MAX_SECONDS = 36000;
const LOOP_SECONDS = { min: 1, max: 1800 };
const NIGHT_SECONDS = { min: 600, max: 36000 };
const FADE_SECONDS = { min: 60, max: 3600 };

/**
 * Parses the arguments.
 * @param args - of the command line
 * @returns the options, or which page to print
 * @throws UsageError
 */
export function parse(args: string[]): Options | 'list' | 'help' {
  let result;
  try {
    result = parseArgs({
      args,
      allowPositionals: true,
      options: {
        list: { type: 'boolean', default: false },
        out: { type: 'string', short: 'o' },
        seconds: { type: 'string' },
        loop: { type: 'boolean', default: false },
        night: { type: 'string' },
        fade: { type: 'string' },
        format: { type: 'string' },
        seed: { type: 'string' },
        rate: { type: 'string', default: '48000' },
        bits: { type: 'string' },
        mode: { type: 'string' },
        set: { type: 'string', multiple: true, default: [] },
        dry: { type: 'boolean', default: false },
        stats: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0] ?? 'The options could not be read.');
  }
  const { values, positionals } = result;
  if (values.help) return 'help';
  if (values.list) return 'list';
  const [source, ...rest] = positionals;
  if (source === undefined)
    throw new UsageError('Name a preset or a preset file (--list shows them, --help the options).');
  if (rest.length > 0) throw new UsageError(`One preset at a time: "${rest[0] ?? ''}" is one too many.`);
  if (values.out === undefined && !values.stats) throw new UsageError('Say where to write: -o out.wav (or --stats).');
  const sound = soundFrom(values);
  if (sound.kind === 'night' && values.mode === 'day') throw new UsageError('A night is always in sleep mode.');
  if (sound.kind !== 'excerpt' && values.dry) throw new UsageError('--dry goes with --seconds alone.');
  return {
    source,
    out: values.out,
    sound,
    encoding: encodingFrom(values, sound),
    seed: values.seed === undefined ? undefined : whole('--seed', values.seed, 0, 0xffffffff),
    mode: oneOf('--mode', values.mode ?? (sound.kind === 'night' ? 'sleep' : 'day'), ['day', 'sleep']) as Mode,
    set: values.set,
    dry: values.dry,
    stats: values.stats,
  };
}

interface SoundArgs {
  readonly seconds?: string | undefined;
  readonly loop: boolean;
  readonly night?: string | undefined;
  readonly fade?: string | undefined;
}

function soundFrom({ seconds, loop, night, fade }: SoundArgs): ExportRange {
  if (fade !== undefined && night === undefined) throw new UsageError('--fade goes with --night.');
  if (night !== undefined) {
    if (loop || seconds !== undefined) throw new UsageError('--night goes without --loop and --seconds.');
    const timerSec = duration('--night', night, NIGHT_SECONDS.min, NIGHT_SECONDS.max);
    const fadeSec =
      fade === undefined ? DEFAULT_NIGHT.fadeSec : duration('--fade', fade, FADE_SECONDS.min, FADE_SECONDS.max);
    if (fade !== undefined && fadeSec > timerSec) throw new UsageError('--fade cannot be longer than the night.');
    return { kind: 'night', seconds: timerSec, plan: sanitizeNightPlan({ ...DEFAULT_NIGHT, timerSec, fadeSec }).plan };
  }
  if (loop) return { kind: 'loop', seconds: inRange('--seconds', seconds ?? '60', LOOP_SECONDS.min, LOOP_SECONDS.max) };
  return { kind: 'excerpt', seconds: inRange('--seconds', seconds ?? '30', 0.1, MAX_SECONDS) };
}

interface EncodingArgs {
  readonly format?: string | undefined;
  readonly out?: string | undefined;
  readonly rate: string;
  readonly bits?: string | undefined;
}

function encodingFrom(
  { format: wanted, out = '', rate, bits: wantedBits }: EncodingArgs,
  sound: ExportRange,
): Encoding {
  const byName = (Object.keys(FORMATS) as AudioFormat[]).find((name) => out.endsWith(FORMATS[name].extension));
  const format = oneOf('--format', wanted ?? byName ?? 'wav', Object.keys(FORMATS)) as AudioFormat;
  if (format === 'opus') throw new UsageError('Opus files are made in the browser only; take flac or mp3 here.');
  const facts = FORMATS[format];
  const name = format.toUpperCase();
  if (sound.kind === 'loop' && !facts.exact) {
    throw new UsageError(`${name} leaves a short gap where it repeats: --loop takes wav or flac.`);
  }
  const sampleRate = oneOf('--rate', Number(rate), FORMATS.wav.rates);
  if (!facts.rates.includes(sampleRate)) throw new UsageError(`${name} takes --rate ${facts.rates.join(' or ')}.`);
  const bits = oneOf('--bits', Number(wantedBits ?? '24'), FORMATS.wav.bits) as SampleBits;
  if (format === 'mp3' && wantedBits !== undefined) throw new UsageError('--bits goes with wav and flac.');
  if (format === 'flac' && bits === 32) throw new UsageError('FLAC takes --bits 16 or 24.');
  return { format, sampleRate, bits };
}

/** "45m", "1h30m", "5400s", "90" (seconds). */
function duration(name: string, text: string, min: number, max: number): number {
  const [, hours, minutes, seconds] = /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?$/.exec(text.trim()) ?? [];
  const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  if (!(total >= min && total <= max)) {
    throw new UsageError(`${name} takes a time like 45m or 1h30m, ${inWords(min)} to ${inWords(max)}, not "${text}".`);
  }
  return total;
}

function inWords(seconds: number): string {
  return seconds >= 3600 ? `${String(seconds / 3600)}h` : `${String(seconds / 60)}m`;
}

function inRange(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= min && value <= max)) {
    throw new UsageError(`${name} takes a number from ${String(min)} to ${String(max)}, not "${text}".`);
  }
  return value;
}

function whole(name: string, text: string, min: number, max: number): number {
  const value = inRange(name, text, min, max);
  if (!Number.isInteger(value)) throw new UsageError(`${name} takes a whole number, not "${text}".`);
  return value;
}

function oneOf<T>(name: string, value: T, allowed: readonly T[]): T {
  if (!allowed.includes(value)) throw new UsageError(`${name} is one of ${allowed.join(', ')}.`);
  return value;
}

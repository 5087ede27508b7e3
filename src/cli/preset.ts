// `npm run -s preset`: links, words, differences and checks of presets, without a browser.
import { existsSync, openAsBlob, readFileSync, statSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { describeLimit } from '../ui/describeLimit.ts';
import { serializeBundle } from '../formats/bundle.ts';
import { describeDiff } from '../ui/describeDiff.ts';
import { decodeFile, decodeText, decodeEncrypted } from '../formats/decodeFile.ts';
import { FACTORY } from '../presets/factory.ts';
import { encodeLink } from '../formats/link/encodeLink.ts';
import { looksLikeLink } from '../formats/link/framing.ts';
import { encryptFile } from '../formats/encryptedFile.ts';
import type { DecodedFile } from '../formats/decodedFile.ts';
import type { SharedPreset } from '../formats/sharedPreset.ts';
import { serializeSharedPreset } from '../formats/sharedPreset.ts';
import { serializePreset } from '../formats/preset.ts';
import type { Preset } from '../formats/preset.ts';
import { describeScene } from '../ui/describeScene.ts';
import { describeDecodeError, describeWarning } from '../ui/describeDecode.ts';

const USAGE = `Usage:
  npm run -s preset -- link <preset id | file> [--base https://…]   the link, with the whole preset in it
  npm run -s preset -- open <link | file> -o FILE                   the preset (or parcel, or bundle) as a file
  npm run -s preset -- describe <preset id | file | link>           what it is, in words
  npm run -s preset -- diff A B                                     what is different in B, in words
  npm run -s preset -- check FILE                                   what is wrong with a file, if anything
Locked ones: --passphrase-file FILE (- for standard input); with --lock, link and open lock what they write.`;

/** The command cannot be carried out; the message says what and why. Exit code 2. */
class UsageError extends Error {}

/**
 * Runs the command; prints to standard output, problems in one line to standard error with exit code 2.
 * @param args - the arguments of the command line
 * @throws whatever is an error of the program itself
 */
export async function main(args: string[]): Promise<void> {
  try {
    await run(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

interface Options {
  readonly out: string | undefined;
  readonly base: string;
  /** Never from the command line itself: that can be read by everyone on the machine. */
  readonly passphrase: string | undefined;
  readonly lock: boolean;
}

async function run(args: string[]): Promise<void> {
  const { command, names, options } = parse(args);
  const [first = '', second = ''] = names;
  switch (command) {
    case 'help':
      print(USAGE);
      return;
    case 'link':
      print(await makeLink(first, options));
      return;
    case 'open':
      await writeOpened(await open(first, options), options);
      return;
    case 'describe':
      print(describe(await open(first, options)));
      return;
    case 'diff':
      print(describeDiff(single(await open(first, options)).scene, single(await open(second, options)).scene));
      return;
    default:
      print(check(await open(first, options)));
  }
}

const TAKES: Readonly<Record<string, number>> = { help: 0, link: 1, open: 1, describe: 1, diff: 2, check: 1 };

function parse(args: string[]): { command: string; names: readonly string[]; options: Options } {
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string', short: 'o' },
        base: { type: 'string', default: '' },
        'passphrase-file': { type: 'string' },
        lock: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0] ?? 'The options could not be read.');
  }
  const { values, positionals } = parsed;
  const [command = 'help', ...names] = values.help ? ['help'] : positionals;
  const takes = Object.hasOwn(TAKES, command) ? TAKES[command] : undefined;
  if (takes === undefined) throw new UsageError(`"${command}" is none of link, open, describe, diff and check.`);
  if (names.length !== takes) {
    throw new UsageError(
      `"${command}" takes ${takes === 1 ? 'one preset, file or link' : 'two of them'} (--help shows how).`,
    );
  }
  if (command === 'open' && values.out === undefined) throw new UsageError('Say where to write: -o FILE.');
  const passphrase = values['passphrase-file'] === undefined ? undefined : readPassphrase(values['passphrase-file']);
  if (values.lock && passphrase === undefined)
    throw new UsageError('--lock needs --passphrase-file FILE (- for standard input).');
  return { command, names, options: { out: values.out, base: values.base, passphrase, lock: values.lock } };
}

function readPassphrase(file: string): string {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new UsageError(`The passphrase file "${file}" could not be read.`);
  }
  const passphrase = text.split(/\r?\n/)[0] ?? '';
  if (passphrase.trim() === '') throw new UsageError('The passphrase is empty.');
  return passphrase;
}

type Ready = Exclude<DecodedFile, { ok: false } | { kind: 'locked' | 'backup' }>;

/** A preset of the library by its id, a file, a link, or a link in a text file. */
async function open(name: string, { passphrase }: Options): Promise<Ready> {
  const known = FACTORY.find(({ id }) => id === name);
  if (known) return { ok: true, kind: 'preset', preset: known, warnings: [] };
  const isFile = existsSync(name);
  if (!isFile && !looksLikeLink(name))
    throw new UsageError(`"${name.slice(0, 80)}" is neither a preset id, nor a file, nor a link.`);
  if (isFile && !statSync(name).isFile()) throw new UsageError(`"${name}" is not a file.`);
  let opened = isFile ? await openFile(name) : await decodeText(name);
  if (opened.ok && opened.kind === 'locked') {
    if (passphrase === undefined)
      throw new UsageError('This is locked: give --passphrase-file FILE (- for standard input).');
    opened = await decodeEncrypted(opened.locked, passphrase);
  }
  if (!opened.ok)
    throw new UsageError(isFile ? `${name}: ${describeDecodeError(opened.error)}` : describeDecodeError(opened.error));
  if (opened.kind === 'locked' || opened.kind === 'backup')
    throw new UsageError('This is a backup: open it in Hushcraft itself.');
  return opened;
}

const LINK_FILE_BYTES = 12_000;

async function openFile(name: string): Promise<DecodedFile> {
  const text = statSync(name).size <= LINK_FILE_BYTES ? readFileSync(name, 'utf8') : '';
  return looksLikeLink(text) ? decodeText(text) : decodeFile(await openAsBlob(name));
}

function single(opened: Ready): Preset {
  if (opened.kind === 'preset') return opened.preset;
  if (opened.kind === 'parcel') return opened.parcel.preset;
  const [preset] = opened.presets;
  if (!preset || opened.presets.length > 1)
    throw new UsageError('This is a bundle of several presets: give one of them.');
  return preset;
}

async function makeLink(name: string, options: Options): Promise<string> {
  const opened = await open(name, options);
  warn(opened);
  const what = opened.kind === 'parcel' ? opened.parcel : single(opened);
  const made = await encodeLink(what, {
    base: options.base,
    ...(options.lock ? { passphrase: options.passphrase ?? '' } : {}),
  });
  if (!made.ok) throw new UsageError(describeDecodeError(made.error));
  return made.url;
}

async function writeOpened(opened: Ready, { out = '', lock, passphrase = '' }: Options): Promise<void> {
  warn(opened);
  const text = textOf(opened);
  const written = lock ? await encryptFile(text, passphrase) : text;
  try {
    writeFileSync(out, written);
  } catch (error) {
    throw new UsageError(`"${out}" could not be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
}

function textOf(opened: Ready): string {
  if (opened.kind === 'preset') return serializePreset(opened.preset);
  return opened.kind === 'parcel' ? serializeSharedPreset(opened.parcel) : serializeBundle(opened.presets);
}

function describe(opened: Ready): string {
  if (opened.kind === 'parcel') return [presetLine(opened.parcel.preset), ...parcelLines(opened.parcel)].join('\n');
  return (opened.kind === 'bundle' ? opened.presets : [opened.preset]).map(presetLine).join('\n');
}

function presetLine({ name, scene }: Preset): string {
  return `${name}: ${describeScene(scene)}`;
}

function parcelLines({ from, note, suggestion, bounds, preset }: SharedPreset): string[] {
  const parts = suggestion && [
    suggestion.minutes === null ? '' : `${String(suggestion.minutes)} minutes`,
    suggestion.when,
    suggestion.text,
  ];
  const limits = bounds.map((bound) => describeLimit(preset.scene, bound)).filter((words) => words !== '');
  return [
    from && `From: ${from}`,
    note && `Note: ${note.replace(/\s+/gu, ' ')}`,
    parts ? `Suggestion: ${parts.filter((words) => words !== '').join(', ')}` : '',
    limits.length > 0 ? `Limits: ${limits.join(', ')}` : '',
  ].filter((line) => line !== '');
}

function check(opened: Ready): string {
  const lines = problems(opened);
  return lines.length === 0 ? 'Nothing is wrong with it.' : lines.join('\n');
}

function warn(opened: Ready): void {
  for (const line of problems(opened)) process.stderr.write(`${line}\n`);
}

/** One line each. */
function problems(opened: Ready): string[] {
  const bad =
    opened.kind === 'bundle'
      ? opened.bad.map(({ number, error }) => `Sound ${String(number)}: ${describeDecodeError(error)}`)
      : [];
  return [...bad, ...opened.warnings.map(describeWarning)];
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

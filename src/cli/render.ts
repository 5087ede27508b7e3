// `npm run -s render`: the same engine without a browser. Lists what there is, or writes a WAV and its measurements.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { wavBytes, wavHeader, WavEncoder } from '../audio/encode/wav.ts';
import type { WavBits } from '../audio/encode/wav.ts';
import { FACTORY } from '../presets/factory.ts';
import { REFERENCES } from '../presets/references.ts';
import { MAX_FILE_BYTES, readPresetFile, restoreScene } from '../presets/restore.ts';
import { clampParam, describeScene, findTrigger, PLACE_SPECS, renderPieces, TRIGGERS } from '../synth/index.ts';
import type { Mode, Scene } from '../synth/index.ts';
import { LoudnessMeter } from '../synth/master/loudness.ts';

const USAGE = `Usage:
  npm run -s render -- --list
  npm run -s render -- <preset id | preset file> -o out.wav [--seconds 30] [--seed N] [--rate 48000]
      [--bits 16|24|32] [--mode day|sleep] [--set layers.0.params.softness=0.8]... [--dry] [--stats]`;

/** What the person asked for cannot be done; the text says what and where. Exit code 2. */
class UsageError extends Error {}

const MAX_SECONDS = 36000;
const RATES = [44100, 48000, 96000];

export function main(args: string[]): void {
  try {
    run(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

interface Options {
  readonly source: string;
  readonly out: string | undefined;
  readonly seconds: number;
  readonly seed: number | undefined;
  readonly sampleRate: number;
  readonly bits: WavBits;
  readonly mode: Mode;
  readonly set: readonly string[];
  readonly dry: boolean;
  readonly stats: boolean;
}

function run(args: string[]): void {
  const parsed = parse(args);
  if (parsed === 'list') {
    process.stdout.write(`${JSON.stringify(list(), null, 1)}\n`);
    return;
  }
  if (parsed === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const scene = loadScene(parsed.source);
  if (parsed.seed !== undefined) scene.seed = parsed.seed;
  for (const assignment of parsed.set) applySet(scene, assignment);
  const stats = render(scene, parsed);
  if (parsed.stats) process.stdout.write(`${JSON.stringify(stats)}\n`);
}

function parse(args: string[]): Options | 'list' | 'help' {
  let result;
  try {
    result = parseArgs({
      args,
      allowPositionals: true,
      options: {
        list: { type: 'boolean', default: false },
        out: { type: 'string', short: 'o' },
        seconds: { type: 'string', default: '30' },
        seed: { type: 'string' },
        rate: { type: 'string', default: '48000' },
        bits: { type: 'string', default: '24' },
        mode: { type: 'string', default: 'day' },
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
  return {
    source,
    out: values.out,
    seconds: inRange('--seconds', values.seconds, 0.1, MAX_SECONDS),
    seed: values.seed === undefined ? undefined : whole('--seed', values.seed, 0, 0xffffffff),
    sampleRate: oneOf('--rate', Number(values.rate), RATES),
    bits: oneOf('--bits', Number(values.bits), [16, 24, 32]) as WavBits,
    mode: oneOf('--mode', values.mode, ['day', 'sleep']) as Mode,
    set: values.set,
    dry: values.dry,
    stats: values.stats,
  };
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

function list(): object {
  return {
    triggers: TRIGGERS.map(({ id, label, family, params }) => ({
      id,
      label,
      family,
      params: Object.entries(params).map(([paramId, spec]) =>
        spec.kind === 'number'
          ? {
              id: paramId,
              label: spec.label,
              kind: spec.kind,
              unit: spec.unit,
              min: spec.min,
              max: spec.max,
              default: spec.default,
              options: [],
            }
          : {
              id: paramId,
              label: spec.label,
              kind: spec.kind,
              unit: '',
              min: null,
              max: null,
              default: spec.default,
              options: spec.options.map((option) => option.id),
            },
      ),
    })),
    presets: FACTORY.map((preset) => ({ id: preset.id, name: preset.name, description: describeScene(preset.scene) })),
    references: REFERENCES.map(({ family, id, name }) => ({ family, id, name })),
  };
}

function loadScene(source: string): Scene {
  const known = FACTORY.find(({ id }) => id === source) ?? REFERENCES.find(({ id }) => id === source);
  if (known) return structuredClone(known.scene);
  if (!existsSync(source)) {
    throw new UsageError(`"${source}" is neither a preset id (see --list) nor a file.`);
  }
  const stat = statSync(source);
  if (!stat.isFile()) throw new UsageError(`"${source}" is not a file.`);
  if (stat.size > MAX_FILE_BYTES) throw new UsageError(`"${source}" is too large to be a preset (over 256 KiB).`);
  const result = readPresetFile(readFileSync(source));
  if (!result.ok) throw new UsageError(`${source}: ${result.error.message}`);
  for (const warning of result.warnings) process.stderr.write(`${source}: ${warning}\n`);
  return structuredClone(result.preset.scene);
}

/** `layers.0.params.softness=0.8`, `layers.0.place.azimuthDeg=90`, `room.amount=0`, `master.mono=true`. */
function applySet(scene: Scene, assignment: string): void {
  const equals = assignment.indexOf('=');
  const path = assignment.slice(0, equals).split('.');
  const text = assignment.slice(equals + 1);
  if (equals < 1) throw new UsageError(`--set takes path=value, not "${assignment}".`);
  let target: unknown = scene;
  for (const key of path.slice(0, -1)) {
    target = isRecord(target) && Object.hasOwn(target, key) ? target[key] : undefined;
  }
  const key = path[path.length - 1] ?? '';
  if (!isRecord(target) || !Object.hasOwn(target, key)) {
    throw new UsageError(`--set: there is no "${path.join('.')}" in this preset.`);
  }
  const before = target[key];
  if (typeof before === 'object') throw new UsageError(`--set: "${path.join('.')}" is not a single value.`);
  const value =
    typeof before === 'number' ? Number(text) : typeof before === 'boolean' ? { true: true, false: false }[text] : text;
  if (value === undefined || (typeof value === 'number' && (text.trim() === '' || !Number.isFinite(value)))) {
    throw new UsageError(`--set: "${path.join('.')}" takes a ${typeof before}, not "${text}".`);
  }
  const original = structuredClone(scene);
  target[key] = value;
  checkSet(scene, original, path, assignment);
}

/** A value that the preset rules would change is refused here, not silently bent. */
function checkSet(scene: Scene, original: Scene, path: readonly string[], assignment: string): void {
  const [group, index, part, id] = path;
  const layer = group === 'layers' ? scene.layers[Number(index)] : undefined;
  const spec = layer && part === 'params' ? findTrigger(layer.trigger)?.params[id ?? ''] : undefined;
  if (layer && spec && clampParam(spec, layer.params[id ?? '']) !== layer.params[id ?? '']) {
    const range =
      spec.kind === 'number'
        ? `${String(spec.min)} to ${String(spec.max)}`
        : spec.options.map((option) => option.id).join(', ');
    throw new UsageError(`--set: ${assignment} is out of range (${range}).`);
  }
  const placeSpec =
    part === 'place' && id !== undefined && id in PLACE_SPECS ? PLACE_SPECS[id as keyof typeof PLACE_SPECS] : undefined;
  if (
    placeSpec &&
    layer &&
    clampParam(placeSpec, layer.place[id as keyof typeof PLACE_SPECS]) !== layer.place[id as keyof typeof PLACE_SPECS]
  ) {
    throw new UsageError(
      `--set: ${assignment} is out of range (${String(placeSpec.min)} to ${String(placeSpec.max)}).`,
    );
  }
  const restored = restoreScene(structuredClone(scene));
  if (!restored.ok) throw new UsageError(`--set ${assignment}: ${restored.error.message}`);
  const [warning] = restored.warnings;
  if (warning !== undefined && restoreScene(original).ok) throw new UsageError(`--set ${assignment}: ${warning}`);
  Object.assign(scene, restored.scene);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

interface Stats {
  lufs: number;
  truePeakDb: number;
  maxEmergenceDb: number;
  onsets: number;
  xRealtime: number;
  sha256: string;
}

/** Renders and, with `out`, writes the file: under another name until it is whole. */
function render(scene: Scene, options: Options): Stats {
  const { seconds, sampleRate, mode, dry, bits, out } = options;
  const frames = Math.round(seconds * sampleRate);
  const meter = new LoudnessMeter(sampleRate);
  const hash = createHash('sha256');
  const encoder = new WavEncoder(bits);
  const hashed = new WavEncoder(32);
  const partial = out === undefined ? undefined : `${out}.part`;
  const file = partial === undefined ? undefined : openOutput(partial, frames, bits);
  let onsets = 0;
  let done = 0;
  let renderSec = 0;
  try {
    if (file !== undefined) writeSync(file, wavHeader(frames, sampleRate, bits));
    let before = performance.now();
    for (const { left, right, engine } of renderPieces(scene, {
      seconds,
      sampleRate,
      mode,
      dry,
      fadeSec: dry ? 0 : 2,
    })) {
      renderSec += (performance.now() - before) / 1000;
      engine.takeOnsets(() => (onsets += 1));
      hash.update(hashed.encode(left, right));
      meter.add(left, right);
      if (file !== undefined) writeSync(file, encoder.encode(left, right));
      done += left.length;
      progress(done / frames, seconds);
      before = performance.now();
    }
    if (file !== undefined && partial !== undefined && out !== undefined) {
      closeSync(file);
      renameSync(partial, out);
    }
  } catch (error) {
    if (partial !== undefined) rmSync(partial, { force: true });
    throw error;
  }
  return {
    lufs: round(meter.integratedLufs()),
    truePeakDb: round(meter.truePeakDb()),
    maxEmergenceDb: round(meter.maxEmergenceDb()),
    onsets,
    xRealtime: round(seconds / renderSec),
    sha256: hash.digest('hex'),
  };
}

function openOutput(path: string, frames: number, bits: WavBits): number {
  try {
    wavBytes(frames, bits);
    return openSync(path, 'w');
  } catch (error) {
    throw new UsageError(`Cannot write ${path}: ${(error as Error).message}`);
  }
}

function progress(share: number, seconds: number): void {
  if (!process.stderr.isTTY || seconds < 60) return;
  process.stderr.write(share < 1 ? `\rrendering ${String(Math.floor(share * 100))} %` : '\r                \r');
}

function round(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : value;
}

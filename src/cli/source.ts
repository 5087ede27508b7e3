// The preset to render: by its id or from a file, with `--set` and `--seed` applied.
import { existsSync, openAsBlob, statSync } from 'node:fs';
import process from 'node:process';
import { FACTORY } from '../presets/factory.ts';
import { newPreset, restoreScene } from '../formats/preset.ts';
import type { Preset } from '../formats/preset.ts';
import { decodeFile } from '../formats/decodeFile.ts';
import { REFERENCE_SCENES } from './referenceScenes/index.ts';
import { clampParam, findTrigger, PLACE_SPECS } from '../synth/index.ts';
import type { Scene } from '../synth/index.ts';
import { describeDecodeError, describeWarning } from '../ui/describeDecode.ts';
import { UsageError } from './usage.ts';

const NOT_A_PRESET = { code: 'wrong-format', params: { kind: 'preset' } } as const;

/**
 * Loads a preset and applies changes to a copy.
 * @param source - id of a preset or reference scene, or a file
 * @param changes - seed, and assignments such as `layers.0.params.softness=0.8`
 * @returns the changed copy
 * @throws UsageError
 */
export async function loadSource(
  source: string,
  changes: { seed?: number | undefined; set: readonly string[] },
): Promise<Preset> {
  const preset = await loadPreset(source);
  const scene = structuredClone(preset.scene);
  if (changes.seed !== undefined) scene.seed = changes.seed;
  for (const assignment of changes.set) applySet(scene, assignment);
  return { ...preset, scene };
}

async function loadPreset(source: string): Promise<Preset> {
  const known = FACTORY.find(({ id }) => id === source);
  if (known) return known;
  const reference = REFERENCE_SCENES.find(({ id }) => id === source);
  if (reference) return newPreset(reference.scene, reference.name);
  if (!existsSync(source)) {
    throw new UsageError(`"${source}" is neither a preset id (see --list) nor a file.`);
  }
  if (!statSync(source).isFile()) throw new UsageError(`"${source}" is not a file.`);
  // Also an audio file of ours: the preset travels inside.
  const result = await decodeFile(await openAsBlob(source));
  if (!result.ok) throw new UsageError(`${source}: ${describeDecodeError(result.error)}`);
  if (result.kind !== 'preset') throw new UsageError(`${source}: ${describeDecodeError(NOT_A_PRESET)}`);
  for (const warning of result.warnings) process.stderr.write(`${source}: ${describeWarning(warning)}\n`);
  return result.preset;
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
    const range = spec.kind === 'number' ? `${String(spec.min)} to ${String(spec.max)}` : spec.options.join(', ');
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
  if (!restored.ok) throw new UsageError(`--set ${assignment}: ${describeDecodeError(restored.error)}`);
  const [warning] = restored.warnings;
  if (warning !== undefined && restoreScene(original).ok)
    throw new UsageError(`--set ${assignment}: ${describeWarning(warning)}`);
  Object.assign(scene, restored.scene);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

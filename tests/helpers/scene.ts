// Test scenes, renders of them, and renders of one voice alone.
import { LoudnessMeter } from '../../src/synth/analysis/loudness.ts';
import { Arena } from '../../src/synth/dsp/arena.ts';
import { BLOCK_FRAMES } from '../../src/synth/dsp/block.ts';
import { instantiateKernels } from '../../src/synth/dsp/kernels.ts';
import { DEFAULT_ARC, defaultValues, findTrigger, Random, renderScene } from '../../src/synth/index.ts';
import type { Layer, ParamValues, Place, Scene, Trigger } from '../../src/synth/index.ts';

const RATE = 48000;

export interface LayerOptions extends Partial<Omit<Layer, 'params' | 'place'>> {
  /** Values that differ from the defaults. */
  readonly params?: ParamValues;
  readonly place?: Partial<Place>;
}

/** A layer of a trigger at its defaults, unless said otherwise. */
export function layerOf(triggerId: string, { params, place, ...layer }: LayerOptions = {}): Layer {
  return {
    id: 'only',
    trigger: triggerId,
    gainDb: 0,
    muted: false,
    ...layer,
    params: { ...defaultValues(findTrigger(triggerId)!.params), ...params },
    place: {
      azimuthDeg: 40,
      elevationDeg: 0,
      closeness: 0.6,
      spread: 0.4,
      path: 'still',
      periodSec: 12,
      ...place,
    },
  };
}

/** A scene of these layers, in a small room. */
export function sceneOf(layers: Layer[], scene: Partial<Omit<Scene, 'layers'>> = {}): Scene {
  return {
    seed: 11,
    layers,
    room: { size: 0.3, amount: 0.3 },
    master: { gainDb: 0, mono: false },
    arc: { ...DEFAULT_ARC },
    ...scene,
  };
}

/** The emitters' sum alone: no place, room or master. */
export function renderDry(scene: Scene, seconds: number, sampleRate = RATE): Float32Array {
  return renderScene(scene, { seconds, sampleRate, dry: true, fadeSec: 0 }).left;
}

/** Whether two renders are the same to the last bit. (A matcher that lists differences takes seconds for that.) */
export function sameSamples(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((sample, i) => sample === b[i]);
}

/** Integrated loudness of both ears, or of the same samples in both. */
export function lufs(left: Float32Array, right = left, sampleRate = RATE): number {
  const meter = new LoudnessMeter(sampleRate);
  meter.push(left, right);
  return meter.integratedLufs();
}

export interface VoiceRender {
  readonly emitters: readonly Float32Array[];
  /** Of the first two emitters. */
  readonly sum: Float32Array;
  /** Frames of the onsets, rising. */
  readonly onsets: readonly number[];
  /** Stroke position at the end of every block. */
  readonly strokePositions: readonly number[];
}

export interface VoiceOptions {
  readonly seconds: number;
  readonly seed?: number;
  readonly sampleRate?: number;
  readonly oneShot?: boolean;
  /** New values from this second on. */
  readonly then?: readonly [number, ParamValues];
}

/** Renders a voice without an engine: parameters do not glide. */
export function renderVoice(trigger: Trigger, params: ParamValues, options: VoiceOptions): VoiceRender {
  const { seconds, seed = 1, sampleRate = RATE, oneShot = false, then } = options;
  const kernels = instantiateKernels();
  const arena = new Arena(kernels).scope();
  const ports = Array.from({ length: trigger.emitters }, (_, i) => ({
    out: arena.floats(BLOCK_FRAMES),
    offset: 1 - 2 * i,
  }));
  const views = ports.map(({ out }) => arena.view(out, BLOCK_FRAMES));
  const random = new Random(seed);
  const voice = trigger.create({ kernels, arena, sampleRate, random, mode: 'day', oneShot, loopSec: Infinity });
  const frames = Math.floor((seconds * sampleRate) / BLOCK_FRAMES) * BLOCK_FRAMES;
  const emitters = ports.map(() => new Float32Array(frames));
  const onsets: number[] = [];
  const strokePositions: number[] = [];
  let values = { ...defaultValues(trigger.params), ...params };
  for (let frame = 0; frame < frames; frame += BLOCK_FRAMES) {
    if (then && frame >= then[0] * sampleRate) values = { ...values, ...then[1] };
    for (const { out } of ports) kernels.clear(out, BLOCK_FRAMES);
    const timeSec = frame / sampleRate;
    const onset = (offset: number): void => {
      onsets.push(frame + offset);
    };
    voice.render({ frame, timeSec, frames: BLOCK_FRAMES, emitters: ports, loopGain: 1, onset }, values as never);
    views.forEach((view, i) => {
      emitters[i]!.set(view, frame);
    });
    strokePositions.push(voice.strokePosition);
  }
  const [first, second] = emitters;
  return { emitters, sum: first!.map((sample, i) => sample + (second?.[i] ?? 0)), onsets, strokePositions };
}

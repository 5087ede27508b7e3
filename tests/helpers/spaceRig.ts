// A head, a layer or a room outside the engine, and the features by which tests hear them.
import { Arena } from '../../src/synth/dsp/arena.ts';
import { instantiateKernels } from '../../src/synth/dsp/kernels.ts';
import { Random } from '../../src/synth/dsp/random.ts';
import type { Place, Room } from '../../src/synth/scene.ts';
import { distanceM } from '../../src/synth/scene.ts';
import { Head } from '../../src/synth/space/head.ts';
import type { HeadOptions } from '../../src/synth/space/head.ts';
import { LayerSpace, Space } from '../../src/synth/space/space.ts';
import { BLOCK_FRAMES } from '../../src/synth/dsp/block.ts';

export function createRig(sampleRate = 48000) {
  const kernels = instantiateKernels();
  const arena = new Arena(kernels);
  return { kernels, arena, sampleRate, context: { kernels, arena: arena.scope(), sampleRate } };
}

export interface Binaural {
  left: Float32Array;
  right: Float32Array;
}

export interface HeardOptions extends HeadOptions {
  readonly elevationDeg?: number;
  readonly darkness?: number;
  readonly mono?: number;
  readonly sampleRate?: number;
}

/** Impulse response at both ears of a source that stands still. */
export function headResponse(azimuthDeg: number, closeness: number, options: HeardOptions = {}): Binaural {
  const { arena, kernels, context } = createRig(options.sampleRate);
  const head = new Head(context, 1, options);
  const emitters = [{ out: arena.floats(BLOCK_FRAMES), offset: 0 }];
  const input = arena.view(emitters[0]!.out, BLOCK_FRAMES);
  const [left, right, sendLeft, sendRight] = [0, 1, 2, 3].map(() => arena.floats(BLOCK_FRAMES)) as [number, number, number, number]; // prettier-ignore
  const { elevationDeg = 0, darkness = 0, mono = 0 } = options;
  head.setLayer({ elevationDeg, closeness, distanceM: distanceM(closeness), darkness, mono, gain: 1, send: 0 });
  head.setEmitter(0, azimuthDeg);
  head.reset();
  const BLOCKS = 24;
  const heard = {
    left: new Float32Array(BLOCKS * BLOCK_FRAMES),
    right: new Float32Array(BLOCKS * BLOCK_FRAMES),
  };
  for (let block = 0; block < BLOCKS; block++) {
    input.fill(0);
    if (block === 0) input[0] = 1;
    kernels.clear(left, BLOCK_FRAMES);
    kernels.clear(right, BLOCK_FRAMES);
    head.render(emitters, { left, right, sendLeft, sendRight });
    heard.left.set(arena.view(left, BLOCK_FRAMES), block * BLOCK_FRAMES);
    heard.right.set(arena.view(right, BLOCK_FRAMES), block * BLOCK_FRAMES);
  }
  return heard;
}

/** What a layer is given each block; the test may change it as it goes. */
export interface LayerState {
  place: Place;
  room: Room;
  strokePosition: number;
  brightness: number;
  gain: number;
  mono: boolean;
}

export const STILL: Place = {
  azimuthDeg: 0,
  elevationDeg: 0,
  closeness: 0.7,
  spread: 0,
  path: 'still',
  periodSec: 6,
};

export interface PlayOptions {
  readonly seconds: number;
  readonly sampleRate?: number;
  readonly emitters?: number;
  readonly seed?: number;
  /** Sample `frame` of emitter `emitter`. */
  source(frame: number, emitter: number): number;
  /** Called before each block. */
  change?(state: LayerState, timeSec: number, layer: LayerSpace, offsets: number[]): void;
}

/** Plays one layer, with its room, through space. */
export function playLayer(start: Partial<LayerState>, options: PlayOptions): Binaural {
  const { arena, context, sampleRate } = createRig(options.sampleRate);
  const count = options.emitters ?? 1;
  const space = new Space(context);
  const layer = new LayerSpace(context, count, new Random(options.seed ?? 1));
  const state: LayerState = {
    place: { ...STILL },
    room: { size: 0.5, amount: 0 },
    strokePosition: 0,
    brightness: 1,
    gain: 1,
    mono: false,
    ...start,
  };
  const emitters = Array.from({ length: count }, (_, i) => ({
    out: arena.floats(BLOCK_FRAMES),
    offset: count === 1 ? 0 : 1 - (2 * i) / (count - 1),
  }));
  const inputs = emitters.map(({ out }) => arena.view(out, BLOCK_FRAMES));
  const blocks = Math.ceil((options.seconds * sampleRate) / BLOCK_FRAMES);
  const left = new Float32Array(blocks * BLOCK_FRAMES);
  const right = new Float32Array(blocks * BLOCK_FRAMES);
  const offsets = emitters.map(({ offset }) => offset);
  let gainFrom = state.gain;
  for (let block = 0; block < blocks; block++) {
    const frame = block * BLOCK_FRAMES;
    const timeSec = frame / sampleRate;
    options.change?.(state, timeSec, layer, offsets);
    emitters.forEach((emitter, i) => {
      emitter.offset = offsets[i]!;
    });
    inputs.forEach((input, e) => {
      for (let i = 0; i < BLOCK_FRAMES; i++) input[i] = options.source(frame + i, e);
    });
    space.clear();
    layer.render(space, { ...state, emitters, gainFrom, gainTo: state.gain, timeSec });
    space.renderRoom(state.room);
    gainFrom = state.gain;
    left.set(arena.view(space.left, BLOCK_FRAMES), frame);
    right.set(arena.view(space.right, BLOCK_FRAMES), frame);
  }
  return { left, right };
}

/** Independent white noise for each emitter. */
export function whiteNoise(seed: number): (frame: number, emitter: number) => number {
  const random = new Random(seed);
  return (frame, emitter) => random.uniform(frame * 4 + emitter) * 2 - 1;
}

export function magnitudeAt(impulse: Float32Array, hz: number, sampleRate: number): number {
  let re = 0;
  let im = 0;
  impulse.forEach((value, i) => {
    if (value === 0) return;
    const angle = (2 * Math.PI * hz * i) / sampleRate;
    re += value * Math.cos(angle);
    im -= value * Math.sin(angle);
  });
  return Math.hypot(re, im);
}

export const decibels = (ratio: number): number => 20 * Math.log10(ratio);

/** Level of pink noise, 125 Hz…8 kHz, behind an impulse response, in dB. */
export function pinkLevelDb(impulse: Float32Array, sampleRate: number): number {
  const STEPS = 48;
  let sum = 0;
  for (let i = 0; i < STEPS; i++) sum += magnitudeAt(impulse, 125 * 64 ** ((i + 0.5) / STEPS), sampleRate) ** 2;
  return 10 * Math.log10(sum / STEPS);
}

/** Two second-order sections: high-pass at `hz`, low-pass at `to` when given. */
export function bandLimit(samples: Float32Array, hz: number, sampleRate: number, to?: number): Float32Array {
  const section = (input: Float64Array, corner: number, high: boolean): Float64Array => {
    const w = (2 * Math.PI * corner) / sampleRate;
    const alpha = Math.sin(w) / Math.SQRT2;
    const c = Math.cos(w);
    const b0 = (high ? 1 + c : 1 - c) / 2;
    const b1 = high ? -(1 + c) : 1 - c;
    const out = new Float64Array(input.length);
    let [x1, x2, y1, y2] = [0, 0, 0, 0];
    input.forEach((x, i) => {
      const y = (b0 * x + b1 * x1 + b0 * x2 + 2 * c * y1 - (1 - alpha) * y2) / (1 + alpha);
      [x2, x1, y2, y1] = [x1, x, y1, y];
      out[i] = y;
    });
    return out;
  };
  let out: Float64Array = Float64Array.from(samples);
  for (let i = 0; i < 2; i++) out = section(out, hz, true);
  if (to !== undefined) for (let i = 0; i < 2; i++) out = section(out, to, false);
  return Float32Array.from(out);
}

/** Largest normalised cross-correlation of the ears within ±1 ms. */
export function interauralCorrelation({ left, right }: Binaural, sampleRate: number): number {
  const reach = Math.round(sampleRate / 1000);
  let powerLeft = 0;
  let powerRight = 0;
  for (let i = reach; i < left.length - reach; i++) {
    powerLeft += left[i]! ** 2;
    powerRight += right[i]! ** 2;
  }
  let best = 0;
  for (let lag = -reach; lag <= reach; lag++) {
    let sum = 0;
    for (let i = reach; i < left.length - reach; i++) sum += left[i]! * right[i + lag]!;
    best = Math.max(best, Math.abs(sum));
  }
  return best / Math.sqrt(powerLeft * powerRight);
}

// Near-field head, brightness and motion: against the exact sphere, a plain reference, and the promises made to the ear.
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/synth/dsp/random.ts';
import type { Place } from '../../src/synth/scene.ts';
import { closenessFromDistance, distanceM } from '../../src/synth/scene.ts';
import { Head } from '../../src/synth/space/head.ts';
import { Motion, wrapDeg } from '../../src/synth/space/motion.ts';
import { Sphere } from '../../src/synth/space/sphere.ts';
import { Tilt } from '../../src/synth/space/tilt.ts';
import { BLOCK_FRAMES } from '../../src/synth/dsp/block.ts';
import { centroidHz } from '../helpers/features.ts';
import {
  bandLimit,
  createRig,
  decibels,
  headResponse,
  interauralCorrelation,
  magnitudeAt,
  pinkLevelDb,
  playLayer,
  STILL,
  whiteNoise,
} from '../helpers/spaceRig.ts';
import type { LayerState } from '../helpers/spaceRig.ts';
import { HeadReference } from '../reference/head.ts';
import type { EarTargets } from '../reference/head.ts';

const FS = 48000;
const RADIUS_M = 0.0875;
const BARE = { bare: true, earAzimuthDeg: 90 };

/** Low-frequency limit of the rigid sphere in closed form (Weiss's sphere theorem), re free field at the centre. */
function sphereDc(distance: number, angleDeg: number): number {
  const rho = distance / RADIUS_M;
  const u = 1 / rho;
  const c = Math.cos((angleDeg * Math.PI) / 180);
  const s = Math.sin((angleDeg * Math.PI) / 180);
  return rho * (1 / Math.hypot(s, c - rho) + u / Math.hypot(s, c - u) - Math.asinh((u - c) / s) + Math.asinh(-c / s));
}

describe('head: the rigid sphere', () => {
  // Exact series for ears at ±90°, source at 90°: level difference at 125, 500, 1000, 2000 and 8000 Hz.
  const EXACT_ILD: readonly [number, readonly number[]][] = [
    [0.12, [22.8, 22.9, 23.2, 24.0, 29.3]],
    [0.15, [16.8, 17.2, 17.6, 18.5, 23.1]],
    [0.2, [12.0, 12.6, 13.2, 14.2, 18.1]],
    [0.3, [7.8, 8.7, 9.5, 10.5, 13.8]],
    [0.5, [4.6, 5.8, 6.8, 7.8, 10.6]],
  ];

  it.each(EXACT_ILD)(
    'keeps the level difference of a source at %s m within 0.7 dB, at any sample rate',
    (distance, exact) => {
      for (const sampleRate of [44100, 48000, 96000]) {
        const { left, right } = headResponse(90, closenessFromDistance(distance), { ...BARE, sampleRate });
        [125, 500, 1000, 2000, 8000].forEach((hz, i) => {
          const ild = decibels(magnitudeAt(left, hz, sampleRate) / magnitudeAt(right, hz, sampleRate));
          // The bilinear one-poles bend a little at 8 kHz below 48 kHz.
          expect(Math.abs(ild - exact[i]!)).toBeLessThan(hz === 8000 ? 1 : 0.7);
        });
      }
    },
  );

  it('meets the closed form at low frequency for every direction and distance', () => {
    for (const distance of [0.12, 0.17, 0.26, 0.45, 1]) {
      for (const angle of [5, 30, 55, 90, 120, 150, 175]) {
        const { left } = headResponse(90 - angle, closenessFromDistance(distance), BARE);
        // 50 Hz: the sphere itself departs from its limit by up to 0.3 dB there.
        const error = decibels(magnitudeAt(left, 50, FS) / sphereDc(distance, angle));
        expect(Math.abs(error), `${distance} m ${angle}°`).toBeLessThan(0.7);
      }
    }
  });

  it('keeps the time between the ears of the ray round the sphere', () => {
    for (const [distance, micros] of [
      [0.12, 754],
      [0.15, 733],
      [0.2, 713],
      [0.3, 693],
      [0.5, 678],
    ] as const) {
      // prettier-ignore
      const sphere = new Sphere();
      sphere.setDistance(closenessFromDistance(distance), distance);
      expect(1e6 * (sphere.delaySec(Math.PI) - sphere.delaySec(0))).toBeCloseTo(micros, -0.5);
      const { left, right } = headResponse(90, closenessFromDistance(distance), BARE);
      // Phase slope between 3 and 3.2 kHz; the far ear's filters add a little of their own.
      expect(Math.abs(delayOf(right) - delayOf(left) - micros)).toBeLessThan(60);
    }
  });

  it('is the same head at every sample rate', () => {
    for (const azimuth of [0, 60, 110, 180]) {
      const at48 = headResponse(azimuth, 0.6, { darkness: 1, elevationDeg: 20 });
      for (const sampleRate of [44100, 96000]) {
        const other = headResponse(azimuth, 0.6, { darkness: 1, elevationDeg: 20, sampleRate });
        for (const hz of [125, 500, 1000, 2000, 4000, 6000]) {
          for (const ear of ['left', 'right'] as const) {
            const ratio = magnitudeAt(at48[ear], hz, FS) / magnitudeAt(other[ear], hz, sampleRate);
            expect(Math.abs(decibels(ratio)), `${azimuth}° ${hz} Hz ${ear}`).toBeLessThan(0.6);
          }
        }
      }
    }
  });
});

/** Group delay near 3.1 kHz, in microseconds. */
function delayOf(impulse: Float32Array): number {
  const phase = (hz: number): number => {
    let re = 0;
    let im = 0;
    impulse.forEach((value, i) => {
      re += value * Math.cos((2 * Math.PI * hz * i) / FS);
      im -= value * Math.sin((2 * Math.PI * hz * i) / FS);
    });
    return Math.atan2(im, re);
  };
  let turn = phase(3000) - phase(3200);
  while (turn < 0) turn += 2 * Math.PI;
  return (1e6 * turn) / (2 * Math.PI * 200);
}

describe('head: the kernel', () => {
  it.each([1, 2, 3, 4])('equals the plain reference, standing and moving: %i emitters', (COUNT) => {
    const { kernels, arena, context } = createRig();
    const head = new Head(context, COUNT);
    const emitters = Array.from({ length: COUNT }, () => ({ out: arena.floats(BLOCK_FRAMES), offset: 0 }));
    const out = [0, 1, 2, 3].map(() => arena.floats(BLOCK_FRAMES));
    const ears = { left: out[0]!, right: out[1]!, sendLeft: out[2]!, sendRight: out[3]! };
    const place = (turn: number, closeness: number, dark: number): void => {
      const shared = { closeness, distanceM: distanceM(closeness), darkness: dark, mono: 0, gain: 0.8, send: 0.5 };
      head.setLayer({ elevationDeg: 10, ...shared });
      for (let e = 0; e < COUNT; e++) head.setEmitter(e, turn + 70 * e);
    };
    place(20, 0.5, 1);
    head.reset();
    // The kernel's block as the face fills it: coefficients, then targets in vectors of four emitters.
    const block = context.arena.view(emitters[0]!.out - kernels.HEAD_BYTES, kernels.HEAD_BYTES / 4);
    const bell = (at: number) => ({ b: block[at]!, a1: block[at + 1]!, a2: block[at + 2]! });
    const targets = (e: number): EarTargets => {
      // One or two emitters hold their right ears in the upper lanes of the same vectors.
      const pair = COUNT <= 2;
      const at = (vector: number, lane = e): number => block[kernels.HEAD_TARGETS / 4 + 4 * vector + lane]!;
      return {
        left: [0, 1, 2, 3].map((k) => at(k)),
        right: [0, 1, 2, 3].map((k) => (pair ? at(k, e + 2) : at(k + 4))),
        dip: at(8),
        notch: at(9),
        bass: at(10),
        delayLeft: at(11),
        delayRight: pair ? at(11, e + 2) : at(12),
      };
    };
    const poles = [14, 15, 16, 17].map((word) => block[word]!);
    const references = emitters.map(() => new HeadReference(bell(8), bell(11), poles));
    let before = emitters.map((_, e) => targets(e));
    let error = 0;
    let power = 0;
    for (let n = 0; n < 12; n++) {
      if (n % 3 !== 0) place(20 + 9 * n, 0.5 + 0.03 * n, 1 - 0.05 * n);
      const now = emitters.map((_, e) => targets(e));
      const expected = { left: new Float64Array(BLOCK_FRAMES), right: new Float64Array(BLOCK_FRAMES) };
      emitters.forEach((emitter, e) => {
        kernels.noiseFill(emitter.out, 7 + e, n * BLOCK_FRAMES, BLOCK_FRAMES);
        const heard = references[e]!.render(arena.view(emitter.out, BLOCK_FRAMES), before[e]!, now[e]!);
        heard.left.forEach((value, i) => (expected.left[i]! += value));
        heard.right.forEach((value, i) => (expected.right[i]! += value));
      });
      for (const ptr of out) kernels.clear(ptr, BLOCK_FRAMES);
      head.render(emitters, ears);
      for (const [ptr, want] of [
        [ears.left, expected.left],
        [ears.right, expected.right],
      ] as const) {
        // prettier-ignore
        arena.view(ptr, BLOCK_FRAMES).forEach((value, i) => {
          error += (value - want[i]!) ** 2;
          power += want[i]! ** 2;
        });
      }
      arena.view(ears.sendLeft, BLOCK_FRAMES).forEach((value, i) => {
        expect(value).toBeCloseTo(0.5 * arena.view(ears.left, BLOCK_FRAMES)[i]!, 5);
      });
      before = now;
    }
    expect(decibels(Math.sqrt(power / error))).toBeGreaterThan(95);
  });
});

describe('head: what the ear is promised', () => {
  it('lifts the nearer ear by at most 3 dB from 1 m to 12 cm and lets the farther ear fall', () => {
    for (const azimuth of [30, 60, 90, 130]) {
      for (const darkness of [0, 1]) {
        const near: number[] = [];
        const far: number[] = [];
        for (let step = 0; step <= 10; step++) {
          const { left, right } = headResponse(azimuth, step / 10, { darkness });
          near.push(pinkLevelDb(left, FS));
          far.push(pinkLevelDb(right, FS));
        }
        for (let i = 1; i < near.length; i++) expect(near[i]! - near[i - 1]!).toBeGreaterThan(-0.1);
        expect(near.at(-1) - near[0]!).toBeLessThan(3);
        expect(far.at(-1)).toBeLessThan(far[0]! - (azimuth === 30 ? 0.5 : 6));
      }
    }
  });

  it('lifts the bass with closeness by up to 5 dB', () => {
    const rise = (closeness: number): number => {
      const { left } = headResponse(90, closeness);
      return decibels(magnitudeAt(left, 60, FS) / magnitudeAt(left, 1000, FS));
    };
    // Beside the sphere's own: at 12 cm the bare sphere's nearer ear gains bass too.
    const own = (closeness: number): number => {
      const { left } = headResponse(90, closeness, { bare: true });
      return decibels(magnitudeAt(left, 60, FS) / magnitudeAt(left, 1000, FS));
    };
    expect(rise(1) - own(1) - (rise(0) - own(0))).toBeGreaterThan(3);
    expect(rise(1) - own(1) - (rise(0) - own(0))).toBeLessThan(5);
  });

  it('digs the dark dip at 2–6 kHz, 6 to 8 dB deep, gone when bright', () => {
    const shape = (darkness: number, hz: number): number =>
      decibels(magnitudeAt(headResponse(30, 0.7, { darkness }).left, hz, FS));
    const depth = (hz: number): number => shape(1, hz) - shape(0, hz) - (shape(1, 300) - shape(0, 300));
    expect(depth(3500)).toBeLessThan(-6);
    expect(depth(3500)).toBeGreaterThan(-9);
    expect(depth(2200)).toBeLessThan(-3);
    expect(depth(5200)).toBeLessThan(-3);
    expect(depth(12000)).toBeGreaterThan(-2);
  });

  it('moves a notch from 6 to 11 kHz with elevation, and darkens what is behind', () => {
    const lowest = (elevationDeg: number): number => {
      const { left } = headResponse(0, 0.5, { elevationDeg });
      let best = 0;
      let hz = 0;
      for (let f = 5000; f < 13000; f *= 1.02) {
        const depth = -decibels(magnitudeAt(left, f, FS));
        if (hz === 0 || depth > best) [best, hz] = [depth, f];
      }
      return hz;
    };
    const heights = [-60, -20, 20, 60, 80].map(lowest);
    for (let i = 1; i < heights.length; i++) expect(heights[i]!).toBeGreaterThan(heights[i - 1]!);
    expect(heights[0]).toBeGreaterThan(5500);
    expect(heights.at(-1)).toBeLessThan(11500);
    const treble = (azimuth: number): number => {
      const { left } = headResponse(azimuth, 0.3);
      return decibels(magnitudeAt(left, 12000, FS) / magnitudeAt(left, 300, FS));
    };
    expect(treble(180)).toBeLessThan(treble(0));
  });

  it('keeps the ears within 12 dB and 0.1 ms of each other in one-ear mode', () => {
    for (const azimuth of [40, 90, 130]) {
      const { left, right } = headResponse(azimuth, 1, { mono: 1, darkness: 1 });
      for (const hz of [60, 125, 250, 500, 1000, 2000, 4000, 8000, 12000]) {
        const ild = decibels(magnitudeAt(left, hz, FS) / magnitudeAt(right, hz, FS));
        expect(ild).toBeLessThan(12);
        expect(ild).toBeGreaterThan(0);
      }
      expect(Math.abs(delayOf(right) - delayOf(left))).toBeLessThan(150);
    }
  });

  it('decorrelates the ears of a texture: 0.2 to 0.5 between 300 Hz and 4 kHz', () => {
    const hear = (emitters: number, azimuthDeg: number, spread: number): number => {
      const { left, right } = playLayer(
        { place: { ...STILL, azimuthDeg, spread } },
        { seconds: 1, emitters, source: whiteNoise(3) },
      );
      const band = { left: bandLimit(left, 300, FS, 4000), right: bandLimit(right, 300, FS, 4000) };
      return interauralCorrelation(band, FS);
    };
    for (const azimuth of [0, 30, 60, 90, 120]) {
      const wide = hear(2, azimuth, 0.5);
      expect(wide).toBeGreaterThan(0.15);
      expect(wide).toBeLessThan(0.5);
      expect(hear(4, azimuth, 0.5)).toBeLessThan(0.55);
      expect(hear(2, azimuth, 0)).toBeGreaterThan(0.85);
    }
  });
});

describe('space: nothing clicks', () => {
  const HZ = 400;
  const sine = (frame: number): number => 0.5 * Math.sin((2 * Math.PI * HZ * frame) / FS);

  /** Loudest broadband residue of any 2 ms above 4 kHz, against the sine's own level at its loudest ear, in dB. */
  function worstClick(
    change: (state: LayerState, timeSec: number, offsets: number[]) => void,
    place: Partial<Place> = {},
  ): number {
    const heard = playLayer(
      { place: { ...STILL, azimuthDeg: 60, ...place }, room: { size: 0.5, amount: 0.5 } },
      {
        seconds: 2.6,
        emitters: 2,
        source: sine,
        change: (state, timeSec, _layer, offsets) => {
          change(state, timeSec, offsets);
        },
      },
    );
    let worst = 0;
    let level = 0;
    for (const ear of [heard.left, heard.right]) {
      const residue = bandLimit(bandLimit(ear, 4000, FS), 4000, FS);
      const WINDOW = 96;
      for (let at = Math.round(0.1 * FS); at + WINDOW < ear.length; at += WINDOW / 2) {
        let sum = 0;
        for (let i = at; i < at + WINDOW; i++) sum += residue[i]! ** 2;
        worst = Math.max(worst, Math.sqrt(sum / WINDOW));
      }
      let sum = 0;
      for (let i = 4800; i < ear.length; i++) sum += ear[i]! ** 2;
      level = Math.max(level, Math.sqrt(sum / (ear.length - 4800)));
    }
    return decibels(worst / level);
  }
  const once = (at: number, apply: (state: LayerState, offsets: number[]) => void) => {
    let done = false;
    return (state: LayerState, timeSec: number, offsets: number[]): void => {
      if (done || timeSec < at) return;
      done = true;
      apply(state, offsets);
    };
  };

  it.each([
    ['orbit', { path: 'orbit', periodSec: 3, closeness: 1 }],
    ['orbit, spread', { path: 'orbit', periodSec: 3, closeness: 0.8, spread: 0.9 }],
    ['ear to ear', { path: 'earToEar', periodSec: 3, closeness: 0.9 }],
    ['drift', { path: 'drift', periodSec: 3 }],
  ] as const)('along the path: %s', (_name, place) => {
    expect(worstClick(() => undefined, place)).toBeLessThan(-60);
  });

  it.each<[string, (state: LayerState, offsets: number[]) => void]>([
    ['direction', ({ place }) => (place.azimuthDeg = -120)],
    ['height', ({ place }) => (place.elevationDeg = 70)],
    ['closeness', ({ place }) => (place.closeness = 0)],
    ['path', ({ place }) => (place.path = 'orbit')],
    ['one ear', (state) => (state.mono = true)],
    ['room', ({ room }) => (room.size = 1)],
    ['room amount', ({ room }) => (room.amount = 0)],
    ['offset', (_, offsets) => (offsets[0] = -1)],
    ['stroke', (state) => ((state.place.path = 'strokes'), (state.strokePosition = 1))],
  ])('when a choice jumps: %s', (_name, apply) => {
    expect(worstClick(once(1, apply), { spread: 0.7 })).toBeLessThan(-60);
  });

  it('falls silent to the last bit after its sound, and comes back as it was', () => {
    const noise = whiteNoise(5);
    const heard = playLayer(
      { place: { ...STILL, azimuthDeg: 50 }, room: { size: 1, amount: 1 } },
      { seconds: 4, source: (frame) => (frame % (2 * FS) < 0.5 * FS ? 0.1 * noise(frame % (2 * FS), 0) : 0) },
    );
    expect(heard.left.subarray(1.9 * FS, 2 * FS).every((value) => value === 0)).toBe(true);
    const first = heard.left.subarray(0, 0.4 * FS);
    const again = heard.left.subarray(2 * FS, 2.4 * FS);
    // 2 s is a whole number of blocks: the second breath must equal the first.
    expect((2 * FS) % BLOCK_FRAMES).toBe(0);
    expect(again).toEqual(first);
  });
});

describe('motion', () => {
  const STEP = BLOCK_FRAMES / FS;
  function travel(place: Partial<Place>, seconds: number, seed = 1, stroke: (timeSec: number) => number = () => 0) {
    const motion = new Motion(new Random(seed));
    const places: { azimuthDeg: number; closeness: number; distanceM: number }[] = [];
    const full = { ...STILL, ...place };
    for (let t = 0; t < seconds; t += STEP) {
      motion.advance(full, stroke(t), STEP);
      const { azimuthDeg, closeness } = motion;
      places.push({ azimuthDeg, closeness, distanceM: motion.distanceM });
    }
    return places;
  }
  const azimuths = (path: ReturnType<typeof travel>): number[] => path.map(({ azimuthDeg }) => azimuthDeg);

  it('starts every path at the mark', () => {
    for (const path of ['still', 'drift', 'orbit', 'earToEar', 'strokes'] as const) {
      for (const azimuthDeg of [30, -70, 150, -179]) {
        expect(Math.abs(wrapDeg(azimuths(travel({ path, azimuthDeg }, STEP))[0]! - azimuthDeg))).toBeLessThan(0.1);
      }
    }
  });

  it('goes from ear to ear in front when the mark is in front, behind when it is behind', () => {
    const front = azimuths(travel({ path: 'earToEar', azimuthDeg: 30, periodSec: 3 }, 6));
    expect(Math.max(...front)).toBeGreaterThan(89);
    expect(Math.min(...front)).toBeLessThan(-89);
    expect(Math.max(...front.map(Math.abs))).toBeLessThan(90.5);
    const back = azimuths(travel({ path: 'earToEar', azimuthDeg: -150, periodSec: 3 }, 6));
    expect(Math.min(...back.map(Math.abs))).toBeGreaterThan(89.5);
    expect(Math.max(...back.map(Math.abs))).toBeGreaterThan(179);
  });

  it('orbits once a period, strokes along a short arc, drifts a little and never twice alike', () => {
    const orbit = azimuths(travel({ path: 'orbit', azimuthDeg: 0, periodSec: 4 }, 4));
    expect(new Set(orbit.map((value) => Math.floor(value / 30))).size).toBe(12);
    const strokes = azimuths(travel({ path: 'strokes', azimuthDeg: 40 }, 4, 1, (t) => Math.sin(3 * t)));
    expect(Math.max(...strokes) - Math.min(...strokes)).toBeGreaterThan(50);
    expect(Math.max(...strokes) - Math.min(...strokes)).toBeLessThan(80);
    const drift = azimuths(travel({ path: 'drift', azimuthDeg: 20, periodSec: 6 }, 60));
    expect(Math.max(...drift) - Math.min(...drift)).toBeGreaterThan(20);
    expect(Math.max(...drift.map((value) => Math.abs(value - 20)))).toBeLessThan(40);
    expect(azimuths(travel({ path: 'drift', azimuthDeg: 20, periodSec: 6 }, 60))).toEqual(drift);
    expect(azimuths(travel({ path: 'drift', azimuthDeg: 20, periodSec: 6 }, 60, 2))).not.toEqual(drift);
  });

  it('comes nearer slowly, leaves faster, and never nearer than 12 cm', () => {
    const motion = new Motion(new Random(1));
    const place = { ...STILL, closeness: 0 };
    motion.advance(place, 0, STEP);
    const timeTo = (closeness: number): number => {
      place.closeness = closeness;
      let blocks = 0;
      while (Math.abs(motion.closeness - closeness) > 0.01 && blocks < 10000) {
        motion.advance(place, 0, STEP);
        blocks += 1;
      }
      return blocks * STEP;
    };
    expect(timeTo(1)).toBeGreaterThan(3.9);
    const away = timeTo(0);
    expect(away).toBeGreaterThan(1.2);
    expect(away).toBeLessThan(1.4);
    for (const path of ['still', 'drift', 'strokes', 'earToEar', 'orbit'] as const) {
      const near = travel({ path, closeness: 7, periodSec: 3 }, 9, 3, (t) => 3 * Math.sin(5 * t));
      expect(Math.min(...near.map((at) => at.distanceM))).toBeGreaterThanOrEqual(0.12 - 1e-12);
    }
  });

  it('turns the short way and no faster than a full turn a second', () => {
    const motion = new Motion(new Random(1));
    const place = { ...STILL, azimuthDeg: 170 };
    motion.advance(place, 0, STEP);
    place.azimuthDeg = -150;
    let before = motion.azimuthDeg;
    for (let i = 0; i < 60; i++) {
      motion.advance(place, 0, STEP);
      const turn = wrapDeg(motion.azimuthDeg - before);
      expect(turn).toBeGreaterThanOrEqual(0);
      expect(turn).toBeLessThan(360 * STEP + 1e-9);
      before = motion.azimuthDeg;
    }
    expect(motion.azimuthDeg).toBeCloseTo(-150);
  });
});

describe('tilt', () => {
  function response(brightness: number, sampleRate = FS): Float32Array {
    const { arena, context } = createRig(sampleRate);
    const tilt = new Tilt(context);
    const emitters = [{ out: arena.floats(BLOCK_FRAMES), offset: 0 }];
    const buffer = arena.view(emitters[0]!.out, BLOCK_FRAMES);
    const impulse = new Float32Array(16 * BLOCK_FRAMES);
    tilt.render(emitters, brightness);
    for (let block = 0; block < 16; block++) {
      buffer.fill(0);
      if (block === 0) buffer[0] = 1;
      tilt.render(emitters, brightness);
      impulse.set(buffer, block * BLOCK_FRAMES);
    }
    return impulse;
  }

  it('leaves the sound untouched at one half', () => {
    const impulse = response(0.5);
    expect(impulse[0]).toBe(1);
    expect(impulse.subarray(1).every((value) => value === 0)).toBe(true);
  });

  it('tilts by 9 to 12 dB between 300 Hz and 8 kHz at either end, alike at every sample rate', () => {
    for (const sampleRate of [44100, 48000, 96000]) {
      const slope = (brightness: number): number => {
        const impulse = response(brightness, sampleRate);
        return decibels(magnitudeAt(impulse, 8000, sampleRate) / magnitudeAt(impulse, 300, sampleRate));
      };
      expect(slope(1)).toBeGreaterThan(9);
      expect(slope(1)).toBeLessThan(12);
      expect(slope(0)).toBeGreaterThan(-12);
      expect(slope(0)).toBeLessThan(-9);
    }
  });

  it('raises the centroid steadily and keeps the loudness of pink noise', () => {
    const noise = whiteNoise(2);
    const centroids: number[] = [];
    for (let step = 0; step <= 8; step++) {
      expect(Math.abs(pinkLevelDb(response(step / 8), FS))).toBeLessThan(0.7);
      const { arena, context } = createRig();
      const tilt = new Tilt(context);
      const emitters = [0, 1, 2].map(() => ({ out: arena.floats(BLOCK_FRAMES), offset: 0 }));
      const heard = new Float32Array(64 * BLOCK_FRAMES);
      for (let block = 0; block < 64; block++) {
        emitters.forEach(({ out }, e) => {
          const buffer = arena.view(out, BLOCK_FRAMES);
          for (let i = 0; i < BLOCK_FRAMES; i++) buffer[i] = noise(block * BLOCK_FRAMES + i, e);
        });
        tilt.render(emitters, step / 8);
        heard.set(arena.view(emitters[2]!.out, BLOCK_FRAMES), block * BLOCK_FRAMES);
      }
      centroids.push(centroidHz(heard, FS));
    }
    for (let i = 1; i < centroids.length; i++) expect(centroids[i]!).toBeGreaterThan(centroids[i - 1]!);
  });

  it('glides without a click', () => {
    const { arena, context } = createRig();
    const tilt = new Tilt(context);
    const emitters = [{ out: arena.floats(BLOCK_FRAMES), offset: 0 }];
    const buffer = arena.view(emitters[0]!.out, BLOCK_FRAMES);
    const heard = new Float32Array(200 * BLOCK_FRAMES);
    let brightness = 0.5;
    for (let block = 0; block < 200; block++) {
      // As the engine smooths a jump from one half to 1 and back.
      brightness += ((block > 60 && block < 130 ? 1 : 0.5) - brightness) * 0.085;
      for (let i = 0; i < BLOCK_FRAMES; i++)
        buffer[i] = Math.sin((2 * Math.PI * 400 * (block * BLOCK_FRAMES + i)) / FS);
      tilt.render(emitters, brightness);
      heard.set(buffer, block * BLOCK_FRAMES);
    }
    const residue = bandLimit(bandLimit(heard, 4000, FS), 4000, FS).subarray(2000);
    expect(decibels(Math.max(...residue.map(Math.abs)))).toBeLessThan(-60);
  });
});

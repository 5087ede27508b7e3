// The short room: against its plain reference, and by the features of its impulse response.
import { describe, expect, it } from 'vitest';
import { RoomReverb } from '../../src/synth/space/roomReverb.ts';
import { roomSendGain } from '../../src/synth/space/space.ts';
import { BLOCK_FRAMES } from '../../src/synth/dsp/block.ts';
import {
  bandLimit,
  createRig,
  decibels,
  interauralCorrelation,
  pinkLevelDb,
  playLayer,
  STILL,
  whiteNoise,
} from '../helpers/spaceRig.ts';
import type { Binaural } from '../helpers/spaceRig.ts';
import { createKernelRoom, exampleRoom, RoomReference } from '../reference/room.ts';

const FS = 48000;

/** What the ears hear of one impulse in both sends. */
function roomResponse(size: number, sampleRate: number, seconds = 0.7): Binaural {
  const { kernels, arena, context } = createRig(sampleRate);
  const room = new RoomReverb(context);
  const [sendLeft, sendRight, left, right] = [0, 1, 2, 3].map(() => arena.floats(BLOCK_FRAMES)) as [number, number, number, number]; // prettier-ignore
  const blocks = Math.ceil((seconds * sampleRate) / BLOCK_FRAMES);
  const heard = {
    left: new Float32Array(blocks * BLOCK_FRAMES),
    right: new Float32Array(blocks * BLOCK_FRAMES),
  };
  for (let block = 0; block < blocks; block++) {
    for (const ptr of [sendLeft, sendRight, left, right]) kernels.clear(ptr, BLOCK_FRAMES);
    if (block === 0) {
      arena.view(sendLeft, 1)[0] = 1;
      arena.view(sendRight, 1)[0] = 1;
    }
    room.render({ size, amount: 1 }, sendLeft, sendRight, left, right);
    heard.left.set(arena.view(left, BLOCK_FRAMES), block * BLOCK_FRAMES);
    heard.right.set(arena.view(right, BLOCK_FRAMES), block * BLOCK_FRAMES);
  }
  return heard;
}

/** Time to decay by 60 dB, from the slope of the backward integral between −5 and −30 dB. */
function decaySec({ left, right }: Binaural, sampleRate: number): number {
  const energy = left.map((value, i) => value * value + right[i]! * right[i]!);
  const left2 = Float64Array.from(energy);
  for (let i = left2.length - 2; i >= 0; i--) left2[i]! += left2[i + 1]!;
  const at = (db: number): number => left2.findIndex((value) => value < left2[0]! * 10 ** (-db / 10)) / sampleRate;
  return (at(30) - at(5)) * (60 / 25);
}

const octave = (heard: Binaural, hz: number, sampleRate: number): Binaural => ({
  left: bandLimit(heard.left, hz / Math.SQRT2, sampleRate, hz * Math.SQRT2),
  right: bandLimit(heard.right, hz / Math.SQRT2, sampleRate, hz * Math.SQRT2),
});

describe('room', () => {
  it('equals the plain reference', () => {
    const { kernels, arena } = createRig();
    const settings = exampleRoom();
    const ptr = createKernelRoom(kernels, arena, settings);
    const reference = new RoomReference(settings);
    const [inLeft, inRight, left, right] = [0, 1, 2, 3].map(() => arena.floats(BLOCK_FRAMES)) as [number, number, number, number]; // prettier-ignore
    kernels.fdnSetInputGain(ptr, 1);
    let error = 0;
    let power = 0;
    // Noise, then the tail: 0.5 s goes round each ring many times.
    for (let block = 0; block < 190; block++) {
      kernels.noiseFill(inLeft, 1, block * BLOCK_FRAMES, BLOCK_FRAMES);
      kernels.noiseFill(inRight, 2, block * BLOCK_FRAMES, BLOCK_FRAMES);
      if (block > 95) for (const ear of [inLeft, inRight]) kernels.clear(ear, BLOCK_FRAMES);
      kernels.clear(left, BLOCK_FRAMES);
      kernels.clear(right, BLOCK_FRAMES);
      kernels.fdnRender(ptr, inLeft, inRight, 1, left, right, BLOCK_FRAMES);
      const want = { left: new Float32Array(BLOCK_FRAMES), right: new Float32Array(BLOCK_FRAMES) };
      const input = { left: arena.view(inLeft, BLOCK_FRAMES), right: arena.view(inRight, BLOCK_FRAMES) };
      reference.render(input.left, input.right, 1, want.left, want.right);
      for (const [got, expected] of [
        [left, want.left],
        [right, want.right],
      ] as const) {
        // prettier-ignore
        arena.view(got, BLOCK_FRAMES).forEach((value, i) => {
          error += (value - expected[i]!) ** 2;
          power += expected[i]! ** 2;
        });
      }
    }
    expect(decibels(Math.sqrt(power / error))).toBeGreaterThan(100);
  });

  it.each([44100, 48000, 96000])(
    'decays in 0.15 to 0.35 s within a tenth, quicker at the top, at %i Hz',
    (sampleRate) => {
      for (const [size, t60] of [
        [0, 0.15],
        [0.5, 0.25],
        [1, 0.35],
      ] as const) {
        // prettier-ignore
        const heard = roomResponse(size, sampleRate);
        const low = decaySec(octave(heard, 500, sampleRate), sampleRate);
        expect(Math.abs(low / t60 - 1), `size ${size}: ${low} s`).toBeLessThan(0.1);
        const high = decaySec(octave(heard, 5000, sampleRate), sampleRate);
        expect(high / t60).toBeLessThan(0.75);
        expect(high / t60).toBeGreaterThan(0.3);
      }
    },
  );

  it('gives back the power it gets, whatever its size and the sample rate', () => {
    for (const sampleRate of [44100, 48000, 96000]) {
      for (const size of [0, 1]) {
        const heard = roomResponse(size, sampleRate, 0.3);
        expect(Math.abs(pinkLevelDb(heard.left, sampleRate))).toBeLessThan(1.5);
        expect(Math.abs(pinkLevelDb(heard.right, sampleRate))).toBeLessThan(1.5);
      }
    }
  });

  it('has a tail that differs between the ears', () => {
    for (const size of [0, 0.5, 1]) {
      const heard = roomResponse(size, FS);
      const band = { left: bandLimit(heard.left, 300, FS, 4000), right: bandLimit(heard.right, 300, FS, 4000) };
      const tail = { left: band.left.subarray(0.03 * FS, 0.2 * FS), right: band.right.subarray(0.03 * FS, 0.2 * FS) };
      expect(interauralCorrelation(tail, FS)).toBeLessThan(0.3);
    }
  });

  it('has no flutter: no lag of the tail stands out', () => {
    const { left } = roomResponse(1, FS);
    const tail = bandLimit(left, 300, FS, 4000).subarray(0.03 * FS, 0.3 * FS);
    const power = tail.reduce((sum, value) => sum + value * value, 0);
    for (let lag = 120; lag < 1500; lag++) {
      let sum = 0;
      for (let i = lag; i < tail.length; i++) sum += tail[i]! * tail[i - lag]!;
      expect(Math.abs(sum) / power).toBeLessThan(0.5);
    }
  });

  it('is 14 dB under the direct sound at 1 m, 30 dB near the ear, gone at the ear', () => {
    const noise = whiteNoise(4);
    // Pink-ish: white noise would weigh the treble that the room takes away.
    let low = 0;
    const dull = (frame: number): number => {
      if (frame === 0) low = 0;
      low += 0.15 * (noise(frame, 0) - low);
      return low;
    };
    const wetDb = (closeness: number): number => {
      const place = { ...STILL, azimuthDeg: 60, closeness };
      const play = (amount: number): Binaural =>
        playLayer({ place, room: { size: 0.5, amount } }, { seconds: 1.2, source: dull });
      const dry = play(0);
      const wet = play(1);
      let room = 0;
      let direct = 0;
      for (let i = 0.3 * FS; i < dry.left.length; i++) {
        room += (wet.left[i]! - dry.left[i]!) ** 2 + (wet.right[i]! - dry.right[i]!) ** 2;
        direct += dry.left[i]! ** 2 + dry.right[i]! ** 2;
      }
      return decibels(Math.sqrt(room / direct));
    };
    expect(Math.abs(wetDb(0) + 14)).toBeLessThan(2);
    expect(Math.abs(wetDb(0.9) + 30)).toBeLessThan(2.5);
    expect(wetDb(1)).toBeLessThan(-150);
    for (let step = 1; step <= 20; step++) expect(roomSendGain(step / 20)).toBeLessThan(roomSendGain((step - 1) / 20));
  });
});

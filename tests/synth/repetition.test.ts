// The measure behind the night's proof: it sees a loop, whatever its length, and knows an endless sound from one.
import { expect, test } from 'vitest';
import { Repetition } from '../../bench/repetition.ts';
import { FACTORY } from '../../src/presets/factory.ts';
import { renderChunks } from '../../src/synth/index.ts';

const RATE = 48000;
const SECONDS = 50;
const LONGEST_LAG_SEC = 20;
const PIECE = RATE / 10;

function sound(id: string): { left: Float32Array; right: Float32Array } {
  const scene = FACTORY.find((preset) => preset.id === id)!.scene;
  const left = new Float32Array(SECONDS * RATE);
  const right = new Float32Array(left.length);
  let at = 0;
  for (const piece of renderChunks(scene, { seconds: SECONDS, mode: 'sleep' })) {
    left.set(piece.left, at);
    right.set(piece.right, at);
    at += piece.left.length;
  }
  return { left, right };
}

/** As it is, or from second 5 on the same clip over and over. */
function measure({ left, right }: ReturnType<typeof sound>, clipFrames = Infinity) {
  const repetition = new Repetition(RATE, SECONDS, LONGEST_LAG_SEC);
  const place = (i: number): number => (clipFrames < Infinity ? 5 * RATE + (i % clipFrames) : i);
  for (let at = 0; at < left.length; at += PIECE) {
    repetition.add(
      Float32Array.from({ length: PIECE }, (_, i) => left[place(at + i)]!),
      Float32Array.from({ length: PIECE }, (_, i) => right[place(at + i)]!),
    );
  }
  return repetition.peaks();
}

test.each(['rain-on-the-tent', 'window-and-brush'])(
  '%s: a looped clip is caught, the sound itself does not come back',
  (id) => {
    const endless = sound(id);
    const { wave } = measure(endless);
    expect(wave[0]!.value).toBeLessThan(0.05);

    const looped = measure(endless, 12 * RATE);
    for (const [highest] of [looped.envelope, looped.wave]) {
      expect(highest!.lagSec).toBeCloseTo(12, 3);
      expect(highest!.value).toBeGreaterThan(0.65);
    }
    // A clip that fits no grid: its level alone would blur, its waveform does not.
    const odd = measure(endless, 12 * RATE + 1333).wave[0]!;
    expect(odd.lagSec).toBeCloseTo(12 + 1333 / RATE, 2);
    expect(odd.value).toBeGreaterThan(0.65);
  },
);

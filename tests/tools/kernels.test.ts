// The maths come from two builds, by themselves (page, Node) and from among all kernels (audio thread, renderer): the same bits.
import { expect, test } from 'vitest';
import { Random } from '../../src/synth/dsp/random.ts';
import { compileKernels } from '../../tools/kernels.ts';

type Maths = Record<string, (x: number, y: number) => number>;

async function mathsOf(mode: 'debug' | 'release', entry?: string): Promise<Maths> {
  const bytes = await compileKernels(mode, entry);
  const { instance } = await WebAssembly.instantiate(new Uint8Array(bytes));
  return instance.exports as unknown as Maths;
}

test.each(['debug', 'release'] as const)('%s', async (mode) => {
  const whole = await mathsOf('release');
  const parts: Maths = { ...(await mathsOf(mode, 'maths.ts')), ...(await mathsOf(mode, 'mathsOfVoices.ts')) };
  const random = new Random(7);
  for (const name of ['sin', 'cos', 'tan', 'atan2', 'exp', 'log', 'pow', 'tanh']) {
    for (let i = 0; i < 4000; i++) {
      const x = random.range(2 * i, -0.5, 0.5) * 2 ** ((i % 40) - 20);
      const y = random.range(2 * i + 1, -20, 20);
      if (!Object.is(parts[name]!(x, y), whole[name]!(x, y))) expect.fail(`${name}(${String(x)}, ${String(y)})`);
    }
  }
});

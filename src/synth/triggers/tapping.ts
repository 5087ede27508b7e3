// Tapping: fingertip pad or nail on an object. timing → force pulse → modal body → 1 emitter.
import { cos, decayRate, exp, lerpLog, TAU } from '../dsp/maths.ts';
import { choice, number, unit } from '../params.ts';
import { BLOCK_FRAMES, defineTrigger } from '../trigger.ts';

const RATIOS = [1, 2.12, 2.88, 3.97, 4.0, 5.86, 6.03, 6.58, 7.14, 8.46];

export const tapping = defineTrigger({
  id: 'tapping',
  label: 'Tapping',
  family: 'contact',
  sources: ['Traer, Cusimano & McDermott, DAFx 2019: decay times of everyday objects'],
  params: {
    softness: unit('Softness', 0.6, { low: 'hard nail', high: 'fingertip' }),
    pace: number('Pace', 1.6, { min: 0.5, max: 8, unit: 'per second', taper: 'log', low: 'still', high: 'quick' }),
    material: choice('Object', 'wood', [{ id: 'wood', label: 'Wooden box' }]),
  },
  emitters: 1,
  describe: (values) => `taps on ${values.material}`,
  create({ kernels, arena, sampleRate, random, once }) {
    const bank = arena.alloc(kernels.modalBytes(RATIOS.length));
    const forcePtr = arena.floats(BLOCK_FRAMES);
    const force = arena.view(forcePtr, BLOCK_FRAMES);
    kernels.modalInit(bank, RATIOS.length);
    RATIOS.forEach((ratio, mode) => {
      const hz = 220 * ratio;
      const r = exp(-decayRate(0.11) / sampleRate);
      kernels.modalSetMode(bank, mode, 2 * r * cos((TAU * hz) / sampleRate), -r * r);
      kernels.modalSetGain(bank, mode, 1 / RATIOS.length);
    });
    let next = 0;
    let count = 0;
    return {
      stroke: 0,
      render(block, values) {
        force.fill(0);
        const contact = Math.round(lerpLog(0.0005, 0.008, values.softness) * sampleRate);
        while (next < block.frame + block.frames && (!once || count === 0)) {
          const at = Math.max(0, Math.floor(next - block.frame));
          const strength = 0.5 * exp(0.2 * random.normal(count));
          for (let i = 0; i < contact && at + i < block.frames; i++) force[at + i] = strength * (1 - cos((TAU * i) / contact));
          block.onset(at, strength, 0);
          count += 1;
          next += (sampleRate / values.pace) * exp(0.05 * random.normal(1000000 + count));
        }
        const emitter = block.emitters[0];
        if (emitter) kernels.modalRender(bank, forcePtr, emitter.out, block.frames);
      },
    };
  },
});

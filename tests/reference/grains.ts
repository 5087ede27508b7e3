// Plain f64 reference of the grain pool: every grain from its formula, sample by sample.

export interface ReferenceGrain {
  readonly at: number;
  readonly amplitude: number;
  readonly omega: number;
  readonly phase: number;
  readonly decay: number;
  readonly rampFrames: number;
  /** Growth of omega, its own share a frame. */
  readonly glide?: number;
}

/** Sum of amplitude · smoothstep(t / ramp) · e^(−decay·t) · sin(omega·t + phase), t in frames from each grain's onset. */
export function renderGrains(grains: readonly ReferenceGrain[], frames: number): Float64Array {
  const out = new Float64Array(frames);
  for (const grain of grains) {
    const ramp = Math.max(grain.rampFrames, 1);
    for (let frame = Math.max(0, Math.ceil(grain.at)); frame < frames; frame++) {
      const t = frame - grain.at;
      const w = Math.min(1, t / ramp);
      const value = grain.amplitude * w * w * (3 - 2 * w) * Math.exp(-grain.decay * t) * Math.sin(phaseOf(grain, t));
      out[frame] = (out[frame] ?? 0) + value;
    }
  }
  return out;
}

/** With a glide omega grows evenly. */
function phaseOf({ omega, phase, glide = 0 }: ReferenceGrain, t: number): number {
  return omega * t * (1 + 0.5 * glide * t) + phase;
}

// The nearest equivalent of the four-layer scene in plain Web Audio nodes: what a browser offers without the kernels.

/**
 * What the engine's own four layers (tapping, rustling, brushing, tapping) run per emitter: partials or ringing grains,
 * noise bands; and whether the object answers through a small reverberator of its own.
 */
const LAYERS = [
  { partials: 32, bands: 8, body: true },
  { partials: 24, bands: 8, body: false },
  { partials: 12, bands: 8, body: false },
  { partials: 32, bands: 8, body: true },
] as const;
const EMITTERS = 2;
const ROOM_DELAYS_SEC = [0.0053, 0.0071, 0.0089, 0.0107, 0.0131, 0.0157, 0.0191, 0.0229];

/**
 * Per emitter: resonators (IIR) struck by a loop of clicks, noise bands, a tilt, and per ear a delay, two shelves, a notch
 * and a dip; then a room of 8 delays fed back through a mixing sum, loudness weighting, and two compressors for guard and
 * limiter.
 */
export function buildNodeGraph(context: OfflineAudioContext): void {
  const limiter = new DynamicsCompressorNode(context, { threshold: -6, ratio: 20, attack: 0.003, release: 0.2 });
  const out = new DynamicsCompressorNode(context, { threshold: -20, ratio: 4, attack: 0.01, release: 0.3 });
  out.connect(limiter).connect(context.destination);
  addLoudness(context, limiter);
  const send = new GainNode(context, { gain: 0.2 });
  LAYERS.forEach(({ partials, bands, body }, layer) => {
    for (let emitter = 0; emitter < EMITTERS; emitter++) {
      const mono = new GainNode(context, { gain: 0.2 });
      addModes(context, layer, partials, mono);
      addBands(context, layer, bands, mono);
      const low = new BiquadFilterNode(context, { type: 'lowshelf', frequency: 400, gain: 4 });
      const tilted = new BiquadFilterNode(context, { type: 'highshelf', frequency: 3000, gain: -6 });
      mono.connect(low).connect(tilted);
      addEars(context, layer, tilted, out);
      tilted.connect(send);
      if (body && emitter === 0) addRoom(context, mono, low);
    }
  });
  addRoom(context, send, out);
}

/** K-weighting of both channels into a meter. */
function addLoudness(context: OfflineAudioContext, from: AudioNode): void {
  const shelf = new BiquadFilterNode(context, { type: 'highshelf', frequency: 1682, gain: 4 });
  const high = new BiquadFilterNode(context, { type: 'highpass', frequency: 38, Q: 0.5 });
  from.connect(shelf).connect(high).connect(new AnalyserNode(context));
}

function addModes(context: OfflineAudioContext, layer: number, count: number, to: AudioNode): void {
  const clicks = new AudioBufferSourceNode(context, { buffer: clickLoop(context, layer), loop: true });
  for (let mode = 0; mode < count; mode++) {
    const hz = 180 * (layer + 1) ** 0.5 * (1 + 0.43 * mode);
    const r = Math.exp(-6.9 / (0.08 * context.sampleRate));
    const feedback = [1, -2 * r * Math.cos((2 * Math.PI * hz) / context.sampleRate), r * r];
    const ring = new IIRFilterNode(context, { feedforward: [1 / count], feedback });
    clicks.connect(ring).connect(to);
  }
  clicks.start();
}

function clickLoop(context: OfflineAudioContext, layer: number): AudioBuffer {
  const buffer = new AudioBuffer({
    length: Math.round((0.45 + 0.07 * layer) * context.sampleRate),
    sampleRate: context.sampleRate,
  });
  const data = buffer.getChannelData(0);
  for (let i = 0; i < 48; i++) data[i] = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / 48);
  return buffer;
}

function addBands(context: OfflineAudioContext, layer: number, count: number, to: AudioNode): void {
  const buffer = new AudioBuffer({ length: context.sampleRate * 2, sampleRate: context.sampleRate });
  const data = buffer.getChannelData(0);
  for (let i = 0; i < data.length; i++) data[i] = Math.random() * 2 - 1;
  const noise = new AudioBufferSourceNode(context, { buffer, loop: true });
  for (let band = 0; band < count; band++) {
    const filter = new BiquadFilterNode(context, {
      type: 'bandpass',
      frequency: 120 * 2 ** (0.75 * band + layer / 4),
      Q: 0.8,
    });
    noise.connect(filter).connect(to);
  }
  noise.start();
}

function addEars(context: OfflineAudioContext, layer: number, from: AudioNode, to: AudioNode): void {
  const merger = new ChannelMergerNode(context, { numberOfInputs: 2 });
  for (let ear = 0; ear < 2; ear++) {
    const delay = new DelayNode(context, { delayTime: 0.0003 * (ear + layer / 4), maxDelayTime: 0.01 });
    const shelf = new BiquadFilterNode(context, { type: 'highshelf', frequency: 1500, gain: ear ? -9 : 2 });
    const gain = new GainNode(context, { gain: ear ? 0.4 : 1 });
    const near = new BiquadFilterNode(context, { type: 'lowshelf', frequency: 250, gain: ear ? 0 : 4 });
    const notch = new BiquadFilterNode(context, { type: 'peaking', frequency: 7500, gain: -8, Q: 4 });
    const dip = new BiquadFilterNode(context, { type: 'peaking', frequency: 3500, gain: -7, Q: 0.8 });
    from.connect(delay).connect(shelf).connect(near).connect(notch).connect(dip).connect(gain).connect(merger, 0, ear);
  }
  merger.connect(to);
}

function addRoom(context: OfflineAudioContext, from: AudioNode, to: AudioNode): void {
  const delays = ROOM_DELAYS_SEC.map((delayTime) => new DelayNode(context, { delayTime, maxDelayTime: 0.05 }));
  const damped = delays.map((delay) => {
    const damp = new BiquadFilterNode(context, { type: 'lowpass', frequency: 5000, Q: 0.5 });
    delay.connect(damp);
    return damp;
  });
  const sum = new GainNode(context, { gain: -2 / delays.length });
  for (const damp of damped) damp.connect(sum);
  delays.forEach((delay, i) => {
    const loop = new GainNode(context, { gain: 0.7 });
    damped[i]?.connect(loop);
    sum.connect(loop);
    loop.connect(delay);
    from.connect(delay);
    const pan = new StereoPannerNode(context, { pan: i % 2 ? 0.7 : -0.7 });
    damped[i]?.connect(pan).connect(to);
  });
}

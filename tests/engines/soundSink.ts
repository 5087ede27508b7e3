// A PulseAudio null sink: browsers play into it as into a sound card, and its monitor gives back what they play.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pause, poll, start } from './processes.ts';

const RATE = 48000;
/** Samples, 0.1 s. */
const BLOCK = 4800;
const LATENCY_MS = 50;
/** Of the samples that a while has, at least these come in on a busy machine. */
const MIN_SHARE = 0.5;
const START_SEC = 10;

/** Where the programs are. */
export interface SoundPaths {
  readonly pulseaudio: string;
  readonly parec: string;
}

/** A running sink. */
export interface SoundSink {
  /** Environment variables for a program that plays into it. */
  readonly env: NodeJS.ProcessEnv;
  /**
   * Listens for a while.
   * @param sec - seconds
   * @returns the level of the loudest 0.1 s: the RMS of the steps from sample to sample, 0 for silence. Steps weigh low
   *   tones little: the app's inaudible 25 Hz tone, which keeps phones awake, does not count as sound.
   * @throws Error when the recorder gives no samples.
   */
  level(sec: number): Promise<number>;
}

/**
 * Starts a sound server of its own, with the null sink as its only device.
 * @param paths - of the programs
 * @param folder - an empty folder for its files
 * @returns the sink; it ends with `stopAll`.
 * @throws Error when the server or its recorder does not start.
 */
export async function openSink(paths: SoundPaths, folder: string): Promise<SoundSink> {
  const socket = path.join(folder, 'socket');
  mkdirSync(path.join(folder, '.config/pulse'), { recursive: true });
  // Without these the server runs at 44.1 kHz with 16 bits, and resamples.
  const config = `default-sample-rate = ${RATE}\ndefault-sample-format = float32le\nenable-shm = no\n`;
  writeFileSync(path.join(folder, '.config/pulse/daemon.conf'), config);
  const server = start(
    paths.pulseaudio,
    [
      ...['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no'],
      ...['-L', `module-native-protocol-unix socket=${socket} auth-anonymous=1`],
      ...['-L', `module-null-sink sink_name=sink format=float32le rate=${RATE} channels=2`],
    ],
    { HOME: folder, XDG_RUNTIME_DIR: folder },
  );
  const env = { PULSE_SERVER: `unix:${socket}` };
  await poll(START_SEC, 'PulseAudio starts', () => {
    if (server.child.exitCode !== null) throw new Error(server.log());
    return existsSync(socket);
  });
  const meter = new Meter();
  const format = ['--format=float32le', `--rate=${RATE}`, '--channels=1', `--latency-msec=${LATENCY_MS}`, '--raw'];
  const recorder = start(paths.parec, ['-d', 'sink.monitor', ...format], env, (chunk) => {
    meter.push(chunk);
  });
  await poll(START_SEC, 'The recorder gives samples', () => meter.sec).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${recorder.log()}`);
  });
  return {
    env,
    level: async (sec) => {
      meter.reset();
      await pause(sec);
      if (meter.sec < MIN_SHARE * sec)
        throw new Error(`The recorder gave ${meter.sec} s of sound in ${sec} s. ${recorder.log()}`);
      return meter.loudest;
    },
  };
}

/** Measures a stream of 32-bit float samples, in blocks. */
class Meter {
  /** Level of the loudest block since the last reset. */
  loudest = 0;
  #samples = 0;
  #blockSum = 0;
  #last = 0;
  /** Bytes of a sample that has not come in whole. */
  #rest = Buffer.alloc(0);

  /** Length of what came in since the last reset, in seconds. */
  get sec(): number {
    return this.#samples / RATE;
  }

  reset(): void {
    this.loudest = 0;
    this.#samples = 0;
    this.#blockSum = 0;
  }

  push(chunk: Buffer): void {
    const bytes = Buffer.concat([this.#rest, chunk]);
    const end = bytes.length - (bytes.length % 4);
    this.#rest = bytes.subarray(end);
    for (let at = 0; at < end; at += 4) {
      const sample = bytes.readFloatLE(at);
      this.#blockSum += (sample - this.#last) ** 2;
      this.#last = sample;
      this.#samples += 1;
      if (this.#samples % BLOCK !== 0) continue;
      this.loudest = Math.max(this.loudest, Math.sqrt(this.#blockSum / BLOCK));
      this.#blockSum = 0;
    }
  }
}

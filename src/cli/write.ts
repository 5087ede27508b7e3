// Renders to a file in bounded memory, under another name until it is complete; measures on the way.
import { createHash } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { renderExport } from '../audio/export/renderExport.ts';
import type { ExportChunk } from '../audio/export/renderExport.ts';
import { WavEncoder } from '../audio/export/wav.ts';
import { writeAudioFile } from '../audio/export/writeAudioFile.ts';
import { metadataFor } from '../formats/audioMetadata.ts';
import type { Preset } from '../formats/preset.ts';
import { describeScene } from '../ui/describeScene.ts';
import { LoudnessMeter } from '../synth/analysis/loudness.ts';
import { UsageError } from './usage.ts';
import type { Options } from './usage.ts';

interface Stats {
  readonly lufs: number;
  readonly truePeakDb: number;
  readonly maxEmergenceDb: number;
  readonly onsets: number;
  readonly xRealtime: number;
  readonly sha256: string;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** What a shell takes for “ended by Ctrl+C”. */
const CANCELLED = 130;

/**
 * Renders a preset; without a file it is only measured. When it fails or is cancelled, no file is left behind.
 * @param preset - to render
 * @param options - of the command line
 * @returns the measurements
 * @throws UsageError when the file cannot be written
 */
export async function render(preset: Preset, options: Options): Promise<Stats> {
  const { sound, encoding, mode, dry, out } = options;
  const { scene } = preset;
  const measured = new Measured(options);
  if (out === undefined) {
    const pieces = renderExport({ scene, range: sound, mode, dry, sampleRate: encoding.sampleRate });
    for (const piece of pieces) measured.add(piece);
    return measured.stats();
  }
  const partial = `${out}.part`;
  const file = attempt(out, () => openSync(partial, 'w'));
  let open = true;
  const removePartial = (): void => {
    if (open) closeSync(file);
    rmSync(partial, { force: true });
  };
  const cancel = (): void => {
    removePartial();
    process.exit(CANCELLED);
  };
  for (const signal of SIGNALS) process.once(signal, cancel);
  try {
    await writeAudioFile(
      { scene, range: sound, mode, dry, encoding, tags: metadataFor(preset, describeScene(scene)) },
      (bytes, position) => {
        attempt(out, () => {
          writeAll(file, bytes, position);
        });
      },
      (piece) => {
        measured.add(piece);
        // A cancel is heard between pieces.
        return setImmediate();
      },
    );
    closeSync(file);
    open = false;
    attempt(out, () => {
      renameSync(partial, out);
    });
  } catch (error) {
    removePartial();
    throw error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, cancel);
  }
  return measured.stats();
}

/** A disk that is nearly full may write a part of the bytes and fail at the next call. */
function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}

function attempt<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new UsageError(`Cannot write ${path}: ${(error as Error).message}`);
  }
}

class Measured {
  readonly #seconds: number;
  readonly #meter: LoudnessMeter;
  readonly #hash = createHash('sha256');
  readonly #floats = new WavEncoder(32);
  #onsets = 0;
  #ms = 0;

  constructor({ sound, encoding }: Options) {
    this.#seconds = sound.seconds;
    this.#meter = new LoudnessMeter(encoding.sampleRate);
  }

  add({ left, right, progress, renderMs, engine }: ExportChunk): void {
    this.#ms += renderMs;
    engine?.drainOnsets(() => (this.#onsets += 1));
    this.#hash.update(this.#floats.encode(left, right));
    this.#meter.push(left, right);
    this.#progress(progress);
  }

  stats(): Stats {
    const meter = this.#meter;
    return {
      lufs: round(meter.integratedLufs()),
      truePeakDb: round(meter.truePeakDb()),
      maxEmergenceDb: round(meter.maxEmergenceDb()),
      onsets: this.#onsets,
      xRealtime: round((this.#seconds * 1000) / this.#ms),
      sha256: this.#hash.digest('hex'),
    };
  }

  #progress(share: number): void {
    if (!process.stderr.isTTY || this.#seconds < 60) return;
    process.stderr.write(share < 1 ? `\rrendering ${String(Math.floor(share * 100))} %` : '\r                \r');
  }
}

function round(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : value;
}

// One case of the catalogue of bad input: what arrives, what is answered, and the ways to write such cases down.
import { serializePreset } from '../../../src/formats/preset.ts';
import type { Preset } from '../../../src/formats/preset.ts';
import { bytes, GOOD, layerOf, RATE, spoiled, withLiteral } from '../../helpers/presetSamples.ts';
import type { Loose } from '../../helpers/presetSamples.ts';

/** Refused in words; clamped or cleaned, and told; kept safely, as what it is. */
export type Verdict = 'R' | 'C' | 'K';

/** What arrives: the bytes of a file, or a value from the store or another tab. */
export type Source =
  | { readonly kind: 'file'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'value'; readonly value: unknown };

/** `name` begins with the number of the case. `check`: what must have become of it. */
export type Case = readonly [name: string, verdict: Verdict, make: () => Source, check?: (preset: Preset) => void];

/** The text of a good file. */
export const TEXT: string = serializePreset(GOOD);

export function fileText(text: string): Source {
  return fileBytes(bytes(text));
}

export function fileBytes(content: Uint8Array): Source {
  return { kind: 'file', bytes: Uint8Array.from(content) };
}

export function anyValue(value: unknown): Source {
  return { kind: 'value', value };
}

/** The good file, changed by `edit`. */
export function edited(edit: (file: Loose) => void): () => Source {
  return () => fileText(JSON.stringify(spoiled(edit)));
}

/** The good file with something that need not be JSON in one place. */
export function literal(at: (file: Loose) => Loose, key: string, value: string): () => Source {
  return () => fileText(withLiteral(at, key, value));
}

export function named(name: string): () => Source {
  return edited((file) => void Object.assign(file, { name }));
}

export function noted(note: string): () => Source {
  return edited((file) => void Object.assign(file, { note }));
}

export function params(file: Loose): Loose {
  return layerOf(file)['params']!;
}

export function place(file: Loose): Loose {
  return layerOf(file)['place']!;
}

export function rateOf(preset: Preset): unknown {
  return preset.scene.layers[0]!.params[RATE];
}

/** The good file's text without its checksum. */
export function noChecksum(): string {
  return JSON.stringify(
    spoiled(() => undefined),
    null,
    1,
  );
}

// Files, links, codes and pasted text → what the import dialog shows.
import { decodeFileInWorker, decryptInWorker } from '../../../formats/decodeClient.ts';
import { decodeLink, decodeText, looksLikeBackup } from '../../../formats/decodeFile.ts';
import { MAX_FILE_BYTES } from '../../../formats/json.ts';
import type { DecodedFile } from '../../../formats/decodedFile.ts';
import { presetWithoutDetails } from '../../../formats/sharedPreset.ts';
import { describeDecodeError, describeWarning } from '../../describeDecode.ts';
import type { Received, Way } from './importQueue.svelte.ts';
import { libraryTexts } from '../library/texts.ts';
import { shareTexts } from '../share/texts.ts';

export async function readBlob(file: Blob, fileName: string): Promise<Received> {
  const source = libraryTexts.fromFile(fileName);
  // Read here it would hold up the page; it has its own place, where a worker reads it.
  if (await looksLikeBackup(file)) return { kind: 'refused', way: 'file', source, problem: shareTexts.opened.backup };
  return received(await decodeFileInWorker(file), 'file', source);
}

/** A link, with or without words around it, or the text of a file. */
export async function readText(text: string, way: Way): Promise<Received> {
  const { sources } = shareTexts.opened;
  const source = way === 'file' ? '' : sources[way];
  if (way === 'link') return received(await decodeLink(text), way, source);
  return received(
    text.length > MAX_FILE_BYTES ? await decodeFileInWorker(new Blob([text])) : await decodeText(text),
    way,
    source,
  );
}

function received(opened: DecodedFile, way: Way, source: string): Received {
  if (!opened.ok) return { kind: 'refused', way, source, problem: describeDecodeError(opened.error) };
  const warnings = opened.warnings.map(describeWarning);
  switch (opened.kind) {
    case 'preset':
      return { kind: 'sound', way, source, parcel: presetWithoutDetails(opened.preset), warnings };
    case 'parcel':
      return { kind: 'sound', way, source, parcel: opened.parcel, warnings };
    case 'bundle': {
      const problems = opened.bad.map(({ number, name, error }) =>
        shareTexts.opened.badItem(name === '' ? String(number) : `“${name}”`, describeDecodeError(error)),
      );
      return { kind: 'sounds', way, source, presets: opened.presets, problems: [...problems, ...warnings] };
    }
    case 'backup':
      return { kind: 'refused', way, source, problem: shareTexts.opened.backup };
    case 'locked':
      return {
        kind: 'locked',
        way,
        source,
        open: async (passphrase) => {
          const inside = await decryptInWorker(opened.locked, passphrase);
          return inside.ok
            ? { ok: true, received: received(inside, way, source) }
            : { ok: false, problem: describeDecodeError(inside.error) };
        },
      };
  }
}

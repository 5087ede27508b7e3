// Import reader: decodes files, links, codes and pasted text into import items.
import { decodeFileInWorker, decryptInWorker } from '../../../formats/decodeClient.ts';
import { decodeLink, decodeText, looksLikeBackup } from '../../../formats/decodeFile.ts';
import { MAX_FILE_BYTES } from '../../../formats/json.ts';
import type { DecodedFile } from '../../../formats/decodedFile.ts';
import { presetWithoutDetails } from '../../../formats/sharedPreset.ts';
import { describeDecodeError, describeWarning } from '../../describeDecode.ts';
import type { ImportItem, ImportSource } from './importItem.ts';
import { libraryTexts } from '../library/texts.ts';
import { shareTexts } from '../share/texts.ts';

/**
 * Decodes a file.
 * @param file - its content
 * @param fileName - its name, as shown
 * @returns the import item; what cannot be read is one of kind 'error'
 */
export async function readBlob(file: Blob, fileName: string): Promise<ImportItem> {
  const source = libraryTexts.fromFile(fileName);
  // Read here it would hold up the page; it has its own place, where a worker reads it.
  if (await looksLikeBackup(file)) return { kind: 'error', from: 'file', source, problem: shareTexts.opened.backup };
  return toItem(await decodeFileInWorker(file), 'file', source);
}

/**
 * Decodes text.
 * @param text - a link, with or without words around it, or the text of a file
 * @param from - where it came from
 * @returns the import item; what cannot be read is one of kind 'error'
 */
export async function readText(text: string, from: ImportSource): Promise<ImportItem> {
  const { sources } = shareTexts.opened;
  const source = from === 'file' ? '' : sources[from];
  if (from === 'link') return toItem(await decodeLink(text), from, source);
  return toItem(
    text.length > MAX_FILE_BYTES ? await decodeFileInWorker(new Blob([text])) : await decodeText(text),
    from,
    source,
  );
}

function toItem(opened: DecodedFile, from: ImportSource, source: string): ImportItem {
  if (!opened.ok) return { kind: 'error', from, source, problem: describeDecodeError(opened.error) };
  const warnings = opened.warnings.map(describeWarning);
  switch (opened.kind) {
    case 'preset':
      return { kind: 'preset', from, source, parcel: presetWithoutDetails(opened.preset), warnings };
    case 'parcel':
      return { kind: 'preset', from, source, parcel: opened.parcel, warnings };
    case 'bundle': {
      const problems = opened.bad.map(({ number, name, error }) =>
        shareTexts.opened.badItem(name === '' ? String(number) : `“${name}”`, describeDecodeError(error)),
      );
      return { kind: 'bundle', from, source, presets: opened.presets, problems: [...problems, ...warnings] };
    }
    case 'backup':
      return { kind: 'error', from, source, problem: shareTexts.opened.backup };
    case 'locked':
      return {
        kind: 'encrypted',
        from,
        source,
        decrypt: async (passphrase) => {
          const inside = await decryptInWorker(opened.locked, passphrase);
          return inside.ok
            ? { ok: true, item: toItem(inside, from, source) }
            : { ok: false, problem: describeDecodeError(inside.error) };
        },
      };
  }
}

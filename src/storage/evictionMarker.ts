// Eviction marker: counts in local storage of what the database holds. If it outlives the data, the browser has evicted that.
import * as v from 'valibot';
import { tryDecode } from '../formats/decodeError.ts';
import { assertWritable } from './writesDisabled.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const MARKER = v.object({
  presets: count,
  practice: count,
  /** ISO 8601 of the last backup file, '' for none. */
  backupAt: v.pipe(v.string(), v.maxLength(30)),
  /** The data was found to be gone, and the person has not dismissed that yet. */
  lost: v.boolean(),
});
type Marker = v.InferOutput<typeof MARKER>;

/** What the browser has evicted. */
export type EvictedData = Readonly<Pick<Marker, 'presets' | 'practice' | 'backupAt'>>;

const EMPTY: Marker = { presets: 0, practice: 0, backupAt: '', lost: false };

/** Does nothing where there is no local storage: then an eviction is not noticed. */
export class EvictionMarker {
  readonly #key: string;

  /**
   * @param databaseName - name of the database it is about
   */
  constructor(databaseName: string) {
    this.#key = `${databaseName}-kept`;
  }

  /**
   * Reads the marker.
   * @returns what it says; zeros when there is none or it is not valid
   */
  read(): Marker {
    const read = tryDecode(() => ({
      ok: true as const,
      marker: v.parse(MARKER, JSON.parse(localStorage.getItem(this.#key) ?? 'null')),
    }));
    return read.ok ? read.marker : EMPTY;
  }

  /**
   * Writes what is stored now. Keeps an eviction that was not dismissed: only `clear` ends it.
   * @param counts - new values; the others stay
   */
  record(counts: Partial<EvictedData>): void {
    const before = this.read();
    if (!before.lost) this.#write({ ...before, ...counts });
  }

  /**
   * Call when the database is empty though nobody emptied it.
   * @returns what was in it; null when that was nothing
   */
  markLost(): EvictedData | null {
    const marker = this.read();
    if (marker.presets + marker.practice === 0) return null;
    this.#write({ ...marker, lost: true });
    return marker;
  }

  /** The person knows about the eviction. */
  clear(): void {
    this.#write(EMPTY);
  }

  #write(marker: Marker): void {
    try {
      assertWritable();
      localStorage.setItem(this.#key, JSON.stringify(marker));
    } catch {
      // Then an eviction will not be noticed.
    }
  }
}

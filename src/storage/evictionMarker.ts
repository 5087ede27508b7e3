// A small mark in local storage of what lies in the database: where it outlives the database, the browser has cleared that.
import * as v from 'valibot';
import { guarded } from '../formats/decodeError.ts';
import { refuseSealed } from './writesDisabled.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const TRACE = v.object({
  presets: count,
  practice: count,
  /** ISO 8601 of the last backup file, '' for none. */
  backupAt: v.pipe(v.string(), v.maxLength(30)),
  /** It was found to be gone, and the person has not said yet that this is settled. */
  lost: v.boolean(),
});
type Marks = v.InferOutput<typeof TRACE>;

/** What the browser cleared by itself. */
export type Lost = Readonly<Pick<Marks, 'presets' | 'practice' | 'backupAt'>>;

const NOTHING: Marks = { presets: 0, practice: 0, backupAt: '', lost: false };

export class Trace {
  readonly #key: string;

  constructor(name: string) {
    this.#key = `${name}-kept`;
  }

  /** What is said to lie here. Where there is no local storage: nothing. */
  read(): Marks {
    const read = guarded(() => ({
      ok: true as const,
      marks: v.parse(TRACE, JSON.parse(localStorage.getItem(this.#key) ?? 'null')),
    }));
    return read.ok ? read.marks : NOTHING;
  }

  /** A loss is not written over: only `settle` ends it. */
  note(marks: Partial<Pick<Marks, 'presets' | 'practice' | 'backupAt'>>): void {
    const before = this.read();
    if (!before.lost) this.#write({ ...before, ...marks });
  }

  /** The database is empty though nobody emptied it. What was in it, null when that was nothing. */
  lose(): Lost | null {
    const marks = this.read();
    if (marks.presets + marks.practice === 0) return null;
    this.#write({ ...marks, lost: true });
    return marks;
  }

  settle(): void {
    this.#write(NOTHING);
  }

  #write(marks: Marks): void {
    try {
      refuseSealed();
      localStorage.setItem(this.#key, JSON.stringify(marks));
    } catch {
      // Then a loss will not be noticed: no worse than before.
    }
  }
}

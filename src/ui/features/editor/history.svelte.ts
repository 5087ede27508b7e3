// Undo and redo: whole states, one step per gesture. States are shared structures, so a step costs a few objects.

export interface Step<S> {
  readonly state: S;
  /** What the step did, in words. */
  readonly label: string;
  /** Steps of the same key that follow one another quickly become one (arrow keys held down). */
  readonly key: string;
  readonly atMs: number;
}

const LIMIT = 500;
const MERGE_MS = 800;

export class History<S> {
  /** States to go back to, and the steps that led away from them. */
  #past: readonly Step<S>[] = $state.raw([]);
  #future: readonly Step<S>[] = $state.raw([]);
  /** Words of the step that undo would take back, or ''. */
  readonly undoLabel = $derived(this.#past.at(-1)?.label ?? '');
  readonly redoLabel = $derived(this.#future.at(-1)?.label ?? '');
  readonly canUndo = $derived(this.#past.length > 0);
  readonly canRedo = $derived(this.#future.length > 0);

  /** Remembers `before` as the state that this step left. A new step ends the redo line. */
  push(before: S, label: string, key: string, atMs: number): void {
    const last = this.#past.at(-1);
    this.#future = [];
    if (last && key !== '' && last.key === key && atMs - last.atMs < MERGE_MS) {
      this.#past = [...this.#past.slice(0, -1), { ...last, atMs }];
      return;
    }
    this.#past = [...this.#past, { state: before, label, key, atMs }].slice(-LIMIT);
  }

  /** Gives back the state before the last step, or null. */
  undo(now: S): Step<S> | null {
    const step = this.#past.at(-1);
    if (!step) return null;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, { ...step, state: now }];
    return step;
  }

  redo(now: S): Step<S> | null {
    const step = this.#future.at(-1);
    if (!step) return null;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, { ...step, state: now, atMs: -Infinity }];
    return step;
  }
}

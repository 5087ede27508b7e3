// Toasts: short notices at the edge of the screen, with an optional action. Nothing important stands only here.

/** One notice. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  /** Problems stay until dismissed and are spoken at once. */
  readonly problem: boolean;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

const READING_MS = 7000;
/** With something to press: long enough to find it with a keyboard or a switch. */
const PRESSING_MS = 20000;
/** Older ones make room. */
const MAX_TOASTS = 3;

/** The notices on screen, with their timers. */
export class Toasts {
  list: readonly Toast[] = $state.raw([]);
  #lastId = 0;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /**
   * Shows a notice; it goes by itself.
   * @param text - in words
   * @param action - a button beside it, such as undo
   */
  show(text: string, action: Toast['action'] = null): void {
    this.#add({ text, action, problem: false });
  }

  /**
   * Shows a problem; it stays until dismissed and is read out at once.
   * @param text - in words
   * @param action - a button beside it
   */
  showProblem(text: string, action: Toast['action'] = null): void {
    this.#add({ text, action, problem: true });
  }

  dismiss(id: number): void {
    this.hold(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** While it is pointed at or focused it does not go away. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  release(id: number): void {
    const toast = this.list.find((one) => one.id === id);
    if (toast && !toast.problem) this.#startTimer(toast);
  }

  runAction(toast: Toast): void {
    this.dismiss(toast.id);
    toast.action?.run();
  }

  #add(toast: Omit<Toast, 'id'>): void {
    this.#lastId += 1;
    const added = { ...toast, id: this.#lastId };
    // The same news twice is one notice.
    for (const old of this.list) if (old.text === toast.text) this.dismiss(old.id);
    for (const old of this.list.slice(0, Math.max(0, this.list.length + 1 - MAX_TOASTS))) this.dismiss(old.id);
    this.list = [...this.list, added];
    if (!added.problem) this.#startTimer(added);
  }

  #startTimer(toast: Toast): void {
    this.hold(toast.id);
    const wait = toast.action ? PRESSING_MS : READING_MS;
    this.#timers.set(toast.id, setTimeout(this.dismiss.bind(this, toast.id), wait));
  }
}

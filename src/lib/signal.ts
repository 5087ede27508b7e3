// Observer list: any number of listeners, each with its own unsubscribe function.

/** Emits values of one kind to every subscribed listener, in the order of subscription. */
export class Signal<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /**
   * Adds a listener.
   * @param listener - called with every value that is emitted from now on
   * @returns a function that removes it again
   */
  readonly subscribe = (listener: (value: T) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /**
   * Calls every listener.
   * @param value - what happened
   */
  emit(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}

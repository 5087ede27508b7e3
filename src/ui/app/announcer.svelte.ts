// Polite live region for screen readers: at most one message per half second, the last one wins.

const GAP_MS = 500;

/** Holds the text of the page's live region. */
export class Announcer {
  /** Text of the live region. */
  text: string = $state('');

  #waiting: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flip = false;

  /**
   * Announces a message; of several within half a second only the last.
   * @param message - in words
   */
  announce(message: string): void {
    this.#waiting = message;
    if (this.#timer === undefined) this.#flush();
  }

  #flush(): void {
    this.#timer = undefined;
    if (this.#waiting === null) return;
    // The same words twice are a new message too: a no-break space tells them apart.
    this.#flip = !this.#flip;
    this.text = this.#flip ? this.#waiting : `${this.#waiting}\u00a0`;
    this.#waiting = null;
    this.#timer = setTimeout(() => {
      this.#flush();
    }, GAP_MS);
  }
}

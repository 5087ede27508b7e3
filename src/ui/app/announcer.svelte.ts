// What screen readers are told, politely: at most one message per half second, the last one wins.

const GAP_MS = 500;

export class Announcer {
  /** Text of the live region. */
  text: string = $state('');

  #waiting: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flip = false;

  say(message: string): void {
    this.#waiting = message;
    if (this.#timer === undefined) this.#speak();
  }

  #speak(): void {
    this.#timer = undefined;
    if (this.#waiting === null) return;
    // The same words twice are a new message too: a no-break space tells them apart.
    this.#flip = !this.#flip;
    this.text = this.#flip ? this.#waiting : `${this.#waiting}\u00a0`;
    this.#waiting = null;
    this.#timer = setTimeout(() => {
      this.#speak();
    }, GAP_MS);
  }
}

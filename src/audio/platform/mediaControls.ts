// Media Session: what is playing, play, pause, stop and position on lock screens, headsets and keyboards.

/** What the system’s buttons do. */
export interface MediaCommands {
  readonly play: () => void;
  readonly stop: () => void;
}

/** Shows the sound in the system’s media controls where there are any. */
export class MediaControls {
  readonly #session: MediaSession | undefined = 'mediaSession' in navigator ? navigator.mediaSession : undefined;
  #title = '';

  constructor({ play, stop }: MediaCommands) {
    this.#setHandler('play', play);
    this.#setHandler('pause', stop);
    this.#setHandler('stop', stop);
  }

  setTitle(title: string): void {
    this.#title = title;
    if (this.#session?.metadata) this.#updateMetadata();
  }

  setPlaying(): void {
    if (!this.#session) return;
    this.#updateMetadata();
    this.#session.playbackState = 'playing';
  }

  setStopped(): void {
    if (!this.#session) return;
    this.#session.playbackState = 'none';
    this.#session.metadata = null;
    this.#session.setPositionState();
  }

  /**
   * Shows the position in a timer; without one nothing is shown.
   * @param sec - position, s
   * @param ofSec - length, s; null without a timer
   */
  setPosition(sec: number, ofSec: number | null): void {
    if (!this.#session) return;
    if (ofSec === null || !(ofSec > 0)) this.#session.setPositionState();
    else this.#session.setPositionState({ duration: ofSec, position: Math.min(Math.max(sec, 0), ofSec) });
  }

  #updateMetadata(): void {
    if (this.#session) this.#session.metadata = new MediaMetadata({ title: this.#title });
  }

  #setHandler(action: MediaSessionAction, run: () => void): void {
    try {
      this.#session?.setActionHandler(action, run);
    } catch {
      // This system has no such control.
    }
  }
}

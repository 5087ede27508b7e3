// Keeps a playing page alive: a lock that prevents discarding and, where needed, a quiet media element beside the audio context.
import { holdLock, PLAYING_LOCK } from '../../storage/webLock.ts';
import { WavEncoder } from '../export/wav.ts';
import { wavHeader } from '../export/wavHeader.ts';

/**
 * Whole cycles of a tone below hearing, so faint that nothing is heard, and yet not silence: Chromium lets pages freeze whose
 * sound stays below an RMS of 1/4096, as a quiet ambience, far away and turned down, may do for a whole night.
 */
const TONE_HZ = 25;
const TONE_GAIN = 0.002;
const TONE_SEC = 10;
const TONE_SAMPLE_RATE = 8000;

/** Tells the platform that this page plays. Main thread. */
export class KeepAlive {
  #release: (() => void) | undefined;
  #element: HTMLAudioElement | undefined;
  #url = '';
  #on = false;

  /** Call inside a user gesture: a media element may only start there. */
  start(): void {
    this.#on = true;
    this.#release ??= holdLock(PLAYING_LOCK, 'shared');
    if (!needsMediaElement()) return;
    this.#element ??= this.#create();
    void this.#element.play().catch(() => undefined); // refused without a user gesture: the context plays on by itself
  }

  stop(): void {
    this.#on = false;
    this.#release?.();
    this.#release = undefined;
    this.#element?.pause();
  }

  #create(): HTMLAudioElement {
    const element = new Audio();
    element.loop = true;
    this.#url = URL.createObjectURL(createKeepAliveTone());
    element.src = this.#url;
    // A system that pauses it (another app began) gets one more request; if it is final, the context reports it.
    element.addEventListener('pause', () => {
      if (this.#on) void element.play().catch(() => undefined);
    });
    return element;
  }
}

/**
 * Android gives background sound only to pages with a media element of some length; Chromium everywhere shows the system's
 * controls only beside one, and measures how loud a page is.
 */
function needsMediaElement(): boolean {
  return /Android|Chrome/.test(navigator.userAgent);
}

/**
 * Synthesizes the media element’s sound.
 * @returns a WAV file that loops without a seam
 */
export function createKeepAliveTone(): Blob {
  const frames = TONE_SEC * TONE_SAMPLE_RATE;
  const tone = new Float32Array(frames);
  for (let i = 0; i < frames; i++) tone[i] = TONE_GAIN * Math.sin((2 * Math.PI * TONE_HZ * i) / TONE_SAMPLE_RATE);
  return new Blob(
    [wavHeader({ frames, sampleRate: TONE_SAMPLE_RATE, bits: 16 }), new WavEncoder(16).encode(tone, tone)],
    {
      type: 'audio/wav',
    },
  );
}

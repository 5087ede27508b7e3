// The camera while a code is looked for: asked for by a press, looked at a few times a second, let go of as soon as possible.
import { readCode } from './readQrCode.ts';

/** off · asking: the browser asks the person · on · and the three ways it can come to nothing. */
export type CameraPhase = 'off' | 'asking' | 'on' | 'denied' | 'noCamera' | 'unsupported';

const LOOK_EVERY_MS = 250;

interface Detector {
  detect(source: CanvasImageSource): Promise<readonly { readonly rawValue: string }[]>;
}

export class Camera {
  phase: CameraPhase = $state('off');

  readonly #found: (text: string) => void;
  #stream: MediaStream | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts up with every start and stop: a permission that comes late opens nothing. */
  #turn = 0;

  /** `found`: the text of a code, once for each time it is seen anew. */
  constructor(found: (text: string) => void) {
    this.#found = found;
  }

  async start(): Promise<void> {
    this.stop();
    const turn = this.#turn;
    const devices = navigator.mediaDevices as MediaDevices | undefined; // missing on pages that are not secure
    if (!devices?.getUserMedia) {
      this.phase = 'unsupported';
      return;
    }
    this.phase = 'asking';
    try {
      const stream = await devices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
      if (turn !== this.#turn) {
        for (const track of stream.getTracks()) track.stop();
        return;
      }
      this.#stream = stream;
      this.phase = 'on';
    } catch (error) {
      if (turn !== this.#turn) return;
      const name = error instanceof DOMException ? error.name : '';
      this.phase = name === 'NotAllowedError' || name === 'SecurityError' ? 'denied' : 'noCamera';
    }
  }

  stop(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.phase = 'off';
  }

  /** Attach to the video element that shows the picture. */
  readonly show = (video: HTMLVideoElement): (() => void) => {
    video.srcObject = this.#stream;
    void video.play().catch(() => undefined);
    const turn = this.#turn;
    let last = '';
    const look = async (): Promise<void> => {
      const text = video.readyState >= video.HAVE_CURRENT_DATA ? await textIn(video) : null;
      if (turn !== this.#turn) return;
      if (text !== null && text !== last) {
        last = text;
        this.#found(text);
      }
      if (turn === this.#turn) this.#timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    void look();
    return () => {
      video.srcObject = null;
    };
  };
}

let detector: Detector | null | undefined;

/** The platform's own reader where there is one, else ours. */
async function textIn(video: HTMLVideoElement): Promise<string | null> {
  detector ??= platformDetector();
  if (detector) {
    try {
      const [code] = await detector.detect(video);
      return code?.rawValue ?? null;
    } catch {
      detector = null;
    }
  }
  return readCode(video, video.videoWidth, video.videoHeight);
}

function platformDetector(): Detector | null {
  const { BarcodeDetector: Platform } = window as unknown as {
    readonly BarcodeDetector?: new (options: { formats: string[] }) => Detector;
  };
  try {
    return Platform ? new Platform({ formats: ['qr_code'] }) : null;
  } catch {
    return null;
  }
}

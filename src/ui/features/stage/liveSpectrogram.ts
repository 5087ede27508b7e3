// Draws the strip on a canvas: the sound's own picture while it rests, the live spectrum scrolling while it plays.
import type { AudioHost, RenderClient } from '../../../audio/types.ts';
import type { Scene } from '../../../synth/index.ts';
import { column, paintColumn, palette, rowMap } from './spectrogramPixels.ts';
import type { Rgb, RowMap } from './spectrogramPixels.ts';

const ROWS = 64;
const BINS = 1024;
/** CSS pixels per second of sound. */
const SPEED_PX = 56;
const PICTURE_COLUMNS = 256;
const PICTURE_SEC = 9;
const SETTLE_MS = 700;

export class Strip {
  readonly #canvas: HTMLCanvasElement;
  readonly #host: AudioHost;
  readonly #renderer: RenderClient;
  readonly #spectrum = new Float32Array(BINS);
  readonly #levels = new Uint8Array(ROWS);
  readonly #before = new Uint8Array(ROWS);
  readonly #between = new Uint8Array(ROWS);
  #colours = new Uint8ClampedArray(1024);
  #map: RowMap | undefined;
  #mapRate = 0;
  #running = false;
  #frame = 0;
  #lastMs = 0;
  #owedPx = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pictureOf: Scene | undefined;

  constructor(canvas: HTMLCanvasElement, host: AudioHost, renderer: RenderClient) {
    this.#canvas = canvas;
    this.#host = host;
    this.#renderer = renderer;
    this.recolour();
  }

  /** Takes the hue from the page, after a change of theme. */
  recolour(): void {
    const style = getComputedStyle(this.#canvas);
    const [shade, body, light] = ['--strip-shade', '--strip-body', '--strip-light'].map((name) =>
      rgbOf(style.getPropertyValue(name)),
    );
    if (shade && body && light) this.#colours = palette(shade, body, light);
    this.#redraw();
  }

  /** Matches the canvas to its box; what was drawn is kept. */
  resize(width: number, pixelRatio: number): void {
    const wanted = Math.max(1, Math.round(width * Math.min(2, pixelRatio)));
    if (this.#canvas.width === wanted && this.#canvas.height === ROWS) return;
    const kept = new OffscreenCanvas(this.#canvas.width, this.#canvas.height);
    kept.getContext('2d')?.drawImage(this.#canvas, 0, 0);
    this.#canvas.width = wanted;
    this.#canvas.height = ROWS;
    this.#canvas.getContext('2d')?.drawImage(kept, wanted - kept.width, 0);
    this.#redraw();
  }

  /** Scrolls with the live sound. */
  run(): void {
    if (this.#running) return;
    this.#running = true;
    clearTimeout(this.#timer);
    this.#lastMs = performance.now();
    this.#frame = requestAnimationFrame(this.#tick);
  }

  /** Stands still; shows the scene's own picture once it has settled. */
  rest(scene: Scene): void {
    this.halt();
    clearTimeout(this.#timer);
    if (this.#pictureOf === scene) return;
    this.#timer = setTimeout(() => void this.#drawPicture(scene), SETTLE_MS);
  }

  halt(): void {
    this.#running = false;
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
  }

  readonly #tick = (nowMs: number): void => {
    if (!this.#running) return;
    this.#frame = requestAnimationFrame(this.#tick);
    const pixelsPerMs = (SPEED_PX * (this.#canvas.width / Math.max(1, this.#canvas.clientWidth))) / 1000;
    this.#owedPx += Math.max(0, Math.min(100, nowMs - this.#lastMs)) * pixelsPerMs;
    this.#lastMs = nowMs;
    const step = Math.floor(this.#owedPx);
    const context = this.#canvas.getContext('2d');
    if (step < 1 || !context || !this.#host.readSpectrum(this.#spectrum)) return;
    this.#owedPx -= step;
    this.#pictureOf = undefined;
    this.#before.set(this.#levels);
    column(this.#spectrum, this.#rows(), this.#levels);
    const { width } = this.#canvas;
    context.globalCompositeOperation = 'copy';
    context.drawImage(this.#canvas, -step, 0);
    context.globalCompositeOperation = 'source-over';
    const image = context.createImageData(step, ROWS);
    for (let x = 0; x < step; x++) {
      const share = (x + 1) / step;
      for (let row = 0; row < ROWS; row++) {
        const before = this.#before[row] ?? 0;
        this.#between[row] = before + ((this.#levels[row] ?? 0) - before) * share;
      }
      paintColumn(image, x, this.#between, this.#colours);
    }
    context.putImageData(image, width - step, 0);
  };

  #redraw(): void {
    const scene = this.#pictureOf;
    this.#pictureOf = undefined;
    if (scene && !this.#running) this.rest(scene);
  }

  #rows(): RowMap {
    if (!this.#map || this.#mapRate !== this.#host.sampleRate) {
      this.#mapRate = this.#host.sampleRate;
      this.#map = rowMap(ROWS, BINS, this.#mapRate);
    }
    return this.#map;
  }

  async #drawPicture(scene: Scene): Promise<void> {
    const levels = await this.#renderer
      .renderThumbnail(scene, { seconds: PICTURE_SEC, columns: PICTURE_COLUMNS, rows: ROWS })
      .catch(() => undefined); // a decoration: without it the strip stays as it is
    const context = this.#canvas.getContext('2d');
    if (!levels || !context || this.#running) return;
    this.#pictureOf = scene;
    const image = new ImageData(PICTURE_COLUMNS, ROWS);
    for (let x = 0; x < PICTURE_COLUMNS; x++) {
      paintColumn(image, x, levels.slice(x * ROWS, (x + 1) * ROWS).reverse(), this.#colours);
    }
    const small = new OffscreenCanvas(PICTURE_COLUMNS, ROWS);
    small.getContext('2d')?.putImageData(image, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, ROWS);
    context.drawImage(small, 0, 0, this.#canvas.width, ROWS);
  }
}

/** "#rrggbb" → three bytes. */
function rgbOf(text: string): Rgb {
  const value = parseInt(text.trim().slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

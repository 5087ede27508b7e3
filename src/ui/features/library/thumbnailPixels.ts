// Thumbnail levels → coloured pixels: each layer in its own hue, brighter where it is louder.
import type { LayerThumbnail } from './thumbnails.svelte.ts';

/** Faint levels step back, so that the rhythm stands out. */
const CONTRAST = 2.6;

export type Rgb = readonly [number, number, number];

/** Draws one layer over what is there. The canvas is `columns × rows` pixels; low frequencies at the bottom. */
export function paintLayer(
  context: CanvasRenderingContext2D,
  { levels, weight }: LayerThumbnail,
  size: { readonly columns: number; readonly rows: number },
  [red, green, blue]: Rgb,
): void {
  const { columns, rows } = size;
  const layer = document.createElement('canvas');
  layer.width = columns;
  layer.height = rows;
  const brush = layer.getContext('2d');
  if (!brush) return;
  const image = brush.createImageData(columns, rows);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const level = (levels[column * rows + row] ?? 0) / 255;
      const at = 4 * ((rows - 1 - row) * columns + column);
      image.data[at] = red;
      image.data[at + 1] = green;
      image.data[at + 2] = blue;
      image.data[at + 3] = Math.round(255 * weight * level ** CONTRAST);
    }
  }
  brush.putImageData(image, 0, 0);
  context.drawImage(layer, 0, 0);
}

/** Any colour a stylesheet can name → numbers. */
export function readColour(context: CanvasRenderingContext2D, colour: string): Rgb {
  context.save();
  context.globalCompositeOperation = 'copy';
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  context.restore();
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

// How wide a name will be, in the stage's serif.

let context: CanvasRenderingContext2D | null | undefined;
const widths = new Map<string, number>();
/** Where no canvas answers: an average letter. */
const AVERAGE_EM = 0.56;
const REMEMBERED = 200;

/** `lettering` counts changes of the fonts: another count is measured anew. */
export function textWidth(text: string, sizePx: number, lettering: number): number {
  const key = `${String(lettering)} ${String(sizePx)} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * sizePx * AVERAGE_EM;
  context.font = `${String(sizePx)}px Fraunces, Georgia, serif`;
  const { width } = context.measureText(text);
  if (widths.size > REMEMBERED) widths.clear();
  widths.set(key, width);
  return width;
}

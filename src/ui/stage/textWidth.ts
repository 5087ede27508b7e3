// How wide a name will be, in the stage's serif.

let context: CanvasRenderingContext2D | null | undefined;
/** Where no canvas answers: an average letter. */
const AVERAGE_EM = 0.56;

export function textWidth(text: string, sizePx: number): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * sizePx * AVERAGE_EM;
  context.font = `${String(sizePx)}px Fraunces, Georgia, serif`;
  return context.measureText(text).width;
}

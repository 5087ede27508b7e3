// Pieces of the plots' paths: one path holds them all, for thousands of elements of their own would hold up the page.

/** What a plot draws in: the size inside its padding, and linear scales from values to places there, all in CSS px. */
export interface PlotFrame {
  width: number;
  height: number;
  x: (value: number) => number;
  y: (value: number) => number;
}

/** From one height to another, in CSS px like everything here. */
export function upright(x: number, from: number, to: number): string {
  return `M${px(x)} ${px(from)}V${px(to)}`;
}

export function dot(x: number, y: number, r: number): string {
  const arc = `a${px(r)} ${px(r)} 0 1 0`;
  return `M${px(x - r)} ${px(y)}${arc} ${px(2 * r)} 0${arc} ${px(-2 * r)} 0`;
}

/** Standing on `y`, its upper corners rounded by at most `most`. */
export function column(x: number, y: number, width: number, height: number, most: number): string {
  const r = Math.min(most, width / 2, height);
  const corner = `a${px(r)} ${px(r)} 0 0 1 ${px(r)}`;
  const up = px(r - height);
  return `M${px(x)} ${px(y)}v${up}${corner} ${px(-r)}h${px(width - 2 * r)}${corner} ${px(r)}v${px(height - r)}z`;
}

function px(value: number): string {
  return value.toFixed(2);
}

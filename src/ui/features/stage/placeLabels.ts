// Where the names of the marks stand, so that none covers another, a mark or the head, and none leaves the stage. Pixels.

export interface LabelWish {
  readonly id: string;
  /** Centre of the mark. */
  readonly x: number;
  readonly y: number;
  readonly markRadius: number;
  readonly width: number;
  readonly height: number;
}

export interface Box {
  /** Left, top. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LabelOptions {
  readonly side: number;
  /** Things better left uncovered: the head, the rings' names. */
  readonly avoid: readonly Box[];
  /** Which seat each label had last time: it stays there unless another is clearly better. */
  readonly before: ReadonlyMap<string, number>;
}

export interface LabelSpot extends Box {
  readonly seat: number;
}

const GAP_PX = 6;
/** Costs per square pixel covered, and for each seat, in order of liking: below, above, right, left, and the corners. */
const COVERS_LABEL = 40;
const COVERS_MARK = 20;
const COVERS_THING = 3;
const SEAT_COST = [0, 90, 120, 120, 200, 200, 220, 220];
const STAYING_BONUS = 150;

/** The cheapest arrangement of all (at most 8⁴, cut short as soon as it grows dearer than the best). */
export function placeLabels(wishes: readonly LabelWish[], options: LabelOptions): ReadonlyMap<string, LabelSpot> {
  const marks = wishes.map(markBox);
  const seats = wishes.map((wish) =>
    SEAT_COST.map((dislike, seat): readonly [LabelSpot, number] => {
      const spot = spotOf(wish, seat, options.side);
      const stays = options.before.get(wish.id) === seat ? STAYING_BONUS : 0;
      // Where the stage's edge pushed the label over its own mark, that counts as covering it.
      const covered = marks.reduce((sum, mark) => sum + overlap(spot, mark), 0) * COVERS_MARK;
      const things = options.avoid.reduce((sum, thing) => sum + overlap(spot, thing), 0) * COVERS_THING;
      return [spot, dislike - stays + covered + things];
    }).sort((a, b) => a[1] - b[1]),
  );
  let best = Infinity;
  let chosen: readonly LabelSpot[] = [];
  const search = (index: number, taken: readonly LabelSpot[], cost: number): void => {
    if (cost >= best) return;
    const choices = seats[index];
    if (!choices) {
      best = cost;
      chosen = taken;
      return;
    }
    for (const [spot, own] of choices) {
      const shared = taken.reduce((sum, other) => sum + overlap(spot, other), 0) * COVERS_LABEL;
      // Later labels can lower the sum by their staying bonus at most; costs are otherwise never negative.
      search(index + 1, [...taken, spot], cost + own + shared + STAYING_BONUS);
    }
  };
  search(0, [], 0);
  return new Map(wishes.map((wish, index) => [wish.id, chosen[index] ?? spotOf(wish, 0, options.side)]));
}

function spotOf(wish: LabelWish, seat: number, side: number): LabelSpot {
  const { x, y, markRadius, width, height } = wish;
  const away = markRadius + GAP_PX;
  const slant = away * 0.75;
  const [left, top] = (
    [
      [x - width / 2, y + away],
      [x - width / 2, y - away - height],
      [x + away, y - height / 2],
      [x - away - width, y - height / 2],
      [x + slant, y + slant],
      [x - slant - width, y + slant],
      [x + slant, y - slant - height],
      [x - slant - width, y - slant - height],
    ] as const
  )[seat] ?? [x, y];
  return { x: held(left, 0, side - width), y: held(top, 0, side - height), width, height, seat };
}

function markBox({ x, y, markRadius }: LabelWish): Box {
  return { x: x - markRadius, y: y - markRadius, width: 2 * markRadius, height: 2 * markRadius };
}

export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

function held(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, value));
}

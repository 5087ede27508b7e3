// How one sound differs from another, as lines of words: what is heard most comes first, and a long list is cut.
import { diffScenes } from '../../presets/diff.ts';
import type { Scene } from '../../synth/index.ts';

const MOST_LINES = 8;

/** "a little softer", "moved closer, 14 cm (was 22)": mine first, theirs second. Empty when they sound the same. */
export function differences(mine: Scene, theirs: Scene): readonly string[] {
  return diffScenes(mine, theirs)
    .slice(0, MOST_LINES)
    .map(({ words }) => words);
}

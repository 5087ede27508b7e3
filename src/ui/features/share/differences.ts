// How one sound differs from another, as lines of words: what is heard most comes first, and a long list is cut.
import { describeDifferences } from '../../describeDiff.ts';
import { diffScenes } from '../../../presets/diff.ts';
import type { Scene } from '../../../synth/index.ts';
import { shareTexts } from './texts.ts';

const MOST = 8;

/** "tapping: a little softer · moved closer, 14 cm (was 22 cm)": mine first, theirs second. Empty when they sound the same. */
export function differences(mine: Scene, theirs: Scene): readonly string[] {
  const found = diffScenes(mine, theirs);
  const lines = describeDifferences(found.slice(0, MOST));
  return found.length > MOST ? [...lines, shareTexts.opened.more(found.length - MOST)] : lines;
}

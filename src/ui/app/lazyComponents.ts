// What the page loads right after its first paint: everything that opens, lists or sculpts. The stage and Play do not wait for it.
export { default as Dialogs } from './Dialogs.svelte';
export { default as LibraryPanel } from '../features/library/LibraryPanel.svelte';
export { default as Recovery } from '../features/library/EvictionNotice.svelte';
export { default as StorageTrouble } from '../features/library/StorageProblem.svelte';
export { default as AdjustingBar } from '../features/import/ReceivedEditBar.svelte';
export { default as SaveMenu } from '../features/library/SaveMenu.svelte';
export { default as Sculpt } from '../features/editor/Sculpt.svelte';
export { default as LibrarySheet } from '../features/library/LibrarySheet.svelte';
export { default as MoreMenu } from './MoreMenu.svelte';
export { default as VolumeButton } from '../features/player/VolumeButton.svelte';
export { default as DarkScreen } from '../features/night/DarkScreen.svelte';
export { default as MorningLine } from '../features/night/MorningSummary.svelte';
export { default as PracticeCard } from '../features/practice/PracticeCard.svelte';
export { default as PracticeDialogs } from '../features/practice/PracticeDialogs.svelte';

// Reading what was sent is needed at a drop or a link, and is here by then.
import '../features/import/importReader.ts';

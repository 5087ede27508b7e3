// What the page loads right after its first paint: everything that opens, lists or sculpts. The stage and Play do not wait for it.
export { default as Dialogs } from './dialogs/Dialogs.svelte';
export { default as LibraryPanel } from './library/LibraryPanel.svelte';
export { default as Recovery } from './library/Recovery.svelte';
export { default as StorageTrouble } from './library/StorageTrouble.svelte';
export { default as AdjustingBar } from './share/AdjustingBar.svelte';
export { default as SaveMenu } from './library/SaveMenu.svelte';
export { default as Sculpt } from './sculpt/Sculpt.svelte';
export { default as LibrarySheet } from './shell/LibrarySheet.svelte';
export { default as MoreMenu } from './shell/MoreMenu.svelte';
export { default as VolumeButton } from './shell/VolumeButton.svelte';
export { default as DarkScreen } from './night/DarkScreen.svelte';
export { default as MorningLine } from './night/MorningLine.svelte';
export { default as PracticeCard } from './practice/PracticeCard.svelte';
export { default as PracticeDialogs } from './practice/PracticeDialogs.svelte';

// Reading what was sent is needed at a drop or a link, and is here by then.
import './share/receive.ts';

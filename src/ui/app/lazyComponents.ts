// What is loaded right after the first paint: everything that opens, lists or sculpts. The stage and Play do not wait for it.
export { default as Dialogs } from './Dialogs.svelte';
export { default as DropZone } from '../features/import/DropZone.svelte';
export { default as Toasts } from './Toasts.svelte';
export { default as LibraryPanel } from '../features/library/LibraryPanel.svelte';
export { default as LibrarySheet } from '../features/library/LibrarySheet.svelte';
export { default as EvictionNotice } from '../features/library/EvictionNotice.svelte';
export { default as StorageProblem } from '../features/library/StorageProblem.svelte';
export { default as ReceivedEditBar } from '../features/import/ReceivedEditBar.svelte';
export { default as SaveMenu } from '../features/library/SaveMenu.svelte';
export { default as Sculpt } from '../features/editor/Sculpt.svelte';
export { default as MoreMenu } from './MoreMenu.svelte';
export { default as VolumeButton } from '../features/player/VolumeButton.svelte';
export { default as DarkScreen } from '../features/night/DarkScreen.svelte';
export { default as MorningSummary } from '../features/night/MorningSummary.svelte';
export { default as PracticeCard } from '../features/practice/PracticeCard.svelte';

// Reading what was sent is needed at a drop or a link, and is here by then.
import '../features/import/importReader.ts';

// Dialogs that are loaded when the first of them is opened: together they are half of the page.
export { default as Backup } from '../features/backup/BackupDialog.svelte';
export { default as Export } from '../features/export/ExportDialog.svelte';
export { default as Guide } from '../features/practice/Guide.svelte';
export { default as Import } from '../features/import/ImportPage.svelte';
export { default as Practice } from '../features/practice/PracticeDialog.svelte';
export { default as Report } from '../features/practice/ReportDialog.svelte';
export { default as Share } from '../features/share/ShareSheet.svelte';

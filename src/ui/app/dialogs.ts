// Table of dialogs: name → props and component. Loaded after the first paint; heavy dialogs on demand. All chunks are precached.
import type { Component } from 'svelte';
import QrScanner from '../features/import/QrScanner.svelte';
import EditPresetDialog from '../features/library/EditPresetDialog.svelte';
import HistoryDialog from '../features/library/HistoryDialog.svelte';
import NightSheet from '../features/night/NightSheet.svelte';
import ResumeNightDialog from '../features/night/ResumeNightDialog.svelte';
import SettingsDialog from '../features/settings/SettingsDialog.svelte';
import Welcome from '../features/settings/Welcome.svelte';
import About from './About.svelte';
import type { DialogName, DialogProps, NoProps } from './dialogProps.ts';

/** Props that every dialog takes. */
export interface CommonDialogProps {
  readonly onClose: () => void;
}

type DialogComponent<Name extends DialogName> = Component<
  (DialogProps[Name] extends NoProps ? object : DialogProps[Name]) & CommonDialogProps
>;

const DIALOGS: { readonly [Name in DialogName]: () => DialogComponent<Name> | Promise<DialogComponent<Name>> } = {
  welcome: () => Welcome,
  settings: () => SettingsDialog,
  about: () => About,
  import: async () => (await import('./heavyDialogs.ts')).Import,
  scan: () => QrScanner,
  export: async () => (await import('./heavyDialogs.ts')).Export,
  details: () => EditPresetDialog,
  history: () => HistoryDialog,
  share: async () => (await import('./heavyDialogs.ts')).Share,
  night: () => NightSheet,
  resumeNight: () => ResumeNightDialog,
  practice: async () => (await import('./heavyDialogs.ts')).Practice,
  report: async () => (await import('./heavyDialogs.ts')).Report,
  backup: async () => (await import('./heavyDialogs.ts')).Backup,
  guide: async () => (await import('./heavyDialogs.ts')).Guide,
};

/**
 * Loads the component of a dialog.
 * @param name - key of the dialog table
 * @returns the component; its own props were checked where it was opened
 * @throws when its chunk cannot be loaded
 */
export async function loadDialog(name: DialogName): Promise<Component<CommonDialogProps>> {
  return (await DIALOGS[name]()) as Component<CommonDialogProps>;
}

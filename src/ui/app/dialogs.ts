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

type DialogModule<Props> = Promise<{ readonly default: Component<Props & CommonDialogProps> }>;

/** A light dialog comes with the table; a heavy one is a chunk of its own. */
function loaded<Props>(component: Component<Props & CommonDialogProps>): () => DialogModule<Props> {
  return () => Promise.resolve({ default: component });
}

const DIALOGS: {
  readonly [Name in DialogName]: () => DialogModule<DialogProps[Name] extends NoProps ? object : DialogProps[Name]>;
} = {
  welcome: loaded(Welcome),
  settings: loaded(SettingsDialog),
  about: loaded(About),
  import: () => import('../features/import/ImportPage.svelte'),
  scan: loaded(QrScanner),
  export: () => import('../features/export/ExportDialog.svelte'),
  details: loaded(EditPresetDialog),
  history: loaded(HistoryDialog),
  share: () => import('../features/share/ShareSheet.svelte'),
  night: loaded(NightSheet),
  resumeNight: loaded(ResumeNightDialog),
  practice: () => import('../features/practice/PracticeDialog.svelte'),
  report: () => import('../features/practice/ReportDialog.svelte'),
  backup: () => import('../features/backup/BackupDialog.svelte'),
  guide: () => import('../features/practice/Guide.svelte'),
};

/**
 * Loads the component of a dialog.
 * @param name - key of the dialog table
 * @returns the component; its own props were checked where it was opened
 * @throws when its chunk cannot be loaded
 */
export async function loadDialog(name: DialogName): Promise<Component<CommonDialogProps>> {
  const { default: component } = await DIALOGS[name]();
  return component as Component<CommonDialogProps>;
}

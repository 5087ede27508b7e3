// Dialog names and the props each dialog is opened with.
import type { Preset } from '../../formats/preset.ts';
import type { EditPresetProps } from '../features/library/currentPreset.svelte.ts';
import type { LibraryItem } from '../features/library/libraryItem.ts';
import type { GuideName } from '../features/practice/guides.ts';
import type { ShareSubject } from '../features/share/shareSubject.ts';

/** Props of a dialog that needs none. */
export type NoProps = Record<string, never>;

/** What each dialog is opened with. */
export interface DialogProps {
  welcome: NoProps;
  settings: NoProps;
  about: NoProps;
  import: NoProps;
  scan: NoProps;
  export: { readonly preset: Preset };
  details: EditPresetProps;
  history: { readonly item: LibraryItem };
  share: { readonly subject: ShareSubject };
  night: NoProps;
  resumeNight: NoProps;
  practice: NoProps;
  report: NoProps;
  backup: NoProps;
  guide: { readonly guide: GuideName };
}

/** Key of the dialog table. */
export type DialogName = keyof DialogProps;

// UI state of the whole page: which dialog is open and with which props, and whether the library sheet is.
import type { DialogName, DialogProps } from './dialogProps.ts';

/** A dialog on screen: its name in the dialog table, and its props. */
export interface OpenDialog {
  readonly name: DialogName;
  readonly props: object;
}

/** Dialogs that open without props. */
type PlainDialogName = {
  [Name in DialogName]: DialogProps[Name] extends Record<string, never> ? Name : never;
}[DialogName];

/** Which overlay the page shows. One dialog at a time. */
export class AppState {
  /** The open dialog, or null. */
  dialog: OpenDialog | null = $state.raw(null);
  /** The library as a sheet, on small screens. */
  libraryOpen: boolean = $state(false);
  /** All data of this device was deleted, by this tab or another: nothing but that is shown. */
  allDataDeleted: boolean = $state(false);

  /**
   * Opens a dialog in place of the one that is open.
   * @param name - key of the dialog table
   * @param props - what the dialog is about; left out where it needs nothing
   */
  openDialog(name: PlainDialogName): void;
  openDialog<Name extends DialogName>(name: Name, props: DialogProps[Name]): void;
  openDialog(name: DialogName, props?: object): void {
    // DecodedFile again as it is, it keeps its state.
    if (!props && this.dialog?.name === name) return;
    this.dialog = { name, props: props ?? {} };
  }

  /** Closes the open dialog, if any. */
  closeDialog(): void {
    this.dialog = null;
  }
}

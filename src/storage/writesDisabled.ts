// After all data was deleted, an open page must not write its memory back: from then on it does not touch the storage.
import { StorageError } from './storageError.ts';

let disabled = false;

/** Stops all access of this page to the storage, for as long as the page lives. */
export function disableWrites(): void {
  disabled = true;
}

/**
 * Tells whether the data was deleted while this page was open.
 * @returns true after `disableWrites`
 */
export function writesDisabled(): boolean {
  return disabled;
}

/**
 * Call before any access to the storage: even reading would create an empty database again.
 * @throws StorageError `writes-disabled` after `disableWrites`
 */
export function assertWritable(): void {
  if (disabled) throw new StorageError('writes-disabled');
}

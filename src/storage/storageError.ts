// Errors of the storage as codes; the screen has the words for them.

/** Why something could not be stored. */
export type StorageErrorCode =
  /** The device has no room left. */
  | 'quota-exceeded'
  /** The database did not work: it can be tried again. */
  | 'no-response'
  /** A newer version of the app has written here: data is shown, not changed. */
  | 'newer-version'
  /** What should be stored is not a valid preset. */
  | 'invalid-preset'
  /** All data was deleted: this page writes nothing any more. */
  | 'writes-disabled'
  /** Another page keeps the database open, so it could not be deleted. */
  | 'blocked'
  /** The database of this name has other object stores than ours. */
  | 'foreign-database';

/** An error with a code. */
export class StorageError extends Error {
  readonly code: StorageErrorCode;

  /**
   * @param code - what happened
   * @param cause - the browser's own error, if there is one
   */
  constructor(code: StorageErrorCode, cause?: unknown) {
    super(code, { cause });
    this.name = 'StorageError';
    this.code = code;
  }
}

/**
 * Tells why a write failed.
 * @param error - whatever was thrown
 * @returns code of a `StorageError`, `quota-exceeded` for a full disk, else `no-response`
 */
export function storageErrorCode(error: unknown): StorageErrorCode {
  if (error instanceof StorageError) return error.code;
  return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'quota-exceeded' : 'no-response';
}

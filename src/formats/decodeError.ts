// Errors and warnings of decoding as codes with parameters. The words for them are chosen by the user interface.

/** A place in a file: field names and list indices, from the root. */
export type JsonPath = readonly (string | number)[];

/** The kinds of file, by the end of their `format` field; and links. */
export type FileKind = 'preset' | 'parcel' | 'bundle' | 'locked' | 'backup' | 'link';

type NoParams = Readonly<Record<string, never>>;

/** Every reason why something is refused, with its parameters. */
export interface DecodeErrorParams {
  'file-empty': NoParams;
  'file-too-large': { readonly maxBytes: number };
  'file-unreadable': NoParams;
  'not-text': NoParams;
  'not-json': NoParams;
  'too-deep': NoParams;
  'text-too-long': { readonly path: JsonPath };
  'list-too-long': { readonly path: JsonPath; readonly count: number };
  'too-many-fields': NoParams;
  'unsafe-field-name': { readonly name: string };
  'not-plain-data': { readonly path: JsonPath };
  'number-not-finite': { readonly path: JsonPath };
  /** Whatever else was thrown: a hostile getter or proxy. */
  'not-readable': NoParams;
  'wrong-format': { readonly kind: FileKind };
  'no-version': { readonly kind: FileKind };
  'invalid-version': { readonly kind: FileKind };
  'newer-version': { readonly kind: FileKind; readonly version: number; readonly current: number };
  'migration-missing': { readonly version: number };
  'migration-failed': { readonly version: number };
  'checksum-mismatch': NoParams;
  'unknown-field': { readonly kind: FileKind; readonly path: JsonPath };
  'missing-field': { readonly kind: FileKind; readonly path: JsonPath };
  'wrong-type': { readonly kind: FileKind; readonly path: JsonPath; readonly expected: ExpectedType };
  'invalid-field': { readonly kind: FileKind; readonly path: JsonPath };
  'no-layers': NoParams;
  'no-known-layers': { readonly trigger: string };
  'param-not-number': { readonly path: JsonPath; readonly trigger: string };
  'param-not-choice': { readonly path: JsonPath; readonly trigger: string };
  'param-negative': { readonly path: JsonPath; readonly trigger: string };
  'audio-without-preset': NoParams;
  'bundle-empty': NoParams;
  'bundle-too-large': { readonly count: number; readonly max: number };
  'bundle-unreadable': NoParams;
  'backup-invalid': NoParams;
  'backup-too-large': { readonly maxPresets: number; readonly maxEntries: number };
  'summary-invalid': NoParams;
  'entry-invalid': NoParams;
  'limit-reversed': { readonly limit: string };
  'link-missing': NoParams;
  'link-ambiguous': NoParams;
  'link-too-long': { readonly maxChars: number };
  'link-cut': NoParams;
  'link-damaged': NoParams;
  'link-extra-values': NoParams;
  /** When writing a link. */
  'link-does-not-fit': { readonly chars: number; readonly maxChars: number };
  'compressed-damaged': NoParams;
  'compressed-too-large': NoParams;
  'passphrase-empty': NoParams;
  'passphrase-wrong': NoParams;
  'encryption-unavailable': NoParams;
  'encryption-unknown': NoParams;
  'encrypted-invalid': NoParams;
  'encrypted-twice': NoParams;
}

/** What a schema wants in a place. */
export type ExpectedType = 'number' | 'text' | 'boolean' | 'list' | 'object' | 'numberOrText';

/** The stable name of an error. */
export type DecodeErrorCode = keyof DecodeErrorParams;

/** An error as plain data: it can be posted to another thread. */
export type DecodeErrorData = {
  readonly [Code in DecodeErrorCode]: { readonly code: Code; readonly params: DecodeErrorParams[Code] };
}[DecodeErrorCode];

/** Every correction made to a file that is accepted, with its parameters. */
export interface DecodeWarningParams {
  /** Hidden characters were removed, or it was too long. */
  'text-sanitized': { readonly text: string };
  'date-replaced': NoParams;
  'id-missing': NoParams;
  'id-replaced': { readonly from: string; readonly to: string };
  'name-missing': { readonly name: string };
  'tags-dropped': { readonly max: number };
  'seed-missing': { readonly to: number };
  'seed-rounded': { readonly from: number; readonly to: number };
  'trigger-unknown': { readonly trigger: string };
  'layers-dropped': { readonly count: number; readonly max: number };
  'layer-id-missing': { readonly to: string };
  'layer-id-duplicate': { readonly from: string; readonly to: string };
  'layer-id-replaced': { readonly from: string; readonly to: string };
  'params-unknown': { readonly trigger: string; readonly ids: readonly string[] };
  /** `trigger`: '' where the values belong to no trigger. */
  'values-missing': { readonly trigger: string; readonly ids: readonly string[] };
  'value-clamped': {
    readonly trigger: string;
    readonly value: number;
    readonly min: number;
    readonly max: number;
    readonly to: number;
  };
  'choice-unknown': { readonly trigger: string; readonly from: string; readonly to: string };
  'azimuth-wrapped': { readonly from: number; readonly to: number };
  'path-unknown': { readonly from: string; readonly to: string };
  'minutes-clamped': { readonly max: number; readonly to: number };
  'limit-without-target': { readonly limit: string };
  'limit-narrowed': { readonly limit: string };
  'limits-dropped': { readonly max: number };
  'summary-shortened': NoParams;
  'bundle-duplicate': { readonly number: number };
  'bundle-same-id': NoParams;
}

/** The stable name of a warning. */
export type DecodeWarningCode = keyof DecodeWarningParams;

/** A warning as plain data: what was corrected, and where. */
export type DecodeWarning = {
  readonly [Code in DecodeWarningCode]: {
    readonly code: Code;
    readonly path: JsonPath;
    readonly params: DecodeWarningParams[Code];
  };
}[DecodeWarningCode];

/** A refusal as a result. */
export interface DecodeFailure {
  readonly ok: false;
  readonly error: DecodeErrorData;
}

/** The result of decoding: a value with its warnings, or why it was refused. */
export type Decoded<T> = ({ readonly ok: true; readonly warnings: readonly DecodeWarning[] } & T) | DecodeFailure;

/** Thrown while decoding; `tryDecode` turns it into a result. */
export class DecodeError<Code extends DecodeErrorCode = DecodeErrorCode> extends Error {
  readonly code: Code;
  readonly params: DecodeErrorParams[Code];

  /**
   * @param code - why it is refused
   * @param params - the parameters of that code
   */
  constructor(
    code: Code,
    ...params: NoParams extends DecodeErrorParams[Code] ? [] : [params: DecodeErrorParams[Code]]
  ) {
    super(code);
    this.code = code;
    this.params = params[0] ?? ({} as DecodeErrorParams[Code]);
  }
}

/**
 * Throws the error of a result again, inside another decoder.
 * @param error - the error of a refused part
 * @returns the exception to throw
 */
export function rethrown({ code, params }: DecodeErrorData): DecodeError {
  return Object.assign(new DecodeError('not-readable'), { code, params });
}

/**
 * Runs a decoder. Never throws.
 * @param decode - may throw a `DecodeError`, or anything a hostile getter or proxy throws
 * @returns what it returns, or the refusal
 */
export function tryDecode<T>(decode: () => T): T | DecodeFailure {
  try {
    return decode();
  } catch (cause) {
    return failure(cause);
  }
}

/**
 * Runs an asynchronous decoder. Never rejects.
 * @param decode - may reject with a `DecodeError`, or anything else
 * @returns what it resolves to, or the refusal
 */
export async function tryDecodeAsync<T>(decode: () => Promise<T>): Promise<T | DecodeFailure> {
  try {
    return await decode();
  } catch (cause) {
    return failure(cause);
  }
}

function failure(cause: unknown): DecodeFailure {
  const { code, params } = cause instanceof DecodeError ? (cause as DecodeError) : new DecodeError('not-readable');
  return { ok: false, error: { code, params } as DecodeErrorData };
}

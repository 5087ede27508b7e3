// Immutable sets: each change returns a new set, so that reactive readers see it.

/** The set with nothing in it. */
export const EMPTY_SET: ReadonlySet<string> = new Set();

/** @returns the set with `key` added, or removed where it was in it */
export function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return set.has(key) ? without(set, key) : new Set([...set, key]);
}

/** @returns the set without `key` */
export function without(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return new Set([...set].filter((other) => other !== key));
}

/** @returns those of `keys` that are in the set */
export function within(set: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> {
  return new Set(keys.filter((key) => set.has(key)));
}

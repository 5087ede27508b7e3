// Sets that are replaced, never changed: what reads them sees each change.

export const NONE: ReadonlySet<string> = new Set();

export function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return set.has(key) ? without(set, key) : new Set([...set, key]);
}

export function without(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  return new Set([...set].filter((other) => other !== key));
}

export function within(set: ReadonlySet<string>, keys: readonly string[]): ReadonlySet<string> {
  return new Set(keys.filter((key) => set.has(key)));
}

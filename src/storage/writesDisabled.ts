// After everything was deleted here, a page that is still open must not write its memory back: from then on it writes nothing.

let sealed = false;

/** For as long as this page lives. */
export function seal(): void {
  sealed = true;
}

export function isSealed(): boolean {
  return sealed;
}

/** Throws once everything was deleted. */
export function refuseSealed(): void {
  if (sealed) throw new Error('Everything was deleted here; this page writes nothing any more.');
}

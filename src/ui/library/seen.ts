// Which revision of each preset this tab last opened or saved. Survives a reload, so that a save after it is not blind
// to what another tab wrote meanwhile.

const KEY = 'hushcraft-seen';
/** Far more than a person opens in one visit. */
const MOST = 200;

export class Seen {
  readonly #revisions: Map<string, number>;

  constructor() {
    this.#revisions = new Map(read());
  }

  get(id: string): number | undefined {
    return this.#revisions.get(id);
  }

  set(id: string, revision: number): void {
    this.#revisions.delete(id);
    this.#revisions.set(id, revision);
    try {
      sessionStorage.setItem(KEY, JSON.stringify([...this.#revisions].slice(-MOST)));
    } catch {
      // No session storage: it holds until the reload.
    }
  }
}

function read(): [string, number][] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    if (!Array.isArray(found)) return [];
    return found.filter(
      (entry): entry is [string, number] =>
        Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number',
    );
  } catch {
    return [];
  }
}

// Library filter: search text, favourites only, one tag; and the items that match.
import type { LibraryItem } from './libraryItem.ts';
import { hasTag, matches, tagsOf } from './search.ts';

/** What is filtered. */
export interface FilteredItems {
  readonly saved: readonly LibraryItem[];
  readonly factory: readonly LibraryItem[];
  readonly all: readonly LibraryItem[];
}

/** The filter of the library panel. */
export class LibraryFilter {
  query: string = $state('');
  favouritesOnly: boolean = $state(false);
  tag: string | null = $state(null);
  /** Anything is filtered. */
  readonly active: boolean = $derived(this.query.trim() !== '' || this.favouritesOnly || this.tag !== null);

  readonly #items: FilteredItems;
  readonly saved: readonly LibraryItem[] = $derived.by(() => this.#items.saved.filter((item) => this.matches(item)));
  readonly factory: readonly LibraryItem[] = $derived.by(() =>
    this.#items.factory.filter((item) => this.matches(item)),
  );
  readonly count: number = $derived(this.saved.length + this.factory.length);
  /** Tags of all items, most used first. */
  readonly tags: readonly string[] = $derived.by(() => tagsOf(this.#items.all).map(({ tag }) => tag));

  constructor(items: FilteredItems) {
    this.#items = items;
  }

  clear(): void {
    this.query = '';
    this.favouritesOnly = false;
    this.tag = null;
  }

  /**
   * Whether an item passes the filter.
   * @param item - the item
   * @returns true if it is to be shown
   */
  matches(item: LibraryItem): boolean {
    if (this.favouritesOnly && !item.favourite) return false;
    return (this.tag === null || hasTag(item, this.tag)) && matches(item, this.query);
  }
}

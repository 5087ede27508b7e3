// What the person is looking for in the library: words, favourites, one tag.
import { hasTag, matches } from './search.ts';
import type { Sound } from './libraryItem.ts';

export class Finder {
  query: string = $state('');
  favouritesOnly: boolean = $state(false);
  tag: string | null = $state(null);
  readonly active: boolean = $derived(this.query.trim() !== '' || this.favouritesOnly || this.tag !== null);

  clear(): void {
    this.query = '';
    this.favouritesOnly = false;
    this.tag = null;
  }

  finds(sound: Sound): boolean {
    if (this.favouritesOnly && !sound.favourite) return false;
    return (this.tag === null || hasTag(sound, this.tag)) && matches(sound, this.query);
  }
}

// Finding a sound by its name, its words, its tags and its note.
import { sanitizeTag, MAX_TAGS } from '../../../formats/text.ts';

/** What a search looks through. */
export interface Findable {
  readonly name: string;
  readonly words: string;
  readonly tags: readonly string[];
  readonly note: string;
}

/** Lower case, without accents, one kind of space: how people type. */
export function plainText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en').replace(/\s+/g, ' ').trim();
}

/** Every word of the query must begin, end or lie somewhere in the sound's texts. An empty query finds everything. */
export function matches(sound: Findable, query: string): boolean {
  const wanted = plainText(query);
  if (wanted === '') return true;
  const text = plainText([sound.name, sound.words, ...sound.tags, sound.note].join(' '));
  return wanted.split(' ').every((word) => text.includes(word));
}

/** All tags with how often they occur, most used first, then by alphabet. Tags that differ only by case are one. */
export function tagsOf(sounds: readonly Findable[]): readonly { readonly tag: string; readonly count: number }[] {
  const counts = new Map<string, { tag: string; count: number }>();
  for (const sound of sounds) {
    for (const tag of sound.tags) {
      const entry = counts.get(plainText(tag));
      if (entry) entry.count += 1;
      else counts.set(plainText(tag), { tag, count: 1 });
    }
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || a.tag.localeCompare(b.tag, 'en'));
}

export function hasTag(sound: Findable, tag: string): boolean {
  return sound.tags.some((own) => plainText(own) === plainText(tag));
}

/** "Sleep, left ear, sleep" → ['Sleep', 'left ear']. */
export function parseTags(text: string): readonly string[] {
  const tags = new Map<string, string>();
  for (const part of text.split(',')) {
    const tag = sanitizeTag(part).text;
    if (tag !== '' && !tags.has(plainText(tag))) tags.set(plainText(tag), tag);
  }
  return [...tags.values()].slice(0, MAX_TAGS);
}

// Which threads play: only the audio thread and the renderer hold voices; the page and its other helpers know triggers by their words.
const PLAYING = /\/(?:engine\.worklet|render\.worker)\.ts$/;

/** For a build with this input, as Rollup's options have it; a server that only serves has none. */
export function playsIn(input?: string | readonly string[] | Readonly<Record<string, string>>): boolean {
  const entries = typeof input === 'string' ? [input] : Object.values(input ?? {});
  return entries.some((entry) => PLAYING.test(entry.split('?')[0] ?? ''));
}

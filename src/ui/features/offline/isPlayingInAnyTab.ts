// Whether this app plays in another window: every window that plays holds a lock of this name.
const PLAYING = 'hushcraft playing';

export async function playsAnywhere(): Promise<boolean> {
  if (!('locks' in navigator)) return false;
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === PLAYING);
}

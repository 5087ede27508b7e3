// Keeps the screen on while it is wanted, as far as the browser lets it; asked for anew whenever the page comes back.

/** Returns the way to let go. */
export function holdAwake(): () => void {
  let wanted = true;
  let lock: WakeLockSentinel | undefined;
  const released = (): boolean => !wanted;
  const ask = async (): Promise<void> => {
    if (!wanted || document.hidden || !('wakeLock' in navigator)) return;
    lock = await navigator.wakeLock.request('screen').catch(() => undefined); // low battery: the screen may go off
    if (released()) void lock?.release();
  };
  const onVisible = (): void => void ask();
  document.addEventListener('visibilitychange', onVisible);
  void ask();
  return () => {
    wanted = false;
    document.removeEventListener('visibilitychange', onVisible);
    void lock?.release();
  };
}

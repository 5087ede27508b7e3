// What a page hears of its own fate: shown or hidden, frozen and thawed, another audio device.

export interface PageLifecycleHandlers {
  readonly onHidden: (hidden: boolean) => void;
  /** It lay frozen and goes on now. */
  readonly onResumed: () => void;
  readonly onDeviceChange: () => void;
}

export function watchPageLifecycle({
  onHidden,
  onResumed: onThawed,
  onDeviceChange: onDevice,
}: PageLifecycleHandlers): void {
  document.addEventListener('visibilitychange', () => {
    onHidden(document.hidden);
  });
  document.addEventListener('resume', onThawed);
  // Safari offers no devices to pages without a secure address.
  if ('mediaDevices' in navigator) navigator.mediaDevices.addEventListener('devicechange', onDevice);
}

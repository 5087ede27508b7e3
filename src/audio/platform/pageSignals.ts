// Page lifecycle events: visibility, resume after a freeze, change of audio devices.

/** Handlers of the events. */
export interface PageLifecycleHandlers {
  readonly onHidden: (hidden: boolean) => void;
  /** The page was frozen and goes on now. */
  readonly onResumed: () => void;
  readonly onDeviceChange: () => void;
}

/**
 * Subscribes to the events for the life of the page.
 * @param handlers - called on each event
 */
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

// The one place that reaches behind standardized-audio-context, for what it does not wrap.
import type { IAudioContext } from 'standardized-audio-context';

interface Wrapped {
  readonly _nativeAudioContext?: AudioContext;
}

/** The browser's own context, or undefined should the library change its inside. */
export function nativeContext(context: IAudioContext): AudioContext | undefined {
  return (context as unknown as Wrapped)._nativeAudioContext;
}

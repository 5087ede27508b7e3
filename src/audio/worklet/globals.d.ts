// Types that the shared messages name and the worklet's own library lacks. The worklet never meets a Blob itself.
interface Blob {
  readonly size: number;
}
interface AudioWorkletNodeOptions {
  readonly processorOptions?: unknown;
}

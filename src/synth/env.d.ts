/** The compiled kernels: WebAssembly bytes, inlined by `tools/kernels.ts`. */
declare module 'virtual:kernels' {
  const bytes: Uint8Array;
  export default bytes;
}
/** sin, cos, exp, log alone, from the same source: a tenth of the size, for the page and for control code. */
declare module 'virtual:kernel-maths' {
  const bytes: Uint8Array;
  export default bytes;
}
/** tan, atan2, pow, tanh, for voices and the space. */
declare module 'virtual:kernel-maths-of-voices' {
  const bytes: Uint8Array;
  export default bytes;
}

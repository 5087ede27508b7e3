/** The compiled kernels: WebAssembly bytes, inlined by `tools/kernels.ts`. */
declare module 'virtual:kernels' {
  const bytes: Uint8Array;
  export default bytes;
}
/** The software maths alone, from the same source: a tenth of the size, for the page and for control code. */
declare module 'virtual:kernel-maths' {
  const bytes: Uint8Array;
  export default bytes;
}
/** The rest of it, for voices and the space. */
declare module 'virtual:kernel-maths-of-voices' {
  const bytes: Uint8Array;
  export default bytes;
}

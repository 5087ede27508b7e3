/** The compiled kernels: WebAssembly bytes, inlined by `tools/kernels.ts`. */
declare module 'virtual:kernels' {
  const bytes: Uint8Array;
  export default bytes;
}


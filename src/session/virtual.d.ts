declare module 'virtual:zstd-wasm-url' {
  /** Address of the zstd codec's WebAssembly. */
  const url: string;
  export default url;
}

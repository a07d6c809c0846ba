// What the build puts in.

declare module 'virtual:zstd-wasm-url' {
  /** Address of the zstd codec's WebAssembly. */
  const url: string;
  export default url;
}

declare module 'virtual:sqlite-wasm-url' {
  /** Address of SQLite's WebAssembly. */
  const url: string;
  export default url;
}

declare module 'virtual:silk-wasm-url' {
  /** Address of the SILK decoder's WebAssembly. */
  const url: string;
  export default url;
}

/** Of package.json, put in by the build. */
declare const __APP_VERSION__: string;

/** Of this deployment at each service; '' where it has none. */
declare const __CLIENT_IDS__: Readonly<Record<'dropbox' | 'onedrive' | 'google-drive', string>>;

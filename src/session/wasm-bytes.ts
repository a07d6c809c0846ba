// WebAssembly for workers that cannot fetch: its bytes come from the app's own files, which the service worker keeps.

import { transfer } from 'comlink';
import silkWasmUrl from 'virtual:silk-wasm-url';
import sqliteWasmUrl from 'virtual:sqlite-wasm-url';
import { CamphorError } from '../model/error';
import type { LazyWasm } from '../model/verbs';

/** Rejects with `offline`. */
export async function fetchWasm(url: string): Promise<ArrayBuffer> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new CamphorError('offline', { status: response.status });
    return await response.arrayBuffer();
  } catch (cause) {
    throw cause instanceof CamphorError ? cause : new CamphorError('offline', {}, cause);
  }
}

const lazyUrls = new Map<LazyWasm, string>([
  ['sqlite', sqliteWasmUrl],
  ['silk', silkWasmUrl],
]);

/** What a worker asks for when it needs it, handed over. Rejects with `offline`, and for what is not on the list. */
export async function readLazyWasm(name: LazyWasm): Promise<ArrayBuffer> {
  const url = lazyUrls.get(name);
  if (url === undefined) throw new CamphorError('not-found', { what: 'wasm' });
  const bytes = await fetchWasm(url);
  return transfer(bytes, [bytes]);
}

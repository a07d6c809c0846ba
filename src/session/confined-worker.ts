// Starts workers that see plaintext, and calls them. A worker started from a blob inherits the page's policy, which one
// loaded by address does not. The blob imports confine.ts and, once that has run, the worker; nothing is posted to it before
// it says that both are there (docs/decisions/0001-confinement.md).

import { type Remote, transfer, transferHandlers, wrap } from 'comlink';
import zstdWasmUrl from 'virtual:zstd-wasm-url';
import confineUrl from '../../workers/confine.ts?worker&url';
import { CamphorError } from '../model/error';
import { type PackedError, packError, unpackError } from '../model/packed-error';
import type { StartVerbs } from '../model/verbs';
import { blobScriptUrl, ownScriptUrl } from './trusted-urls';
import { fetchWasm } from './wasm-bytes';
import { callsOf, type ConfinedWorker } from './worker-calls';

const thrown = transferHandlers.get('throw');
if (thrown === undefined) throw new Error('comlink has no handler for what is thrown');
transferHandlers.set('throw', {
  canHandle: (value): value is { readonly value: unknown } => thrown.canHandle(value),
  serialize: ({ value }: { readonly value: unknown }) => [packError(value), []],
  deserialize: (packed: PackedError) => {
    throw unpackError(packed);
  },
});

let codec: Promise<ArrayBuffer> | null = null;

/** The codec's bytes, fetched once, since every worker needs them. */
function readCodec(): Promise<ArrayBuffer> {
  codec ??= fetchWasm(zstdWasmUrl).catch((cause: unknown) => {
    codec = null;
    throw cause;
  });
  return codec;
}

const ready = 'camphor-worker-ready';

/** The blob's module. Where the confinement throws, the worker is never loaded. */
function stubOf(scriptUrl: string): string {
  const [confine, worker] = [confineUrl, scriptUrl].map((url) => JSON.stringify(String(ownScriptUrl(url))));
  return `await import(${confine}); await import(${worker}); postMessage(${JSON.stringify(ready)});`;
}

/** Resolves when the worker says that it is there. Rejects where its module or the confinement failed. */
function untilReady(worker: Worker, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', function listen({ data }: MessageEvent) {
      if (data !== ready) return;
      worker.removeEventListener('message', listen);
      resolve();
    });
    worker.addEventListener('error', (event) => {
      // Later errors are outside of any call: no caller waits for them.
      console.error(`workers/${name}: error at ${event.filename}:${event.lineno}`);
      reject(new CamphorError('unexpected', { worker: name }));
    });
  });
}

/** A worker of `scriptUrl` behind the confinement, started and given the codec. */
export async function startConfined<Verbs extends StartVerbs>(name: string, scriptUrl: string): Promise<ConfinedWorker<Verbs>> {
  const wasm = await readCodec();
  const blob = blobScriptUrl(stubOf(scriptUrl));
  const worker = new Worker(blob.url, { type: 'module', name });
  try {
    await untilReady(worker, name).finally(blob.revoke);
    const verbs = wrap<Verbs>(worker);
    await (verbs as unknown as Remote<StartVerbs>).start({ zstd: wasm });
    return callsOf(worker, verbs);
  } catch (cause) {
    worker.terminate();
    throw cause;
  }
}

/** Opens a way for the vault key from one worker to another; this thread only introduces them. */
export async function introduceKey(
  share: (port: MessagePort) => Promise<void>,
  connect: (port: MessagePort) => Promise<void>,
): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await Promise.all([share(transfer(port1, [port1])), connect(transfer(port2, [port2]))]);
}

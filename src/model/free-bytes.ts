// Memory given back at once. Left to the collector, large arrays are many and their memory is mapped anew for each: in Chromium
// 128 MiB of new arrays of 512 KiB took 630 ms, and 7 ms where each was given back first (docs/decisions/0006-backup-speed.md).
//
// `transfer` empties an array and frees what was in it. Not in Chromium: where an interface of the engine gave or took the array
// (WebCrypto, Blob, FileReaderSync), its memory stays until the collector comes by, and is no longer counted: a gigabyte of results of
// 512 KiB stayed whole. There it is sent to a port that nobody hears, which leaves 23 MB of it; elsewhere such a port may keep it.

import { isChromium } from './engine';

/** Smaller ones come from memory that is in use already. */
const leastBytes = 64 * 1024;

/** Of ES2024. */
interface MovableBuffer {
  transfer?(sizeBytes: number): ArrayBuffer;
}

let nowhere: MessagePort | null = null;

function openNowhere(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  return port1;
}

/** Gives back the memory of an array that nobody uses any more; all views of the same buffer are empty afterwards. */
export function freeBytes({ buffer }: ArrayBufferView<ArrayBuffer>): void {
  if (buffer.byteLength < leastBytes) return;
  if (isChromium) (nowhere ??= openNowhere()).postMessage(null, [buffer]);
  else if ('transfer' in buffer) (buffer as MovableBuffer).transfer?.(0);
  else structuredClone(null, { transfer: [buffer] });
}

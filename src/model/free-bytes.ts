// Memory given back at once. Left to the collector, large arrays are many and their memory is mapped anew for each: in Chromium
// 128 MiB of new arrays of 512 KiB took 630 ms, and 7 ms where each was given back first (docs/decisions/0006-backup-speed.md).
//
// They are sent to a port that nobody hears. `transfer(0)` empties an array too, but where an interface of the engine gave or took it
// (WebCrypto, Blob, FileReaderSync), Chromium keeps its memory until the collector comes by, and no longer counts it: a gigabyte of
// results of 512 KiB then stayed whole, and 23 MB of it this way.

/** Smaller ones come from memory that is in use already. */
const leastBytes = 64 * 1024;

let nowhere: MessagePort | null = null;

function openNowhere(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  return port1;
}

/** Gives back the memory of bytes that nobody uses any more; all views of the same buffer are empty afterwards. */
export function freeBytes({ buffer }: Uint8Array<ArrayBuffer>): void {
  if (buffer.byteLength < leastBytes) return;
  nowhere ??= openNowhere();
  nowhere.postMessage(null, [buffer]);
}

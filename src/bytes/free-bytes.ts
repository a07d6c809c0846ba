// Memory given back at once. Left to the collector, large arrays are many and their memory is mapped anew for each: in Chromium
// 128 MiB of new arrays of 512 KiB took 630 ms, and 7 ms where each was given back first (docs/decisions/0006-backup-speed.md).

/** Of ES2024; engines without it leave it to the collector. */
interface MovableBuffer {
  transfer?(sizeBytes: number): ArrayBuffer;
}

/** Smaller ones come from memory that is in use already. */
const leastBytes = 64 * 1024;

/** Gives back the memory of bytes that nobody uses any more; all views of the same buffer are empty afterwards. */
export function freeBytes({ buffer }: Uint8Array<ArrayBuffer>): void {
  if (buffer.byteLength >= leastBytes) (buffer as MovableBuffer).transfer?.(0);
}

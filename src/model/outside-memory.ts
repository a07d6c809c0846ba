// What a Blob holds lies outside of its thread, and the collector takes it for a few bytes. Chromium keeps it until each thread that had
// the Blob, or a request with it, has collected that, and where little else is to be collected that is never: after backups of 2 GB its
// own process held all of that. Arrays of that length, which nobody writes to and which take no memory thereby, tell the collector
// (docs/decisions/0006-backup-speed.md).

/** Less lies in memory that is there in any case. */
const leastBytes = 64 * 1024;
let weights: ArrayBuffer[] = [];
/** Gone once all was collected; the small collections in between, which leave what interfaces of the engine hold, leave this as well. */
let sinceCollected = new WeakRef({});

/** Of a Blob; a File is not in memory. */
export const outsideBytes = (blob: Blob): number => (blob instanceof File ? 0 : blob.size);

/** Tells this thread's collector that so much more waits for it; each thread that has a large Blob says so. */
export function countOutside(sizeBytes: number): void {
  if (sizeBytes < leastBytes) return;
  if (sinceCollected.deref() === undefined) {
    weights = [];
    sinceCollected = new WeakRef({});
  }
  weights.push(new ArrayBuffer(sizeBytes));
}

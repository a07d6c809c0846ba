// Many small reads that go forward, as one large read each time: asking a file for every few hundred bytes would take most of the time.

import type { ByteSource } from './source';

const aheadBytes = 1 << 20;

/** As `read` of the source; what is given is a view of a larger piece, which the next calls may be answered from. */
export function readAhead(source: ByteSource): (fromByte: number, toByte: number) => Promise<Uint8Array> {
  let held = new Uint8Array(0);
  let heldFrom = 0;
  return async (fromByte, toByte) => {
    const to = Math.min(toByte, source.sizeBytes);
    if (fromByte < heldFrom || to > heldFrom + held.length) {
      held = Uint8Array.from(await source.read(fromByte, Math.max(to, fromByte + aheadBytes)));
      heldFrom = fromByte;
    }
    return held.subarray(fromByte - heldFrom, Math.max(0, to - heldFrom));
  };
}

// `ZWAMEDIAITEM.ZMETADATA`: a protobuf, of which two fields are known by observation: 5 is the id of the message replied to, 17 how
// often the text was forwarded.

import { readVarint } from './protobuf-varint';

export interface Metadata {
  readonly replyTo: string | null;
  readonly forwardCount: number;
}

const replyField = 5;
const forwardField = 17;

/** What was read before the bytes make no sense. */
export function readMetadata(bytes: Uint8Array): Metadata {
  let replyTo: string | null = null;
  let forwardCount = 0;
  for (let at = 0; at < bytes.length;) {
    const tag = readVarint(bytes, at);
    if (tag === null) break;
    const [field, wire] = [Math.floor(tag.value / 8), tag.value % 8];
    at = tag.end;
    if (wire === 1 || wire === 5) at += wire === 1 ? 8 : 4;
    else if (wire === 0 || wire === 2) {
      const value = readVarint(bytes, at);
      if (value === null) break;
      at = value.end;
      if (wire === 0 && field === forwardField) forwardCount = value.value;
      if (wire === 2 && field === replyField) replyTo = new TextDecoder().decode(bytes.subarray(at, at + value.value)) || null;
      if (wire === 2) at += value.value;
    } else break;
  }
  return { replyTo, forwardCount };
}

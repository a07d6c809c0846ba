// The beginning of a Signal Android backup, which stands in the clear: a length, and a frame that holds nothing but the header.

import { readProtobuf } from '../../bytes/protobuf';
import type { SignalBackupHeader } from '../../crypto/signal-backup';

const headerField = 1;
const ivBytes = 16;
const saltLimitBytes = 64;
const frameLimitBytes = 256;
const lengthBytes = 4;

/** The header and where the first encrypted frame begins; null where the file is no such backup. */
export function readSignalHeader(head: Uint8Array): { readonly header: SignalBackupHeader; readonly endByte: number } | null {
  if (head.length < lengthBytes) return null;
  const endByte = lengthBytes + new DataView(head.buffer, head.byteOffset, lengthBytes).getUint32(0);
  if (endByte <= lengthBytes + ivBytes || endByte > Math.min(frameLimitBytes, head.length)) return null;
  const frame = readProtobuf(head.subarray(lengthBytes, endByte));
  const [inside] = frame.messages(headerField);
  if (!frame.isWhole || frame.numbers.length !== 1 || inside === undefined || !inside.isWhole) return null;
  const iv = inside.bytes(1);
  const salt = inside.bytes(2);
  if (iv?.length !== ivBytes || (salt?.length ?? 0) > saltLimitBytes) return null;
  // A version that is no number that could be one is a later format's.
  const version = inside.integer(3) === null ? 0 : (inside.whole(3) ?? Number.MAX_SAFE_INTEGER);
  return { header: { iv, salt, version }, endByte };
}

// `ZWAMEDIAITEM.ZMETADATA`: a protobuf, of which two fields are known by observation: 5 is the id of the message replied to, 17 how
// often the text was forwarded.

import { readProtobuf } from '../../bytes/protobuf';

export interface Metadata {
  readonly replyTo: string | null;
  readonly forwardCount: number;
}

const replyField = 5;
const forwardField = 17;

/** What was read before the bytes make no sense. */
export function readMetadata(bytes: Uint8Array): Metadata {
  const fields = readProtobuf(bytes);
  return { replyTo: fields.words(replyField), forwardCount: fields.whole(forwardField) ?? 0 };
}

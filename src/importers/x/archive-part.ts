// Parts of an archive are scripts: `window.YTD.direct_messages.part0 = [ … ]`. What stands before the bracket says what it is.

import type { ByteSource } from '../../bytes/source';

export interface ArchivePart {
  /** Such as `direct_messages`, `account`. */
  readonly name: string;
  /** Where the JSON begins. */
  readonly jsonAtByte: number;
}

const headBytes = 512;
const pattern = /^(?:\ufeff)?\s{0,100}window\.YTD\.([a-z_]{1,60})\.part\d{1,4}\s{0,20}=\s{0,20}(?=[[{]|$)/;

/** What a file is a part of; null where it is no part. Never throws for foreign bytes. */
export async function readPart(source: ByteSource): Promise<ArchivePart | null> {
  const bytes = await source.read(0, headBytes);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const match = pattern.exec(text);
  const name = match?.[1];
  if (match === null || name === undefined) return null;
  return { name, jsonAtByte: new TextEncoder().encode(match[0]).length };
}

/** The bytes from `fromByte` on as a source of their own. */
export function sourceFrom(source: ByteSource, fromByte: number): ByteSource {
  return {
    sizeBytes: Math.max(0, source.sizeBytes - fromByte),
    read: (from, to) => source.read(from + fromByte, to + fromByte),
    stream: (from = 0) => source.stream(from + fromByte),
  };
}

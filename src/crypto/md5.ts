// MD5, which is no protection: WeChat names tables, folders and files by it, and WhatsApp ends its backups with it.

import { md5 } from '@noble/hashes/legacy.js';
import { toHex } from './hashes';

/** MD5 of the text in UTF-8, as 32 lower-case hex digits. */
export function md5Hex(text: string): string {
  return toHex(md5(new TextEncoder().encode(text)));
}

/** MD5 of a stream, 16 bytes. */
export async function md5OfStream(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const hash = md5.create();
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest();
}

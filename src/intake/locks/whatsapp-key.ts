// The owner's key of a WhatsApp backup: 64 digits, or a key file, which is an array of bytes as Java writes it out.

import { CamphorError } from '../../model/error';
import { plainSecret, type Secret, secretFault } from '../../model/secret-form';
import { sameTag } from '../../crypto/poly1305-aes';
import type { WhatsappHeader } from './whatsapp-header';

type KeyBytes = Uint8Array<ArrayBuffer>;

/** `aced 0005`, an array of class `[B`; behind it the length in four bytes. */
const javaHead = fromHex('aced0005757200025b42acf317f8060854e00200007870');
const rootBytes = 32;
const keyContentBytes = 131;
const keyIdBytes = 51;
const keyAt = 99;
const utf8 = new TextEncoder();

/**
 * The AES key for a backup with this header, 32 bytes. Throws CamphorError `secret-malformed` for a text that is no such key, and
 * `wrong-secret` for a file that is none, or another backup's.
 */
export async function whatsappKey(header: WhatsappHeader, secret: Secret): Promise<KeyBytes> {
  if (header.keyId === null) return deriveKey(readRoot(secret));
  const content = typeof secret === 'string' ? null : readJavaBytes(secret);
  if (content === null || content.length !== keyContentBytes) throw new CamphorError('wrong-secret');
  if (!sameTag(content.subarray(0, keyIdBytes), header.keyId)) throw new CamphorError('wrong-secret');
  // The file's own check: SHA-256 of the second salt.
  const check = new Uint8Array(await crypto.subtle.digest('SHA-256', content.slice(35, keyIdBytes)));
  if (!sameTag(content.subarray(keyIdBytes, 83), check)) throw new CamphorError('wrong-secret');
  return content.slice(keyAt);
}

function readRoot(secret: Secret): KeyBytes {
  if (typeof secret !== 'string') {
    const content = readJavaBytes(secret);
    if (content?.length === rootBytes) return content;
    if (content !== null) throw new CamphorError('wrong-secret');
  }
  const text = typeof secret === 'string' ? secret : new TextDecoder().decode(secret);
  if (secretFault('whatsapp-key', text) !== null) throw new CamphorError(typeof secret === 'string' ? 'secret-malformed' : 'wrong-secret');
  return fromHex(plainSecret('whatsapp-key', text));
}

function fromHex(digits: string): KeyBytes {
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}

function readJavaBytes(file: KeyBytes): KeyBytes | null {
  const from = javaHead.length + 4;
  if (file.length < from || !javaHead.every((byte, at) => file[at] === byte)) return null;
  const length = new DataView(file.buffer, file.byteOffset).getUint32(javaHead.length);
  return length === file.length - from ? file.slice(from) : null;
}

/** HKDF-SHA-256 without salt. */
async function deriveKey(root: KeyBytes): Promise<KeyBytes> {
  const base = await crypto.subtle.importKey('raw', root, 'HKDF', false, ['deriveBits']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8.encode('backup encryption') };
  return new Uint8Array(await crypto.subtle.deriveBits(how, base, rootBytes * 8));
}

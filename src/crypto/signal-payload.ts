// Files in Signal's Android backups: bytes of AES-256-CTR behind the frame that announces them, then ten bytes of HMAC over IV and
// bytes. The whole is checked before the first byte is given; ranges are decrypted on demand, by WebCrypto.

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { CamphorError } from '../model/error';
import { sameTag } from './poly1305-aes';
import { type SignalBackupKeys, signalMacBytes } from './signal-backup';

export interface SealedPayload {
  /** 16 bytes. */
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sizeBytes: number;
  /** Bytes [from, to) of what lies in the backup: `sizeBytes`, then the MAC. */
  readonly read: (fromByte: number, toByte: number) => Promise<Uint8Array>;
}

const blockBytes = 16;
/** Up to here the engine's HMAC, many times as fast, has it in one piece. */
const wholeLimitBytes = 32 << 20;
const pieceBytes = 1 << 20;

const view = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>;

/**
 * A reader of ranges of what is in the payload, [from, to) within its size. The first call checks the whole; it throws CamphorError
 * `damaged`, as do all others, where that fails, and what `read` throws.
 */
export function signalPayloadReader(
  { cipher, mac }: SignalBackupKeys,
  payload: SealedPayload,
): (fromByte: number, toByte: number) => Promise<Uint8Array> {
  let checked: Promise<CryptoKey> | null = null;
  const check = async (): Promise<CryptoKey> => {
    const tag = payload.sizeBytes <= wholeLimitBytes ? await tagWhole(mac, payload) : await tagInPieces(mac, payload);
    const said = await payload.read(payload.sizeBytes, payload.sizeBytes + signalMacBytes);
    if (!sameTag(tag.subarray(0, signalMacBytes), said)) throw new CamphorError('damaged');
    return crypto.subtle.importKey('raw', cipher, 'AES-CTR', false, ['decrypt']);
  };
  return async (fromByte, toByte) => {
    const key = await (checked ??= check());
    const from = fromByte - (fromByte % blockBytes);
    const counter = counterAt(payload.iv, from / blockBytes);
    const sealed = view(await payload.read(from, toByte));
    const clear = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CTR', counter, length: 128 }, key, sealed));
    return clear.subarray(fromByte - from);
  };
}

async function tagWhole(mac: Uint8Array<ArrayBuffer>, { iv, sizeBytes, read }: SealedPayload): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', mac, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const bytes = new Uint8Array(iv.length + sizeBytes);
  bytes.set(iv);
  bytes.set(await read(0, sizeBytes), iv.length);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes));
}

async function tagInPieces(mac: Uint8Array, { iv, sizeBytes, read }: SealedPayload): Promise<Uint8Array> {
  const hash = hmac.create(sha256, mac).update(iv);
  for (let at = 0; at < sizeBytes; at += pieceBytes) hash.update(await read(at, Math.min(at + pieceBytes, sizeBytes)));
  return hash.digest();
}

/** The IV as a number of 128 bits, `blocks` later. */
function counterAt(iv: Uint8Array, blocks: number): Uint8Array<ArrayBuffer> {
  const counter = Uint8Array.from(iv);
  let carry = blocks;
  for (let at = counter.length - 1; at >= 0 && carry > 0; at--) {
    const sum = (counter[at] ?? 0) + (carry % 256);
    counter[at] = sum & 0xff;
    carry = Math.floor(carry / 256) + (sum >> 8);
  }
  return counter;
}

// An answer that waits where anyone may read it, sealed for whoever has the vault: ECDH on P-256 with a key of its own, HKDF-SHA-256,
// AES-256-GCM, all by WebCrypto, since what seals it is a page of a few lines (session/consent-return.ts).

import { CamphorError } from '../model/error';
import { fromBase64Url, toBase64Url } from './base64url';

export interface AnswerKey {
  /** Seals. */
  readonly publicKey: string;
  /** Opens. */
  readonly privateKey: string;
}

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;
const pointBytes = 65;
/** The one message under each key: its counter never moves. */
const iv = new Uint8Array(12);
const purpose = new TextEncoder().encode('camphor-consent');

export async function makeAnswerKey(): Promise<AnswerKey> {
  const pair = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
  const [raw, pkcs8] = await Promise.all([
    crypto.subtle.exportKey('raw', pair.publicKey),
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
  ]);
  return { publicKey: toBase64Url(new Uint8Array(raw)), privateKey: toBase64Url(new Uint8Array(pkcs8)) };
}

/** The text. Throws `tampered` where it was not sealed for this key, or was changed. */
export async function openAnswer(sealed: string, privateKey: string): Promise<string> {
  const [bytes, pkcs8] = [fromBase64Url(sealed), fromBase64Url(privateKey)];
  try {
    if (bytes === null || pkcs8 === null) throw new RangeError('not base64url');
    const point = bytes.slice(0, pointBytes);
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, curve, false, ['deriveBits']);
    const other = await crypto.subtle.importKey('raw', point, curve, false, []);
    const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, key, 256);
    const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
    const derivation = { name: 'HKDF', hash: 'SHA-256', salt: point, info: purpose };
    const cipher = await crypto.subtle.deriveKey(derivation, secret, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, cipher, bytes.subarray(pointBytes)));
  } catch (cause) {
    throw new CamphorError('tampered', { what: 'answer' }, cause);
  }
}

// Files sealed by OpenSSL, through Node, as Signal seals them.

import { createCipheriv, createHmac } from 'node:crypto';

export function sealCbcHmac(plain: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-cbc', key.subarray(0, 32), iv);
  const body = Buffer.concat([iv, cipher.update(plain), cipher.final()]);
  return Uint8Array.from(Buffer.concat([body, createHmac('sha256', key.subarray(32)).update(body).digest()]));
}

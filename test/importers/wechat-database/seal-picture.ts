// Seals an invented picture as WeChat 4 does, by Node's own AES.

import { createCipheriv } from 'node:crypto';

export interface PictureSeal {
  /** 16 characters. */
  readonly key: string;
  readonly xorByte?: number;
  readonly version?: 1 | 2 | 3;
  /** At most so much of the beginning is encrypted. */
  readonly aesBytes?: number;
  readonly xorBytes?: number;
}

export function sealPicture(
  picture: Uint8Array,
  { key, xorByte = 0x37, version = 2, aesBytes = 1024, xorBytes = 256 }: PictureSeal,
): Uint8Array {
  const aes = Math.min(aesBytes, picture.length);
  const xor = Math.min(xorBytes, picture.length - aes);
  const head = Buffer.from([0x07, 0x08, 0x56, 0x30 + version, 0x08, 0x07, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  head.writeUInt32LE(aes, 6);
  head.writeUInt32LE(xor, 10);
  const cipher = createCipheriv('aes-128-ecb', key, null);
  const end = picture.length - xor;
  const sealed = Buffer.concat([
    head,
    cipher.update(picture.subarray(0, aes)),
    cipher.final(),
    picture.subarray(aes, end),
    picture.subarray(end).map((byte) => byte ^ xorByte),
  ]);
  return new Uint8Array(sealed);
}

/** Begins and ends as a JPEG does; between them each byte is told by its place. */
export function inventJpeg(sizeBytes: number): Uint8Array {
  const bytes = Uint8Array.from({ length: sizeBytes }, (_, at) => (at * 7 + (at >> 8)) & 0xff);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  bytes.set([0xff, 0xd9], sizeBytes - 2);
  return bytes;
}

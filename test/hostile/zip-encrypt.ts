// Encrypted entries for ZIPs made by hand: WinZip's AES by Node, and the old cipher.

import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { extraField, joinAll, littleEndian, type ZipPart } from './zip-builder';

export interface AesForm {
  readonly strength?: 1 | 2 | 3;
  readonly version?: 1 | 2;
  readonly isDeflated?: boolean;
}

/** Counter mode with a little-endian counter from 1, block by block. */
function encryptCounter(key: Uint8Array, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
  const counters = Buffer.alloc(Math.ceil(plain.length / 16) * 16);
  for (let block = 0; block * 16 < plain.length; block++) counters.writeUInt32LE(block + 1, block * 16);
  const mask = cipher.update(counters);
  return plain.map((byte, at) => byte ^ mask[at]!);
}

export function aesPart(name: string, content: Uint8Array, password: string, form: AesForm = {}): ZipPart {
  const { strength = 3, version = 2, isDeflated = true } = form;
  const keyBytes = 8 + strength * 8;
  const salt = Uint8Array.from({ length: 4 + strength * 4 }, (_, at) => at * 11 + name.length);
  const keys = pbkdf2Sync(password, salt, 1000, keyBytes * 2 + 2, 'sha1');
  const sealed = encryptCounter(keys.subarray(0, keyBytes), isDeflated ? new Uint8Array(deflateRawSync(content)) : content);
  const mac = createHmac('sha1', keys.subarray(keyBytes, keyBytes * 2))
    .update(sealed)
    .digest()
    .subarray(0, 10);
  const fields = { method: 99, crc32: version === 2 ? 0 : crc32(content) };
  return {
    name,
    content,
    data: joinAll(salt, keys.subarray(keyBytes * 2), sealed, mac),
    flags: 0x801,
    extra: extraField(
      0x9901,
      joinAll(littleEndian([version, 2]), new TextEncoder().encode('AE'), Uint8Array.of(strength, isDeflated ? 8 : 0, 0)),
    ),
    local: fields,
    central: fields,
  };
}

/** The old cipher, written from its description a second time. */
export function oldCipherPart(name: string, content: Uint8Array, password: string, isDeflated = true): ZipPart {
  const keys = [0x12345678, 0x23456789, 0x34567890];
  const step = (crc: number, byte: number): number => ~crc32(Uint8Array.of(byte), ~crc >>> 0) >>> 0;
  const take = (byte: number): void => {
    keys[0] = step(keys[0]!, byte);
    keys[1] = Number((BigInt((keys[1]! + (keys[0] & 255)) % 2 ** 32) * 134_775_813n + 1n) & 0xffff_ffffn);
    keys[2] = step(keys[2]!, keys[1] >>> 24);
  };
  for (const byte of new TextEncoder().encode(password)) take(byte);
  const encrypt = (byte: number): number => {
    const mask = (keys[2]! | 2) & 0xffff;
    const sealed = byte ^ (((mask * (mask ^ 1)) >>> 8) & 255);
    take(byte);
    return sealed;
  };
  const head = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, crc32(content) >>> 24);
  const plain = joinAll(head, isDeflated ? new Uint8Array(deflateRawSync(content)) : content);
  return { name, content, data: plain.map(encrypt), flags: 0x801, isDeflated };
}

// Encrypted backups of WhatsApp, made by Node: whatever they hold, with keys of our own.

import { createCipheriv, createHash, hkdfSync } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { joinAll } from '../../hostile/zip-builder';

const javaHead = Buffer.from('aced0005757200025b42acf317f8060854e00200007870', 'hex');

/** Bytes as Java writes an array of them. */
export function javaArray(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return joinAll(javaHead, length, content) as Uint8Array<ArrayBuffer>;
}

export const rootKey = Uint8Array.from({ length: 32 }, (_, at) => at * 7 + 1);
export const rootKeyHex = Buffer.from(rootKey).toString('hex');
export const rootKeyFile = javaArray(rootKey);

const iv = Uint8Array.from({ length: 16 }, (_, at) => 200 - at);
const [serverSalt, googleSalt] = [new Uint8Array(32).fill(3), new Uint8Array(16).fill(5)];
const aesKey = Uint8Array.from({ length: 32 }, (_, at) => at * 5 + 2);
const keyId = joinAll(Uint8Array.of(0, 1, 2), serverSalt, googleSalt);
const saltHash = new Uint8Array(createHash('sha256').update(googleSalt).digest());

/** The file `key` of crypt12 and crypt14. */
export const keyFile = javaArray(joinAll(keyId, saltHash, new Uint8Array(16), aesKey));

export interface BackupParts {
  readonly form: 'crypt12' | 'crypt14' | 'crypt15';
  readonly content: Uint8Array;
  /** Without MD5, as small backups are. */
  readonly withoutMd5?: boolean;
  readonly isDeflated?: boolean;
  readonly level?: number;
}

/** A backup; under `rootKey`, or under the key of `keyFile`. */
export function makeBackup({ form, content, withoutMd5 = false, isDeflated = true, level = 1 }: BackupParts): Uint8Array<ArrayBuffer> {
  const key = form === 'crypt15' ? new Uint8Array(hkdfSync('sha256', rootKey, '', 'backup encryption', 32)) : aesKey;
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const plain = isDeflated ? deflateSync(content, { level }) : content;
  const sealed = joinAll(headerOf(form), cipher.update(plain), cipher.final(), cipher.getAuthTag());
  const md5 = new Uint8Array(createHash('md5').update(sealed).digest());
  const ended = withoutMd5 ? sealed : joinAll(sealed, md5);
  return (form === 'crypt12' ? joinAll(ended, new TextEncoder().encode('--42')) : ended) as Uint8Array<ArrayBuffer>;
}

function headerOf(form: BackupParts['form']): Uint8Array {
  if (form === 'crypt12') return joinAll(keyId, iv);
  // Flags behind it, as a phone writes them, make the length two bytes long.
  const info = field(4, joinAll(field(1, new TextEncoder().encode('2.23.1.1')), ...Array.from({ length: 50 }, (_, at) => flag(at + 5))));
  const cipher =
    form === 'crypt15'
      ? field(3, field(1, iv))
      : field(
          2,
          joinAll(
            field(1, Uint8Array.of(0, 1)),
            field(2, new TextEncoder().encode('2')),
            field(3, serverSalt),
            field(4, googleSalt),
            field(5, iv),
          ),
        );
  const message = joinAll(Uint8Array.of(8, form === 'crypt15' ? 1 : 0), cipher, info);
  return joinAll(varint(message.length), message);
}

const field = (number: number, content: Uint8Array): Uint8Array => joinAll(varint((number << 3) | 2), varint(content.length), content);
const flag = (number: number): Uint8Array => joinAll(varint(number << 3), Uint8Array.of(1));
const varint = (value: number): Uint8Array => (value < 128 ? Uint8Array.of(value) : Uint8Array.of((value & 127) | 128, value >> 7));

// The header: which vault this is, in which format, and how its key is wrapped. It lies in the clear, with a checksum
// against accidents and a seal under the vault key against alteration; the parameters of a wrap are also bound to it.

import { fromBase64Url, toBase64Url } from '../crypto/base64url';
import { deriveSealingKey, nonceSizeBytes, seal, unseal } from '../crypto/aead';
import { hashBytes } from '../crypto/hashes';
import type { RandomBytes } from '../crypto/random';
import { CamphorError } from '../model/error';
import type { HeaderRow } from './database';
import { jsonValue, utf8Bytes } from './utf8';

/** This app writes format 1 and reads every format that says it is readable by 1. */
export const vaultFormatVersion = 1;

/** Bytes sealed under a wrapping key; both base64url. */
export interface SealedKey {
  readonly nonce: string;
  readonly sealed: string;
}

export interface DeviceWrap extends SealedKey {
  readonly kind: 'device';
}

export interface PassphraseWrap extends SealedKey {
  readonly kind: 'passphrase';
  readonly memoryKiB: number;
  readonly passes: number;
  readonly salt: string;
}

/** A key from before a passphrase was set, under the current vault key, kept until its media are sealed again. */
export interface OldKey extends SealedKey {
  readonly epoch: number;
}

export interface Header {
  readonly formatVersion: number;
  /** The oldest format version whose apps may read this vault (without writing). */
  readonly readableBy: number;
  readonly vaultId: string;
  readonly epoch: number;
  readonly wrap: DeviceWrap | PassphraseWrap;
  readonly oldKeys: readonly OldKey[];
}

const checksumOf = (text: string): Promise<string> => hashBytes(utf8Bytes(text));

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = fromBase64Url(text);
  if (bytes === null) throw new CamphorError('damaged');
  return bytes;
};

const sealContext = (text: string): string => `camphor vault header\n${text}`;

/** The seal is `<name>.<tag>`: a tag over the text, under a key derived from the vault key for this random name only. */
export async function sealHeader(header: Header, key: CryptoKey, random: RandomBytes): Promise<HeaderRow> {
  const text = JSON.stringify(header);
  const name = toBase64Url(random(16));
  const sealing = await deriveSealingKey(key, utf8Bytes(header.vaultId), `camphor vault header\n${name}`);
  const tag = await seal(sealing, new Uint8Array(nonceSizeBytes), sealContext(text), new Uint8Array());
  return { text, checksum: await checksumOf(text), seal: `${name}.${toBase64Url(tag)}` };
}

/** Throws CamphorError `tampered` when the header was not sealed under this key. */
export async function proveHeader(row: HeaderRow, header: Header, key: CryptoKey): Promise<void> {
  const [name = '', tag = ''] = row.seal.split('.');
  const sealing = await deriveSealingKey(key, utf8Bytes(header.vaultId), `camphor vault header\n${name}`);
  await unseal(sealing, new Uint8Array(nonceSizeBytes), sealContext(row.text), fromBase64Url(tag) ?? new Uint8Array());
}

function isWellFormed(header: Partial<Header> | null): header is Header {
  const wrap = header?.wrap;
  const known = wrap?.kind === 'device' || (wrap?.kind === 'passphrase' && typeof wrap.salt === 'string');
  return known && typeof header?.vaultId === 'string' && Number.isInteger(header.epoch) && Array.isArray(header.oldKeys);
}

/** Throws CamphorError `damaged` for a header that was not written whole, `newer-vault` for one this app must not read. */
export async function readHeader(row: HeaderRow): Promise<Header> {
  if (typeof row.text !== 'string' || (await checksumOf(row.text)) !== row.checksum) throw new CamphorError('damaged');
  const header = jsonValue(utf8Bytes(row.text)) as Partial<Header> | null;
  const isNewer = (header?.formatVersion ?? 0) > vaultFormatVersion;
  const isReadable = (header?.readableBy ?? Number.POSITIVE_INFINITY) <= vaultFormatVersion;
  if (isWellFormed(header) && (isReadable || !isNewer)) return header;
  throw new CamphorError(isNewer ? 'newer-vault' : 'damaged');
}

/** Written by a newer version that says this one may read it. */
export function isReadOnly({ formatVersion }: Header): boolean {
  return formatVersion > vaultFormatVersion;
}

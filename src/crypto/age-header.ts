// Headers of age files (C2SP, age.md, "Header"): text that holds the file key, wrapped for a passphrase or for recipients.

import { CamphorError } from '../model/error';
import { checkScryptCeiling } from './scrypt';

/** Bytes of a file by their place, all of them inside the size. */
export interface RandomAccess {
  readonly sizeBytes: number;
  /** Bytes [fromByte, toByte). */
  read(fromByte: number, toByte: number): Promise<Uint8Array>;
}

/** What opens a file: a passphrase, `AGE-SECRET-KEY-…` texts, or the file key itself by whoever made the file. */
export type AgeKey =
  | { readonly kind: 'passphrase'; readonly text: string }
  | { readonly kind: 'identities'; readonly texts: readonly string[] }
  | { readonly kind: 'file-key'; readonly bytes: Uint8Array };

interface Stanza {
  readonly args: readonly string[];
}

/** Each recipient costs a multiplication to try; this many bytes hold about a thousand. */
const headerLimitBytes = 128 * 1024;
const firstReadBytes = 4096;
const macLine = new TextEncoder().encode('\n--- ');
const lineFeed = 10;

function indexOfBytes(bytes: Uint8Array, wanted: Uint8Array): number {
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) {
    if (wanted.every((byte, offset) => bytes[at + offset] === byte)) return at;
  }
  return -1;
}

function endOfHeader(bytes: Uint8Array): number {
  const mac = indexOfBytes(bytes, macLine);
  return mac < 0 ? 0 : bytes.indexOf(lineFeed, mac + 1) + 1;
}

/**
 * The header with its MAC line. Throws CamphorError `unsupported-version` for another version than 1, `damaged` where there is
 * no end to it, `archive-limit` where it is too long.
 */
export async function readHeader(file: RandomAccess): Promise<Uint8Array> {
  const limitBytes = Math.min(headerLimitBytes, file.sizeBytes);
  let bytes = await file.read(0, Math.min(firstReadBytes, limitBytes));
  const version = /^age-encryption\.org\/v(\d{1,9})\n/.exec(new TextDecoder().decode(bytes.subarray(0, 64)))?.[1];
  if (version !== undefined && version !== '1') throw new CamphorError('unsupported-version', { found: Number(version), known: 1 });
  if (endOfHeader(bytes) === 0) bytes = await file.read(0, limitBytes);
  const end = endOfHeader(bytes);
  if (end > 0) return bytes.subarray(0, end);
  const isTooLong = version !== undefined && file.sizeBytes > headerLimitBytes;
  throw isTooLong
    ? new CamphorError('archive-limit', { limit: 'headerBytes', found: file.sizeBytes, allowed: headerLimitBytes })
    : new CamphorError('damaged');
}

/** The stanzas, without opening any. Throws CamphorError `damaged`. */
async function readStanzas(header: Uint8Array): Promise<readonly Stanza[]> {
  const { Decrypter } = await import('age-encryption');
  const seen: { stanzas: readonly Stanza[] | null } = { stanzas: null };
  const decrypter = new Decrypter();
  decrypter.addIdentity({
    unwrapFileKey(stanzas) {
      seen.stanzas = stanzas;
      return null;
    },
  });
  // It always throws: nobody has a key here. Whether the stanzas came by tells why.
  await decrypter.decryptHeader(header).catch(() => undefined);
  if (seen.stanzas === null) throw new CamphorError('damaged');
  return seen.stanzas;
}

/** Throws CamphorError `damaged`, or `secret-costs-too-much` before any work. A passphrase stands alone, or would not be one (age.md). */
function checkPassphraseStanza(stanzas: readonly Stanza[]): void {
  const own = stanzas.find(({ args }) => args[0] === 'scrypt');
  if (own === undefined) return;
  const [, , logN = ''] = own.args;
  if (stanzas.length !== 1 || own.args.length !== 3 || !/^[1-9]\d*$/.test(logN)) throw new CamphorError('damaged');
  checkScryptCeiling({ N: 2 ** Math.min(Number(logN), 40), r: 8, p: 1 });
}

/** What opens it: a passphrase or an identity. Throws CamphorError `damaged`. */
export async function whatOpens(header: Uint8Array): Promise<'passphrase' | 'identity'> {
  return (await readStanzas(header)).some(({ args }) => args[0] === 'scrypt') ? 'passphrase' : 'identity';
}

/** The file key. Throws CamphorError `wrong-secret`, `damaged` or `secret-costs-too-much`. */
export async function openHeader(header: Uint8Array, key: AgeKey): Promise<Uint8Array> {
  checkPassphraseStanza(await readStanzas(header));
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  const seen = { isLast: false };
  try {
    if (key.kind === 'passphrase') decrypter.addPassphrase(key.text);
    else if (key.kind === 'file-key') decrypter.addIdentity({ unwrapFileKey: () => key.bytes });
    else for (const text of key.texts) decrypter.addIdentity(text);
  } catch {
    throw new CamphorError('wrong-secret');
  }
  // Asked only when none of the above had the key.
  decrypter.addIdentity({
    unwrapFileKey() {
      seen.isLast = true;
      return null;
    },
  });
  try {
    return await decrypter.decryptHeader(header);
  } catch (cause) {
    throw new CamphorError(seen.isLast ? 'wrong-secret' : 'damaged', {}, cause);
  }
}

// age files: sealed for a passphrase or for recipients as a stream, and opened at any place. Any program that knows
// age-encryption.org/v1 opens what is sealed here, and the other way round.

import { CamphorError } from '../model/error';
import { type AgeKey, openHeader, type RandomAccess, readHeader, whatOpens } from './age-header';
import { ageHeadBytes, isArmored } from './age-magic';
import { openPayload, sizeOfAge } from './age-payload';

export type { AgeKey, RandomAccess } from './age-header';

/** For whom a file is sealed. A passphrase costs 2^logN steps of scrypt (r 8, p 1) and 2^(logN − 10) MiB to try. */
export type AgeLock =
  | { readonly kind: 'passphrase'; readonly text: string; readonly logN: number }
  | { readonly kind: 'recipients'; readonly recipients: readonly string[] };

export interface SealedAge {
  readonly stream: ReadableStream<Uint8Array>;
  /** Opens what was sealed, for reading it back: the passphrase anew, or the file key where only a recipient is known. */
  readonly key: AgeKey;
  /** Bytes of the whole file for so many of content. */
  sizeOf(plainBytes: number): number;
}

/** Armor is made to be pasted; it is held whole. */
const armorLimitBytes = 64 * 1024 * 1024;
/** X25519 (C2SP, age.md): Bech32 of 32 bytes. What Debian's age of 2022 knows. */
const recipientForm = /^age1[ac-hj-np-z02-9]{58}$/;
/** Bech32 in capitals, of 32 bytes; those of hybrid keys are longer. */
const identityForm = /AGE-SECRET-KEY-(?:1[AC-HJ-NP-Z02-9]{58}|PQ-1[AC-HJ-NP-Z02-9]{58,})/g;

/** What age itself asks for; less where 256 MiB are too much for the device. By `navigator.deviceMemory` in GiB. */
export function ageWorkFactor(deviceMemoryGiB: number | null): number {
  return deviceMemoryGiB !== null && deviceMemoryGiB < 2 ? 16 : 18;
}

/** A new X25519 identity and the recipient that belongs to it. */
export async function generateAgeIdentity(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** Letters as keyboards write them: the same passphrase in another Unicode form would not open it. */
const passphraseForm = (text: string): string => text.normalize('NFC');

/** What an owner types or pastes: an identity file, also without its line breaks, or else a passphrase. */
export function readAgeKey(text: string): AgeKey {
  const texts = (text.match(identityForm) ?? []).slice(0, 100);
  return texts.length > 0 ? { kind: 'identities', texts } : { kind: 'passphrase', text };
}

/** Seals a stream as it comes. Throws CamphorError `recipient-invalid`. */
export async function sealAge(plain: ReadableStream<Uint8Array>, lock: AgeLock): Promise<SealedAge> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  const made: { fileKey: Uint8Array | null } = { fileKey: null };
  if (lock.kind === 'passphrase') {
    encrypter.setPassphrase(passphraseForm(lock.text));
    encrypter.setScryptWorkFactor(lock.logN);
  } else {
    if (lock.recipients.length === 0) throw new CamphorError('recipient-invalid');
    for (const recipient of lock.recipients) addRecipient(encrypter, recipient);
    // Sees the file key and adds no stanza.
    encrypter.addRecipient({
      wrapFileKey(fileKey) {
        made.fileKey = fileKey.slice();
        return [];
      },
    });
  }
  const stream = await encrypter.encrypt(plain);
  const headerBytes = stream.size(0) - sizeOfAge(0, 0);
  const key: AgeKey =
    made.fileKey === null
      ? { kind: 'passphrase', text: lock.kind === 'passphrase' ? lock.text : '' }
      : { kind: 'file-key', bytes: made.fileKey };
  return { stream, key, sizeOf: (plainBytes) => sizeOfAge(headerBytes, plainBytes) };
}

function addRecipient(encrypter: { addRecipient(text: string): void }, recipient: string): void {
  try {
    if (!recipientForm.test(recipient)) throw new RangeError('not an X25519 recipient');
    encrypter.addRecipient(recipient);
  } catch (cause) {
    throw new CamphorError('recipient-invalid', {}, cause);
  }
}

/** The file without armor. Throws CamphorError `damaged`, or `archive-limit` for more armor than is ever pasted. */
async function withoutArmor(file: RandomAccess): Promise<RandomAccess> {
  if (!isArmored(await file.read(0, Math.min(ageHeadBytes, file.sizeBytes)))) return file;
  if (file.sizeBytes > armorLimitBytes)
    throw new CamphorError('archive-limit', { limit: 'armorBytes', found: file.sizeBytes, allowed: armorLimitBytes });
  const { armor } = await import('age-encryption');
  try {
    const bytes = armor.decode(new TextDecoder().decode(await file.read(0, file.sizeBytes)));
    return { sizeBytes: bytes.length, read: async (fromByte, toByte) => bytes.subarray(fromByte, toByte) };
  } catch (cause) {
    throw new CamphorError('damaged', {}, cause);
  }
}

/** Whether a passphrase or an identity opens it. Throws CamphorError `damaged`, `unsupported-version`, `archive-limit`. */
export async function whatOpensAge(file: RandomAccess): Promise<'passphrase' | 'identity'> {
  return whatOpens(await readHeader(await withoutArmor(file)));
}

/**
 * The content by its place, never a decrypted copy of it; pieces are authenticated as they are read, the last one here. Throws
 * CamphorError `wrong-secret`, `damaged`, `unsupported-version`, `archive-limit`, `secret-costs-too-much` (before any work);
 * reading throws `damaged`.
 */
export async function openAge(file: RandomAccess, key: AgeKey): Promise<RandomAccess> {
  const binary = await withoutArmor(file);
  const header = await readHeader(binary);
  return openPayload(binary, header.length, await openWithForms(header, key));
}

/** A passphrase as it was typed, and then in the form in which this app writes it. */
async function openWithForms(header: Uint8Array, key: AgeKey): Promise<Uint8Array> {
  try {
    return await openHeader(header, key);
  } catch (error) {
    const isOther = key.kind === 'passphrase' && passphraseForm(key.text) !== key.text;
    if (!isOther || !(error instanceof CamphorError) || error.code !== 'wrong-secret') throw error;
    return openHeader(header, { kind: 'passphrase', text: passphraseForm(key.text) });
  }
}

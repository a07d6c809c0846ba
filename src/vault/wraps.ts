// Wrapping the vault key: for this device, under a passphrase, and an old key under a new one. Key bytes exist in memory
// only inside these functions and their callers in keys.ts, and are overwritten after use.

import { deriveSealingKey, importSealingKey, keySizeBytes, nonceSizeBytes, seal, unseal } from '../crypto/aead';
import { toBase64Url } from '../crypto/base64url';
import { type Argon2Cost, argon2Default, argon2Floor, derivePassphraseKey, saltSizeBytes } from '../crypto/passphrase';
import type { RandomBytes } from '../crypto/random';
import { CamphorError } from '../model/error';
import { bytesOf, type DeviceWrap, type OldKey, type PassphraseWrap, type SealedKey } from './header';
import { utf8Bytes } from './utf8';

/** Which key is wrapped: part of what a wrap authenticates. */
export interface KeyName {
  readonly vaultId: string;
  readonly epoch: number;
}

export type Share = (done: number) => void;

const contextOf = (name: KeyName, ...facts: readonly (string | number)[]): string =>
  ['camphor vault key', name.vaultId, name.epoch, ...facts].join('\n');

async function wrap(key: CryptoKey, context: string, keyBytes: Uint8Array, random: RandomBytes): Promise<SealedKey> {
  const nonce = random(nonceSizeBytes);
  const sealed = await seal(key, nonce, context, keyBytes);
  return { nonce: toBase64Url(nonce), sealed: toBase64Url(sealed) };
}

async function unwrap(key: CryptoKey, context: string, wrapped: SealedKey): Promise<Uint8Array> {
  const keyBytes = await unseal(key, bytesOf(wrapped.nonce), context, bytesOf(wrapped.sealed));
  if (keyBytes.length !== keySizeBytes) throw new CamphorError('tampered');
  return keyBytes;
}

/** A new device key, not extractable, and the vault key under it. */
export async function wrapForDevice(name: KeyName, keyBytes: Uint8Array, random: RandomBytes): Promise<[DeviceWrap, CryptoKey]> {
  const deviceBytes = random(keySizeBytes);
  const deviceKey = await importSealingKey(deviceBytes);
  deviceBytes.fill(0);
  return [{ kind: 'device', ...(await wrap(deviceKey, contextOf(name, 'device'), keyBytes, random)) }, deviceKey];
}

/** Throws CamphorError `tampered`. */
export function unwrapForDevice(name: KeyName, wrapped: DeviceWrap, deviceKey: CryptoKey): Promise<Uint8Array> {
  return unwrap(deviceKey, contextOf(name, 'device'), wrapped);
}

const passphraseContext = (name: KeyName, cost: Argon2Cost, salt: string): string =>
  contextOf(name, 'passphrase', 'argon2id', cost.memoryKiB, cost.passes, salt);

async function wrapAtCost(name: KeyName, keyBytes: Uint8Array, passphrase: string, cost: Argon2Cost, random: RandomBytes, share?: Share) {
  const salt = random(saltSizeBytes);
  const key = await derivePassphraseKey(passphrase, { ...cost, salt }, share);
  const saltB64 = toBase64Url(salt);
  const sealed = await wrap(key, passphraseContext(name, cost, saltB64), keyBytes, random);
  return { kind: 'passphrase', memoryKiB: cost.memoryKiB, passes: cost.passes, salt: saltB64, ...sealed } as const;
}

/** At the usual cost, or at the floor where the memory cannot be had. */
export async function wrapUnderPassphrase(
  name: KeyName,
  keyBytes: Uint8Array,
  passphrase: string,
  random: RandomBytes,
  options: { readonly cost?: Argon2Cost | undefined; readonly share?: Share | undefined },
): Promise<PassphraseWrap> {
  try {
    return await wrapAtCost(name, keyBytes, passphrase, options.cost ?? argon2Default, random, options.share);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return wrapAtCost(name, keyBytes, passphrase, argon2Floor, random, options.share);
  }
}

/** Throws CamphorError `wrong-secret`; `tampered` for parameters out of bounds, before any work. */
export async function unwrapUnderPassphrase(
  name: KeyName,
  wrapped: PassphraseWrap,
  passphrase: string,
  share?: Share,
): Promise<Uint8Array> {
  const { memoryKiB, passes, salt } = wrapped;
  const key = await derivePassphraseKey(passphrase, { memoryKiB, passes, salt: bytesOf(salt) }, share);
  try {
    return await unwrap(key, passphraseContext(name, { memoryKiB, passes }, salt), wrapped);
  } catch (cause) {
    throw new CamphorError('wrong-secret', {}, cause);
  }
}

const oldKeyWrapper = (name: KeyName, vaultKey: CryptoKey): Promise<CryptoKey> =>
  deriveSealingKey(vaultKey, utf8Bytes(name.vaultId), 'camphor vault old keys');

/** Random nonces: one wrapper seals a handful of keys at most. */
export async function wrapOldKey(name: KeyName, keyBytes: Uint8Array, vaultKey: CryptoKey, random: RandomBytes): Promise<OldKey> {
  const wrapper = await oldKeyWrapper(name, vaultKey);
  return { epoch: name.epoch, ...(await wrap(wrapper, contextOf(name, 'old'), keyBytes, random)) };
}

/** Throws CamphorError `tampered`. */
export async function unwrapOldKey(name: KeyName, wrapped: OldKey, vaultKey: CryptoKey): Promise<Uint8Array> {
  return unwrap(await oldKeyWrapper(name, vaultKey), contextOf(name, 'old'), wrapped);
}

// Making and opening the vault key. docs/vault.md says which factor wraps what, and when.

import { importBaseKey, keySizeBytes } from '../crypto/aead';
import { toBase64Url } from '../crypto/base64url';
import { CamphorError } from '../model/error';
import { emptyCatalogue } from './catalogue';
import type { VaultContext } from './context';
import { type HeaderRow, type RootPointer, rootKey, stored } from './database';
import { type Header, proveHeader, readHeader, sealHeader, vaultFormatVersion } from './header';
import { createKeyring } from './keyring';
import { sealRoot } from './root';
import { type Share, unwrapForDevice, unwrapOldKey, unwrapUnderPassphrase, wrapForDevice } from './wraps';

export interface LoadedHeader {
  readonly row: HeaderRow;
  readonly header: Header;
}

/** Null where there is no vault. Throws CamphorError `damaged`, `newer-vault`. */
export async function loadHeader({ database }: VaultContext): Promise<LoadedHeader | null> {
  const row = await stored(() => database.header.get('header'));
  if (row === undefined) return null;
  if (row === true || !('text' in row)) throw new CamphorError('damaged');
  return { row, header: await readHeader(row) };
}

/** Proves the header, opens old keys, and puts all into the keyring. Throws CamphorError `tampered`. */
export async function fillKeyring({ keyring }: VaultContext, { row, header }: LoadedHeader, key: CryptoKey): Promise<void> {
  await proveHeader(row, header, key);
  const keys = new Map([[header.epoch, key]]);
  for (const oldKey of header.oldKeys) {
    const keyBytes = await unwrapOldKey({ vaultId: header.vaultId, epoch: oldKey.epoch }, oldKey, key);
    keys.set(oldKey.epoch, await importBaseKey(keyBytes));
    keyBytes.fill(0);
  }
  keyring.fill(header.vaultId, header.epoch, keys);
}

/**
 * Proof of the factor in use: the vault key's bytes, which the caller must overwrite. Throws CamphorError `wrong-secret`;
 * `vault-damaged` where this device's key is gone.
 */
export async function proveFactor({ database }: VaultContext, header: Header, secret: string | null, share?: Share): Promise<Uint8Array> {
  const { wrap } = header;
  if (wrap.kind === 'passphrase') {
    if (secret === null) throw new CamphorError('wrong-secret');
    return unwrapUnderPassphrase(header, wrap, secret, share);
  }
  const deviceKey = await stored(() => database.header.get('device-key'));
  if (!(deviceKey instanceof CryptoKey)) throw new CamphorError('vault-damaged');
  return unwrapForDevice(header, wrap, deviceKey);
}

/** Opens the vault's keys with the passphrase, or with the device's key where the secret is null. */
export async function openKeys(context: VaultContext, loaded: LoadedHeader, secret: string | null, share?: Share): Promise<void> {
  const keyBytes = await proveFactor(context, loaded.header, secret, share);
  const key = await importBaseKey(keyBytes).finally(() => keyBytes.fill(0));
  await fillKeyring(context, loaded, key);
}

/** A new, empty vault with a device key, in one transaction; when another tab was faster, theirs stays. */
export async function createVault(context: VaultContext): Promise<void> {
  const { database, random } = context;
  const name = { vaultId: toBase64Url(random(16)), epoch: 0 };
  const keyBytes = random(keySizeBytes);
  const key = await importBaseKey(keyBytes);
  const [wrap, deviceKey] = await wrapForDevice(name, keyBytes, random);
  keyBytes.fill(0);
  const header: Header = { formatVersion: vaultFormatVersion, readableBy: vaultFormatVersion, ...name, wrap, oldKeys: [] };
  const row = await sealHeader(header, key, random);
  const keyring = createKeyring();
  keyring.fill(name.vaultId, name.epoch, new Map([[name.epoch, key]]));
  const root = await sealRoot({ ...context, keyring }, 0, emptyCatalogue);
  const pointer: RootPointer = { number: 0, previous: null };
  const write = async () => {
    if ((await database.header.get('header')) !== undefined) return;
    await database.header.bulkPut([row, deviceKey], ['header', 'device-key']);
    await database.roots.bulkPut([root, pointer], [rootKey(0), 'archive']);
  };
  await stored(() => database.transaction('rw', database.header, database.roots, write));
}

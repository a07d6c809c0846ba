import { expect, test } from 'vitest';
import { toHex } from '../../src/crypto/hashes';
import { deriveBackupKey, deriveLocalKeys, openBackupId } from '../../src/crypto/signal-local-backup';
import { hkdf } from './signal-local-writer';

// Published vectors of libsignal (rust/account-keys, rust/message-backup).
const recoveryKey = 'dtjs858asj6tv0jzsqrsmj0ubp335pisj98e9ssnss8myoc08drhtcktyawvx45l';
const backupKey = 'ea26a2ddb5dba5ef9e34e1b8dea1f5ae7f255306a6d2d883e542306eaa9fe985';
const backupId = '8a624fbc45379043f39f1391cddc5fe8';
const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

test('keys of libsignal’s vectors, however the recovery key is written', () => {
  expect(toHex(deriveBackupKey(recoveryKey))).toBe(backupKey);
  expect(toHex(deriveBackupKey(recoveryKey.replaceAll('o', '#').replaceAll('0', '=')))).toBe(backupKey);
  const account = Buffer.concat([Buffer.from('20241024_SIGNAL_BACKUP_ID:'), fromHex('659aa5f4a28dfcc11ea1b997537a3d95')]);
  expect(hkdf(fromHex(backupKey), account, 16).toString('hex')).toBe(backupId);
  const { mac, cipher } = deriveLocalKeys(fromHex(backupKey), fromHex(backupId));
  expect(toHex(mac)).toBe('f425e22a607c529717e1e1b29f9fe139f9d1c7e7d01e371c7753c544a3026649');
  expect(toHex(cipher)).toBe('e143f4ad5668d8bfed2f88562f0693f53bda2c0e55c9d71730f30e24695fd6df');
});

test('an IV of 12 bytes is one of 16 with four zeros', () => {
  const sealed = fromHex(backupId);
  const short = openBackupId(fromHex(backupKey), { iv: new Uint8Array(12).fill(7), sealed });
  const long = openBackupId(fromHex(backupKey), { iv: Uint8Array.from([...new Array<number>(12).fill(7), 0, 0, 0, 0]), sealed });
  expect(short).toEqual(long);
});

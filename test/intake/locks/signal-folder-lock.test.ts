// Signal's local backups of today as a lock: what opens them, and that a single bit refuses the whole, since one MAC covers it.

import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sourceOfBytes } from '../../../src/bytes/memory-source';
import { deriveBackupKey, deriveLocalKeys } from '../../../src/crypto/signal-local-backup';
import type { LockedSource } from '../../../src/intake/locks/lock';
import { signalFolderLock } from '../../../src/intake/locks/signal-folder-lock';
import { openMainWithKeys } from '../../../src/intake/locks/signal-main';
import { hkdf, writeMain, writeMetadata } from '../../crypto/signal-local-writer';
import { hasSharedSamples, sharedSamplePath } from '../../importers/samples';

const recoveryKey = 'abcdefgh12345678'.repeat(4);
const secrets = { recoveryKey, backupId: new Uint8Array(16).fill(6), iv: new Uint8Array(16).fill(8) };
const content = new TextEncoder().encode('frames, invented, and repeated. '.repeat(40));
const main = writeMain(content, secrets);
const metadata = writeMetadata(secrets, new Uint8Array(12).fill(5));
const folder = 'SignalBackups/signal-backup-2026-01-01-10-00-00';

function fileOf(bytes: Uint8Array, beside: Uint8Array | null = metadata): LockedSource {
  return {
    path: `${folder}/main`,
    source: sourceOfBytes(bytes),
    beside: (path) => (beside !== null && path === `${folder}/metadata` ? sourceOfBytes(beside) : null),
    sizeOf: () => null,
    paths: [`${folder}/main`, `${folder}/metadata`],
  };
}

async function open(file: LockedSource, secret = recoveryKey): Promise<Uint8Array> {
  const opened = await signalFolderLock.open(file, secret, () => {});
  if (opened.kind !== 'file') throw new Error('no file');
  expect(opened.path).toBe(file.path);
  return opened.source.read(0, opened.source.sizeBytes);
}

describe('a local backup of Signal', () => {
  test('opens with its recovery key, in groups and capitals, by metadata of phones and of computers', async () => {
    expect(signalFolderLock.recognises(main.subarray(0, 1024), { path: `${folder}/main`, sizeBytes: main.length })).toBe(true);
    expect(await signalFolderLock.examine(fileOf(main))).toBe('signal-recovery-key');
    expect(await open(fileOf(main))).toEqual(content);
    const groups = recoveryKey.toUpperCase().replace(/(.{4})/g, '$1 ');
    expect(await open(fileOf(main, writeMetadata(secrets, new Uint8Array(16).fill(1))), groups)).toEqual(content);
  });

  test('opens whatever zeros follow its gzip, and zeros in the length that ends it', async () => {
    // Lengths whose high bytes are zeros: 0 to 3 of the four.
    for (const size of [1, 255, 256, 65_536, 70_000, 2 ** 24])
      for (const zeros of size > 100_000 ? [5] : [0, 1, 15, 16, 1000]) {
        const plain = new Uint8Array(size).fill(1);
        expect((await open(fileOf(writeMain(plain, secrets, zeros)))).length, `${size} bytes, ${zeros} zeros`).toBe(size);
      }
  });

  test('is read from any place', async () => {
    const large = new Uint8Array(randomBytes(3_000_000));
    const opened = await signalFolderLock.open(fileOf(writeMain(large, secrets)), recoveryKey, () => {});
    if (opened.kind !== 'file') throw new Error('no file');
    for (const from of [0, 1, 1_048_575, 2_999_999])
      expect(await opened.source.read(from, from + 9)).toEqual(large.subarray(from, from + 9));
    const chunks: Uint8Array[] = [];
    for await (const chunk of opened.source.stream(1_000_000)) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(large.subarray(1_000_000))).toBe(true);
  });

  test('of another key is a wrong secret; what cannot be one is refused before any work', async () => {
    await expect(open(fileOf(main), 'z'.repeat(64))).rejects.toMatchObject({ code: 'wrong-secret' });
    for (const secret of ['', 'abc', `${recoveryKey}a`, '!'.repeat(64)])
      await expect(open(fileOf(main), secret)).rejects.toMatchObject({ code: 'secret-malformed' });
  });

  test('with one flipped bit anywhere gives nothing', async () => {
    for (let at = 0; at < main.length; at++) {
      const flipped = main.slice();
      flipped[at]! ^= 1 << (at % 8);
      // What is checked first are the first three bytes, which depend on the IV and the first block.
      const codes = at < 32 ? ['wrong-secret', 'damaged'] : ['damaged'];
      await open(fileOf(flipped)).then(
        () => expect.fail(`byte ${at}`),
        (error: { code: string }) => expect(codes, `byte ${at}`).toContain(error.code),
      );
    }
    const other = metadata.slice();
    other[other.length - 1]! ^= 1;
    await expect(open(fileOf(main, other))).rejects.toMatchObject({ code: 'wrong-secret' });
  });

  test('cut short is damaged, or no longer one', async () => {
    for (let length = 0; length < main.length; length++) {
      const cut = main.subarray(0, length);
      const isOne = signalFolderLock.recognises(cut.subarray(0, 1024), { path: `${folder}/main`, sizeBytes: length });
      expect(isOne).toBe(length >= 64 && length % 16 === 0);
      if (isOne) await expect(open(fileOf(cut)), `${length} bytes`).rejects.toMatchObject({ code: 'damaged' });
    }
  });

  test('is known by its metadata; one of a later version, and one of Signal’s servers, are not supported', async () => {
    expect(await signalFolderLock.examine(fileOf(main, null))).toBeNull();
    expect(await signalFolderLock.examine(fileOf(main, new TextEncoder().encode('other metadata')))).toBeNull();
    const later = fileOf(main, writeMetadata(secrets, new Uint8Array(12), 2));
    await expect(signalFolderLock.examine(later)).rejects.toMatchObject({ code: 'unsupported-version' });
    const cloud = new TextEncoder().encode('SBACKUP\x01 and more');
    expect(signalFolderLock.recognises(cloud, { path: 'x', sizeBytes: 99 })).toBe(true);
    await expect(signalFolderLock.examine(fileOf(cloud))).rejects.toMatchObject({ code: 'unsupported-version' });
  });
});

test.skipIf(!hasSharedSamples)('libsignal’s encrypted backup opens, which has its id by the account', async () => {
  const path = sharedSamplePath('international/signal-backup-v2/valid-encrypted/legacy-account.binproto.encrypted');
  const backupKey = deriveBackupKey('m'.repeat(64));
  const account = Buffer.concat([Buffer.from('20241024_SIGNAL_BACKUP_ID:'), Buffer.alloc(16, 0x11)]);
  const keys = deriveLocalKeys(backupKey, hkdf(backupKey, account, 16));
  const source = await openMainWithKeys(sourceOfBytes(new Uint8Array(readFileSync(path))), keys);
  const bytes = await source.read(0, source.sizeBytes);
  expect(source.sizeBytes).toBeGreaterThan(100);
  // The first message, BackupInfo, begins with its version, 1.
  expect([...bytes.subarray(1, 3)]).toEqual([8, 1]);
});

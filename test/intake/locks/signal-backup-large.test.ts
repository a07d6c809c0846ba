// A large backup of Signal: opening it reads its frames once and passes over its files, and what comes out comes in small pieces.

import { expect, test } from 'vitest';
import { countReads } from '../../../src/bytes/counted-source';
import { sourceOfRanges } from '../../../src/bytes/ranged-source';
import type { ByteSource } from '../../../src/bytes/source';
import { deriveSignalBackupKeys } from '../../../src/crypto/signal-backup';
import { openSignalBackup } from '../../../src/intake/locks/signal-backup-archive';
import { readSignalHeader } from '../../../src/intake/locks/signal-backup-header';
import { fileSetOfFiles } from '../../../src/bytes/file-set';
import { signalBackup } from '../../../src/importers/signal-backup/signal-backup';
import { bytes, databaseVersion, end, insert, join, number, statement, writeBackup } from '../../crypto/signal-backup-writer';

const secrets = { digits: '5'.repeat(30), salt: new Uint8Array(32).fill(1), iv: new Uint8Array(16).fill(2) };
const messages = 4_000;
/** A film that is not there in the test: zeros stand for it. */
const filmBytes = 3_000_000_000;
const mebibyte = 1 << 20;

/** The bytes with so many zeros at a place, without holding them. */
function withHole(content: Uint8Array, at: number, holeBytes: number): ByteSource {
  return sourceOfRanges(content.length + holeBytes, async (fromByte, toByte) => {
    const piece = new Uint8Array(toByte - fromByte);
    if (fromByte < at) piece.set(content.subarray(fromByte, Math.min(toByte, at)));
    const behind = Math.max(fromByte, at + holeBytes);
    if (toByte > behind) piece.set(content.subarray(behind - holeBytes, toByte - holeBytes), behind - fromByte);
    return piece;
  });
}

test('of three gigabytes only frames are read, twice by an import and in pieces', async () => {
  const film = { bytes: bytes(4, join(number(1, 7), number(2, -1), number(3, filmBytes))), payload: new Uint8Array(0) };
  const { bytes: whole, offsets } = writeBackup(
    [
      databaseVersion(223),
      statement('CREATE TABLE recipient (_id, e164)'),
      statement('CREATE TABLE thread (_id, recipient_id)'),
      statement('CREATE TABLE message (_id, date_sent, thread_id, from_recipient_id, type, body)'),
      insert('recipient', 2, '+15550000002'),
      insert('thread', 1, 2),
      film,
      ...Array.from({ length: messages }, (_, at) => insert('message', at, 1.7e12 + at, 1, 2, 0xa00014, `message ${at} `.repeat(20))),
      end,
    ],
    1,
    secrets,
  );
  const { source, count } = countReads(withHole(whole, offsets[8]! - 10, filmBytes));
  const found = readSignalHeader(whole.subarray(0, 1024))!;
  const archive = await openSignalBackup(source, found, deriveSignalBackupKeys(secrets.digits, secrets.salt));
  expect(archive.problems).toEqual([]);
  expect(archive.entries.map(({ path, sizeBytes }) => [path, sizeBytes > 0 && path !== 'frames' ? sizeBytes : 0])).toEqual([
    ['frames', 0],
    ['attachments/7', filmBytes],
  ]);
  // Reading ahead reaches into the film once.
  expect(count.bytes).toBeLessThan(whole.length + 3 * mebibyte);

  const files = fileSetOfFiles('signal.backup', 'zip', archive.entries, archive.problems);
  const [detection] = await signalBackup.detect(fileSetOfFiles('frames', 'zip', archive.entries.slice(0, 1)));
  count.bytes = 0;
  let read = 0;
  for await (const batch of signalBackup.read(files, detection!, { answers: {} })) {
    expect(batch.length).toBeLessThanOrEqual(4096);
    read += batch.filter(({ type }) => type === 'message').length;
  }
  expect(read).toBe(messages);
  expect(count.bytes).toBeLessThan(2 * whole.length + 6 * mebibyte);
  for await (const chunk of archive.entries[0]!.open().stream()) expect(chunk.length).toBeLessThanOrEqual(mebibyte);
});

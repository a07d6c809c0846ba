// Signal's Android backups as a lock: what opens them, what damage costs, and that nothing is given which was not checked.

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { sourceOfBytes } from '../../../src/bytes/memory-source';
import type { ByteSource } from '../../../src/bytes/source';
import type { OpenedZip } from '../../../src/bytes/zip';
import { deriveSignalBackupKeys, type SignalBackupKeys } from '../../../src/crypto/signal-backup';
import type { LockedSource } from '../../../src/intake/locks/lock';
import { openSignalBackup } from '../../../src/intake/locks/signal-backup-archive';
import { readSignalHeader } from '../../../src/intake/locks/signal-backup-header';
import { signalBackupLock } from '../../../src/intake/locks/signal-backup-lock';
import { CamphorError } from '../../../src/model/error';
import {
  attachment,
  avatar,
  databaseVersion,
  end,
  headerFrame,
  insert,
  plainFrames,
  statement,
  writeBackup,
  type WrittenFrame,
} from '../../crypto/signal-backup-writer';
import { hasSharedSamples, sharedSamplePath } from '../../importers/samples';

const secrets = {
  digits: '012345678901234567890123456789',
  salt: new Uint8Array(32).fill(7),
  // The counter wraps behind the second frame.
  iv: Uint8Array.from([0xff, 0xff, 0xff, 0xfe, ...new Array<number>(12).fill(9)]),
};
const rowsBefore = 5;
const picture = new TextEncoder().encode('a picture, by its bytes');
const frames: readonly WrittenFrame[] = [
  databaseVersion(223),
  statement('CREATE TABLE t (a, b)'),
  ...Array.from({ length: rowsBefore }, (_, at) => insert('t', at, `row ${at}`)),
  attachment(7, picture),
  insert('t', 8, 'behind a file'),
  avatar('2', picture),
  insert('t', 9, 'the last'),
  end,
];
let keys: SignalBackupKeys;
beforeAll(() => {
  keys = deriveSignalBackupKeys(secrets.digits, secrets.salt);
});

const fileOf = (bytes: Uint8Array): LockedSource => ({
  path: 'signal.backup',
  source: sourceOfBytes(bytes),
  beside: () => null,
  sizeOf: () => null,
  paths: ['signal.backup'],
});

async function open(bytes: Uint8Array): Promise<OpenedZip> {
  const found = readSignalHeader(bytes.subarray(0, 1024));
  if (found === null) throw new CamphorError('damaged');
  return openSignalBackup(sourceOfBytes(bytes), found, keys);
}

async function framesIn(archive: OpenedZip): Promise<Uint8Array> {
  const source = archive.entries[0]!.open();
  return source.read(0, source.sizeBytes);
}

/** Frames as they are without the header, as text that two can be compared by. */
async function listFrames(archive: OpenedZip): Promise<string[]> {
  const bytes = Buffer.from(await framesIn(archive));
  const found: string[] = [];
  for (let at = 4 + bytes.readUInt32BE(0); at < bytes.length; at += 4 + bytes.readUInt32BE(at))
    found.push(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at)).toString('base64'));
  return found;
}

/** Gives not a byte, and says so to whoever takes it whole. */
async function expectDamaged(file: ByteSource): Promise<void> {
  expect(await file.read(0, 1)).toEqual(new Uint8Array(0));
  await expect(file.stream()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'damaged' });
}

const written = frames.map(({ bytes }) => Buffer.from(bytes).toString('base64'));

describe.each([0, 1] as const)('version %d', (version) => {
  const whole = writeBackup(frames, version, secrets);

  test('opens in place: frames as they were written, files read on demand', async () => {
    expect(signalBackupLock.recognises(whole.bytes.subarray(0, 1024), { path: 'x', sizeBytes: whole.bytes.length })).toBe(true);
    expect(await signalBackupLock.examine(fileOf(whole.bytes))).toBe('signal-passphrase');
    const archive = await open(whole.bytes);
    expect(archive.problems).toEqual([]);
    expect(archive.entries.map(({ path }) => path)).toEqual(['frames', 'attachments/7']);
    expect(await listFrames(archive)).toEqual(written);
    expect(await archive.entries[1]!.open().read(2, 9)).toEqual(picture.subarray(2, 9));
    const all = await framesIn(archive);
    for (const from of [0, 3, 58, 200, all.length - 1])
      expect(await archive.entries[0]!.open().read(from, from + 7)).toEqual(all.subarray(from, from + 7));
  });

  test('one flipped bit anywhere costs at most the frame or file that it is in, and is told', { timeout: 60_000 }, async () => {
    const { bytes, offsets } = whole;
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.slice();
      flipped[at]! ^= 1 << (at % 8);
      const damaged = offsets.findLastIndex((offset) => offset <= at) - 1;
      const archive = await open(flipped).catch((error: CamphorError) => error);
      if (archive instanceof CamphorError) {
        expect(damaged, `byte ${at}: ${archive.code}`).toBe(-1);
        continue;
      }
      // A salt or a version that is another makes other keys; here they were derived before.
      if (damaged === -1) continue;
      const left = await listFrames(archive);
      const payload = frames[damaged]!.payload;
      const isInPayload = payload !== undefined && at >= offsets[damaged + 2]! - payload.length - 10;
      if (isInPayload) {
        expect(left, `byte ${at}`).toEqual(written);
        if (damaged === rowsBefore + 2) await expectDamaged(archive.entries[1]!.open());
        continue;
      }
      expect(left, `byte ${at} in frame ${damaged}`).toEqual(written.filter((_, index) => index !== damaged));
      const codes = archive.problems.map(({ code }) => code);
      expect(codes, `byte ${at}`).toContain(damaged === frames.length - 1 ? 'ends-early' : 'entry-damaged');
    }
  });

  test('cut anywhere, gives what is whole before, and says that it ends early', async () => {
    const { bytes, offsets } = whole;
    for (let length = offsets[2]!; length < bytes.length; length++) {
      const archive = await open(bytes.subarray(0, length));
      const count = offsets.filter((offset) => offset <= length).length - 2;
      const left = await listFrames(archive);
      // A frame whose file is cut off is whole itself.
      expect(written.slice(0, left.length)).toEqual(left);
      expect(left.length - count).toBeLessThanOrEqual(1);
      expect(left.length).toBeGreaterThanOrEqual(count);
      expect(archive.problems.map(({ code }) => code)).toEqual(['ends-early']);
    }
  });

  test('of another passphrase is a wrong secret, a few damaged frames at its beginning are not', async () => {
    const other = { ...keys, mac: keys.mac.map((byte) => byte ^ 1) };
    const found = readSignalHeader(whole.bytes)!;
    await expect(openSignalBackup(sourceOfBytes(whole.bytes), found, other)).rejects.toMatchObject({ code: 'wrong-secret' });
    const damaged = whole.bytes.slice();
    damaged[whole.offsets[1]! + 6]! ^= 1;
    const archive = await open(damaged);
    expect(await listFrames(archive)).toEqual(written.slice(1));
    const place = `bytes ${whole.offsets[1]} to ${whole.offsets[2]} are not what was written`;
    expect(archive.problems).toEqual([{ code: 'entry-damaged', detail: place, entry: 0 }]);
  });
});

test('the digits may be grouped in any way; what cannot be them is refused before any work', async () => {
  const { bytes } = writeBackup(frames, 1, secrets);
  const steps: (readonly [number, number])[] = [];
  const opened = await signalBackupLock.open(fileOf(bytes), ' 01234-56789 01234 56789\n0123456789 ', (...step) => steps.push(step));
  expect(opened).toMatchObject({ kind: 'archive', path: 'signal.backup' });
  expect(steps.at(-1)).toEqual([500_000, 500_000]);
  for (const secret of ['', '1234', `${secrets.digits}1`, 'x'.repeat(30)])
    await expect(signalBackupLock.open(fileOf(bytes), secret, () => {})).rejects.toMatchObject({ code: 'secret-malformed' });
  await expect(signalBackupLock.open(fileOf(bytes), '9'.repeat(30), () => {})).rejects.toMatchObject({ code: 'wrong-secret' });
});

test('bytes behind the last frame are told; lengths without measure end the reading', async () => {
  const { bytes, offsets } = writeBackup(frames, 0, secrets);
  expect((await open(Uint8Array.from([...bytes, 1, 2, 3]))).problems).toMatchObject([{ code: 'not-understood' }]);
  const huge = bytes.slice();
  huge.fill(0xff, offsets[3], bytes.length);
  const archive = await open(huge);
  expect(await listFrames(archive)).toEqual(written.slice(0, 2));
  expect(archive.problems).toMatchObject([{ code: 'ends-early' }]);
});

test('a later version is not supported; a beginning alone is damaged; another file is none of it', async () => {
  const header = headerFrame(secrets.iv, secrets.salt, 2);
  await expect(signalBackupLock.examine(fileOf(Buffer.concat([header, new Uint8Array(99)])))).rejects.toMatchObject({
    code: 'unsupported-version',
  });
  const { bytes, offsets } = writeBackup(frames, 1, secrets);
  await expect(signalBackupLock.examine(fileOf(bytes.subarray(0, offsets[1])))).rejects.toMatchObject({ code: 'damaged' });
  for (const other of [plainFrames([]).subarray(1), new Uint8Array(1024), new Uint8Array(1024).fill(255), new TextEncoder().encode('\0\0\0\x20text and more text')])
    expect(signalBackupLock.recognises(other, { path: 'x.backup', sizeBytes: other.length })).toBe(false); // prettier-ignore
});

test.skipIf(!hasSharedSamples).each(['v0', 'v1'])('the sample %s opens with its passphrase', async (version) => {
  const bytes = new Uint8Array(readFileSync(sharedSamplePath(`international/_generated/signal-${version}.backup`)));
  const opened = await signalBackupLock.open(fileOf(bytes), '12345 12345 12345 12345 12345 12345', () => {});
  if (opened.kind !== 'archive') throw new Error('no archive');
  expect(opened.archive.problems).toEqual([]);
  expect(opened.archive.entries.map(({ path }) => path)).toEqual(['frames', 'attachments/7']);
  expect(new TextDecoder().decode(await opened.archive.entries[1]!.open().read(0, 99))).toBe('JPEG!');
});

// The invented backups beside the project, written by a program that is not ours. Counts are those of their EXPECTED.json.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sourceOfBytes } from '../../../src/bytes/memory-source';
import { openBackup } from '../../../src/intake/iphone-backup/open-backup';
import type { LockedSource } from '../../../src/intake/locks/lock';
import type { PhoneBackup } from '../../../src/intake/locks/phone-backup';
import { hasSharedSamples, sharedSamplePath } from '../../importers/samples';
import { makeHarness } from '../intake-harness';

const root = sharedSamplePath('international/ios-backup/');

interface ExpectedFile {
  readonly domain: string;
  readonly relativePath: string;
  readonly plainSize: number;
  readonly plainSha256: string;
  readonly missing?: true;
}
interface ExpectedBackup {
  readonly dir: string;
  readonly encrypted: boolean;
  readonly files: readonly ExpectedFile[];
}
const backups: readonly ExpectedBackup[] = hasSharedSamples ? JSON.parse(readFileSync(`${root}EXPECTED.json`, 'utf8')).backups : [];

function lockedSource(folder: string): LockedSource {
  const bytesOf = (path: string): Uint8Array | null => {
    try {
      return new Uint8Array(readFileSync(join(folder, path)));
    } catch {
      return null;
    }
  };
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map(({ name }) => name);
  return {
    path: 'Manifest.plist',
    source: sourceOfBytes(bytesOf('Manifest.plist')!),
    beside(path) {
      const bytes = bytesOf(path);
      return bytes === null ? null : sourceOfBytes(bytes);
    },
    sizeOf: (path) => statSync(join(folder, path), { throwIfNoEntry: false })?.size ?? null,
    paths,
  };
}

/** All files of all apps that can be opened, by path. */
async function readApps(backup: PhoneBackup): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const { id } of backup.facts.apps) {
    const app = await backup.openApp(id);
    for (const entry of app!.entries) {
      const source = entry.open();
      const whole = await source.read(0, source.sizeBytes);
      expect(Buffer.compare(source.readSync!(0, source.sizeBytes), whole)).toBe(0);
      files.set(entry.path, whole);
    }
  }
  return files;
}

describe.skipIf(!hasSharedSamples)('backups of the shared samples', () => {
  test.each(backups.map((backup) => [backup.dir, backup] as const))(
    '%s: every file of an app is byte by byte what it was',
    async (dir, expected) => {
      const backup = await openBackup(lockedSource(root + dir), expected.encrypted ? 'test-password' : null, () => {});
      const there = expected.files.filter(({ missing }) => missing !== true);
      expect(backup.facts).toMatchObject({
        files: there.length,
        missing: expected.files.length - there.length,
        isEncrypted: expected.encrypted,
      });
      const found = await readApps(backup);
      const ofApps = there.filter(({ domain, relativePath }) => !/^(?:CameraRoll|Keychain)|\/Demo\//.test(`${domain}/${relativePath}`));
      expect([...found.keys()].sort()).toEqual(ofApps.map(({ domain, relativePath }) => `${domain}/${relativePath}`).sort());
      for (const { domain, relativePath, plainSize, plainSha256 } of ofApps) {
        const bytes = found.get(`${domain}/${relativePath}`)!;
        expect(bytes.length).toBe(plainSize);
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(plainSha256);
      }
    },
    // Ten million derivations, on a machine that is busy.
    180_000,
  );

  test('the apps of one, each with its accounts, and the messages of those that can be read', async () => {
    const harness = makeHarness();
    const locked = await harness.plan(dropOf('encrypted'));
    const opened = await harness.intake.unlock(locked.planId, locked.locked[0]!.fileId, 'test-password', () => {});
    const [backup] = opened.backups;
    // Counted in EXPECTED.json: WeChat's LoginInfo2.dat belongs to no account; of two attachments of Messages one is missing.
    expect(new Map(backup!.apps.map(({ id, files, missing }) => [id.replace(/u[0-9a-f]{32}$/, 'u…'), [files, missing]]))).toEqual(
      new Map([
        ['messages', [2, 1]],
        ['contacts', [1, 0]],
        ['whatsapp', [4, 0]],
        ['wechat/ea5ba2b120532e2ee4ad6ee0b7e7eac3', [5, 0]],
        ['line/u…', [3, 0]],
        ['qq/100001', [1, 0]],
      ]),
    );
    const readable = backup!.apps.filter(({ isReadable }) => isReadable).map(({ id }) => id);
    const plan = await harness.intake.chooseApps(opened.planId, backup!.fileId, readable, () => {});
    expect(new Map(plan.archives.map(({ source, messages, mediaFound }) => [source, [messages, mediaFound]]))).toEqual(
      new Map([
        // The fifth message of WhatsApp is in the write-ahead log alone.
        ['whatsapp', [5, 1]],
        ['imessage', [4, 1]],
        ['contacts', [0, 0]],
        ['line', [4, 0]],
        ['wechat', [5, 1]],
      ]),
    );
  });
});

function dropOf(dir: string): Record<string, Uint8Array> {
  const paths = readdirSync(root + dir, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return Object.fromEntries(
    paths.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(root.length), new Uint8Array(readFileSync(path))];
    }),
  );
}

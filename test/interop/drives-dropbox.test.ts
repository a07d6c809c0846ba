// Dropbox as a drive, against a fake of its contract; stock restic reads what it keeps.
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pushBackup } from '../../src/backup/push';
import { createCloudDrive } from '../../src/drives/cloud';
import { examineDrive } from '../../src/drives/doctor';
import { headerJson } from '../../src/drives/dropbox-client';
import { hashBlocks, joinBlockHashes } from '../../src/drives/dropbox-hash';
import { completeEnvironment, type DriveEnvironment } from '../../src/drives/environment';
import { openDrive } from '../../src/drives/open-drive';
import { type CloudConfig, type OauthGrant, unknownTraits } from '../../src/model/drive';
import { CamphorError } from '../../src/model/error';
import { makeRealVault } from '../backup/real-vault';
import { codeOf, type DriveUnderTest, namesIn, sameBytes, someBytes, testDrive } from '../drives/conformance';
import { dropboxError, rateLimit, startDropbox, uploadError } from '../drives/fakes/dropbox';
import { contentHash } from '../drives/fakes/dropbox-files';
import { json } from '../drives/fakes/fake-consent';
import type { FakeRequest } from '../drives/fakes/fake-service';
import { plainStyle, writeChat } from '../intake/chat-text';
import { create, password } from '../repository/operations/small-repository';
import { makeRestic } from './restic';

type Fake = Awaited<ReturnType<typeof startDropbox>>;

const traits = { ...unknownTraits, refusesTaken: true, isAtomic: true };
const mebibyte = 1024 * 1024;
const to =
  (route: string) =>
  ({ path }: FakeRequest): boolean =>
    path === `/2/files/${route}`;

const configOf = (fake: Fake, folder: string): CloudConfig => ({
  kind: 'dropbox',
  clientId: fake.consent.clientId,
  folder,
  grant: fake.consent.grant(),
});

describe('Dropbox', () => {
  let places = 0;
  const openFake = async (): Promise<DriveUnderTest> => {
    places += 1;
    const fake = await startDropbox();
    const config = configOf(fake, ['', 'backups/', 'Back Ups 我的/樟木箱/'][places % 3] ?? '');
    const reopen = (): DriveUnderTest['drive'] => createCloudDrive(config, traits, completeEnvironment({ fetch: fake.fetch }));
    return {
      drive: reopen(),
      reopen,
      async cutCreate(name, bytes) {
        for (const route of ['upload_session/start', 'upload_session/finish']) {
          fake.interrupt(to(route), 'cut-before');
          expect(await codeOf(reopen().create(name, bytes))).toBe('drive-unreachable');
        }
      },
      async close() {
        await fake.stop();
        expect(fake.violations).toEqual([]);
      },
    };
  };

  testDrive('as a drive', openFake, { flaws: ['one-case'] });
});

describe('Dropbox, with faults', () => {
  let fake: Fake;
  beforeEach(async () => (fake = await startDropbox()));
  afterEach(async () => {
    await fake.stop();
    expect(fake.violations).toEqual([]);
  });

  /** Nobody sleeps. */
  const openQuick = (more: Partial<DriveEnvironment> = {}) => {
    const slept: number[] = [];
    const grants: OauthGrant[] = [];
    const parts = {
      fetch: fake.fetch,
      sleep: async (ms: number) => void slept.push(ms),
      random: () => 0.5,
      onGrant: (grant: OauthGrant) => void grants.push(grant),
      ...more,
    };
    const config = configOf(fake, 'backups/');
    return { drive: openDrive(config, traits, parts), bare: createCloudDrive(config, traits, completeEnvironment(parts)), slept, grants };
  };

  const kept = async (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    const { drive } = openQuick();
    expect(await drive.size(name)).toBe(bytes.length);
    expect(sameBytes(await drive.read(name), bytes)).toBe(true);
  };
  const calls = (route: string): FakeRequest[] => fake.requests.filter(to(route));

  test('waits as long as a 429 says, in its body or its header', async () => {
    const { drive, slept } = openQuick();
    fake.interrupt(to('upload'), rateLimit('too_many_requests', 300));
    await drive.create('config', someBytes(100));
    fake.interrupt(to('download'), { status: 429, headers: { 'Content-Type': 'text/plain', 'Retry-After': '7' }, body: 'slow' });
    expect(await drive.read('config')).toEqual(someBytes(100));
    expect(slept).toEqual([300_500, 7500]);
  });

  test('tries again when writes meet', async () => {
    const { drive, slept } = openQuick();
    fake.interrupt(to('upload'), uploadError('too_many_write_operations'), 2);
    await drive.create('config', someBytes(100));
    fake.interrupt(to('upload_session/finish'), dropboxError('too_many_write_operations'));
    await drive.create('data/00/pack', someBytes(2 * mebibyte));
    fake.interrupt(to('delete_v2'), rateLimit('too_many_write_operations'));
    await drive.remove('config');
    expect(slept).toHaveLength(4);
    expect(await namesIn(drive, '')).toEqual(['data/00/pack']);
  });

  test('means by its tags what a drive does', async () => {
    const { bare } = openQuick();
    for (const [tags, meant] of [
      [['insufficient_space'], 'drive-full'],
      [['no_write_permission'], 'drive-read-only'],
      [['team_folder'], 'drive-read-only'],
      [['disallowed_name'], 'drive-failed'],
      [['conflict', 'folder'], 'drive-exists'],
      [['a_tag_of_tomorrow'], 'drive-failed'],
    ] as const) {
      fake.interrupt(to('upload'), uploadError(...tags));
      expect(await codeOf(bare.create('config', someBytes(10))), tags.join('/')).toBe(meant);
      fake.interrupt(to('upload_session/finish'), dropboxError('path', ...tags));
      expect(await codeOf(bare.create('pack', someBytes(2 * mebibyte))), tags.join('/')).toBe(meant);
    }
    for (const [fault, meant] of [
      [dropboxError('payload_too_large'), 'drive-too-large'],
      [dropboxError('content_hash_mismatch'), 'drive-damaged'],
      [dropboxError('not_found'), 'drive-damaged'],
      [dropboxError('incorrect_offset'), 'drive-damaged'],
      [{ status: 400, body: 'Error in call to API function' }, 'drive-failed'],
      [{ status: 403, body: '{}' }, 'drive-read-only'],
      [{ status: 500, body: 'oops' }, 'drive-failed'],
      [{ status: 503, body: '' }, 'drive-busy'],
      [{ status: 507, body: '' }, 'drive-full'],
      [{ status: 302, headers: { Location: 'https://elsewhere.example/' } }, 'drive-redirected'],
    ] as const) {
      fake.interrupt(to('upload_session/append_v2'), fault);
      expect(await codeOf(bare.create('pack', someBytes(17 * mebibyte))), JSON.stringify(fault)).toBe(meant);
    }
    fake.interrupt(to('delete_v2'), dropboxError('too_many_files'));
    expect(await codeOf(bare.removeFolder('data/'))).toBe('drive-too-large');
    fake.interrupt(to('download'), { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>sign in</html>' });
    expect(await codeOf(bare.read('config'))).toBe('drive-damaged');
    const taken = json(401, { error: { '.tag': 'missing_scope', required_scope: 'files.content.write' } });
    fake.interrupt(to('upload'), taken, 2);
    const error = await bare.create('config', someBytes(10)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'drive-unauthorised', facts: { status: 401, reason: 'missing_scope' } });
  });

  test('renews a token that has ended, once for all who wait, and tells of it', async () => {
    const { drive, grants } = openQuick();
    await drive.create('config', someBytes(100));
    fake.consent.endTokens();
    const results = await Promise.all([drive.read('config'), drive.size('config'), drive.create('index/one', someBytes(10))]);
    expect(results[1]).toBe(100);
    expect(grants.length).toBeGreaterThan(0);
    expect(await drive.size('index/one')).toBe(10);
    expect(new Set(grants.map(({ refreshToken }) => refreshToken)).size).toBe(1);
  });

  test('is signed out where consent was taken back, and where a new token is refused too', async () => {
    const { drive, bare, slept } = openQuick();
    await drive.create('config', someBytes(100));
    fake.consent.revoke();
    for (const call of [() => drive.read('config'), () => drive.list(''), () => drive.create('index/one', someBytes(10))])
      expect(await codeOf(call())).toBe('drive-signed-out');
    expect(slept).toEqual([]);
    const other = openQuick();
    fake.interrupt(to('get_metadata'), json(401, { error: { '.tag': 'invalid_access_token' } }), 2);
    expect(await codeOf(other.bare.size('config'))).toBe('drive-signed-out');
    expect(await codeOf(bare.size('config'))).toBe('drive-signed-out');
  });

  test('takes an upload for done whose answer was lost', async () => {
    const { drive } = openQuick();
    fake.interrupt(to('upload'), 'cut-after');
    await drive.create('config', someBytes(100));
    fake.interrupt(to('upload_session/finish'), 'cut-after');
    await drive.create('data/00/pack', someBytes(2 * mebibyte));
    await kept('config', someBytes(100));
    await kept('data/00/pack', someBytes(2 * mebibyte));
    fake.interrupt(to('delete_v2'), 'cut-after');
    await drive.remove('config');
    expect(await drive.size('config')).toBe(null);
  });

  test('sends a large file in pieces, and begins anew when one is cut or lost', async () => {
    const bytes = someBytes(36 * mebibyte);
    const { drive } = openQuick();
    fake.interrupt(to('upload_session/append_v2'), 'cut-before');
    await drive.create('data/00/one', new Blob([bytes]));
    fake.interrupt(to('upload_session/finish'), dropboxError('lookup_failed', 'not_found'));
    await drive.create('data/00/two', bytes);
    await kept('data/00/one', bytes);
    await kept('data/00/two', bytes);
    expect(calls('upload_session/append_v2').length).toBe(7);
  });

  test('does not believe an answer that names other bytes', async () => {
    const { bare } = openQuick();
    const other = { name: 'config', size: 10, content_hash: '0'.repeat(64), server_modified: '2026-01-01T00:00:00Z' };
    fake.interrupt(to('upload'), json(200, other));
    expect(await codeOf(bare.create('config', someBytes(10)))).toBe('drive-damaged');
    fake.interrupt(to('upload'), json(200, { ...other, content_hash: contentHash(Buffer.from(someBytes(10))), name: 'config (1)' }));
    expect(await codeOf(bare.create('config', someBytes(10)))).toBe('drive-damaged');
    fake.interrupt(to('upload'), { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>hello</html>' });
    expect(await codeOf(bare.create('config', someBytes(10)))).toBe('drive-damaged');
  });

  test('lists from the beginning when its cursor ends, once', async () => {
    const { drive, bare } = openQuick();
    const names = Array.from({ length: 250 }, (_, index) => `index/${String(index).padStart(4, '0')}`);
    for (const name of names) await bare.create(name, someBytes(1));
    fake.interrupt(to('list_folder/continue'), dropboxError('reset'));
    const whole = await drive.list('index');
    expect({ names: whole.entries.map(({ name }) => name).sort(), isSuspect: whole.isSuspect }).toEqual({ names, isSuspect: false });
    fake.interrupt(to('list_folder/continue'), dropboxError('reset'), 2);
    expect((await drive.list('index')).isSuspect).toBe(true);
  });

  test('lists again where a page came cut, and hides no entry that it cannot read', async () => {
    const { drive, bare, slept } = openQuick();
    await bare.create('index/a', someBytes(5));
    const page = (entries: unknown[], more: object = {}): string => JSON.stringify({ entries, cursor: 'c', has_more: false, ...more });
    const jsonPage = (body: string) => ({ status: 200, headers: { 'Content-Type': 'application/json' }, body });
    fake.interrupt(to('list_folder'), jsonPage(page([]).slice(0, -3)));
    fake.interrupt(to('list_folder'), jsonPage('{}'));
    expect((await drive.list('')).entries).toEqual([{ name: 'index/a', sizeBytes: 5 }]);
    expect(slept).toHaveLength(2);
    const entry = { '.tag': 'file', name: 'a', path_lower: '/backups/index/a', size: 5 };
    for (const [entries, names, isSuspect] of [
      [[{ ...entry, size: 2 ** 60 }], [], true],
      [
        [
          { ...entry, size: '5' },
          { ...entry, name: 'b c', path_lower: '/backups/index/b c' },
        ],
        [],
        true,
      ],
      [[entry, { ...entry, '.tag': 'deleted' }], [], false],
      [[entry, { ...entry, '.tag': 'deleted', path_lower: '/backups/index' }], [], false],
      [[entry, { ...entry, path_lower: null }], ['index/a'], false],
    ] as const) {
      fake.interrupt(to('list_folder'), jsonPage(page([...entries])));
      const listing = await bare.list('');
      expect([listing.entries.map(({ name }) => name), listing.isSuspect], JSON.stringify(entries)).toEqual([names, isSuspect]);
    }
    fake.interrupt(to('list_folder'), jsonPage(page([entry], { has_more: true, cursor: null })));
    expect(await bare.list('')).toEqual({ entries: [{ name: 'index/a', sizeBytes: 5 }], isSuspect: true });
  });

  test('keeps the case of names, and does not tell them apart by it', async () => {
    const { bare } = openQuick();
    await bare.create('Data/Ab/Pack', someBytes(10));
    expect(await namesIn(bare, '')).toEqual(['Data/Ab/Pack']);
    expect(await namesIn(bare, 'data/ab')).toEqual(['data/ab/Pack']);
    expect(await codeOf(bare.create('data/ab/pack', someBytes(10)))).toBe('drive-exists');
    await bare.create('Data/Ab/Pack', someBytes(10));
    expect(await codeOf(bare.create('data/ab', someBytes(10)))).toBe('drive-exists');
    expect(await codeOf(bare.create('data/ab/pack/below', someBytes(10)))).toBe('drive-exists');
    expect(await bare.namesIn('')).toEqual(['Data']);
    expect(await bare.namesIn('nowhere/')).toEqual([]);
    expect(await bare.size('Data')).toBe(null);
    expect(await codeOf(bare.read('Data'))).toBe('drive-missing');
    await bare.removeFolder('Data/');
    await bare.removeFolder('Data/');
    expect(await bare.namesIn('')).toEqual([]);
  });

  test('writes one after the other, and reads beside that', async () => {
    let [writing, reading, mostWriting, mostReading] = [0, 0, 0, 0];
    const counting: DriveEnvironment['fetch'] = async (url, init) => {
      const isWrite = /\/(upload|finish|delete_v2)$/.test(url);
      if (isWrite) mostWriting = Math.max(mostWriting, (writing += 1));
      else mostReading = Math.max(mostReading, (reading += 1));
      try {
        return await fake.fetch(url, init);
      } finally {
        if (isWrite) writing -= 1;
        else reading -= 1;
      }
    };
    const { bare } = openQuick({ fetch: counting });
    const names = Array.from({ length: 6 }, (_, index) => `index/${index}`);
    await Promise.all(names.map((name, index) => bare.create(name, someBytes(index % 2 ? 10 : 2 * mebibyte))));
    await Promise.all(names.map((name) => bare.read(name)));
    fake.interrupt(to('delete_v2'), 'cut-before');
    const results = await Promise.all(names.map((name) => codeOf(bare.remove(name))));
    expect(results.toSorted()).toEqual(['drive-unreachable', ...names.slice(1).map(() => 'nothing')].toSorted());
    expect(mostWriting).toBe(1);
    expect(mostReading).toBeGreaterThan(1);
  });

  test('hears the time from what it wrote, where no header tells it', async () => {
    const { bare } = openQuick({
      async fetch(url, init) {
        const response = await fake.fetch(url, init);
        const headers = new Headers(response.headers);
        headers.delete('date');
        return new Response(response.body, { status: response.status, headers });
      },
    });
    expect(await bare.size('config')).toBe(null);
    expect(await bare.nowMs()).toBe(null);
    await bare.create('config', someBytes(10));
    expect(Math.abs(((await bare.nowMs()) ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test('puts no token into an error', async () => {
    const { bare } = openQuick();
    const error = await bare.read('nowhere').catch((thrown: unknown) => thrown);
    expect(error instanceof CamphorError && error.facts).toEqual({ status: 409, reason: 'path/not_found' });
    for (const { path, query } of fake.requests) expect(`${path}?${query.toString()}`).not.toMatch(/token-|refresh-/);
  });

  test('is found without fault by the doctor, which leaves nothing there', async () => {
    const report = await examineDrive(configOf(fake, 'backups/'), { fetch: fake.fetch }, () => {});
    expect(report.steps.filter(({ outcome }) => outcome === 'failed' || outcome === 'limited')).toEqual([]);
    expect(report).toMatchObject({ usable: true, holds: 'nothing', traits: { refusesTaken: true, hasRanges: true } });
    expect(readdirSync(join(fake.folder, 'backups'))).toEqual([]);
  });

  test('keeps a backup that stock restic checks', async () => {
    const { drive } = openQuick();
    const restic = await makeRestic({ repository: join(fake.folder, 'backups'), password });
    try {
      const vault = await makeRealVault([writeChat({ ...plainStyle, withMedia: true })]);
      const repository = await create(drive);
      await pushBackup(vault.environment(repository), { evenIfSmaller: false }, () => {});
      await repository.close();
      expect(readdirSync(join(fake.folder, 'backups'))).toEqual(expect.arrayContaining(['config', 'data', 'index', 'keys', 'snapshots']));
      expect(await restic.run('check', '--read-data')).toContain('no errors were found');
      const snapshots = JSON.parse(await restic.run('snapshots', '--json')) as readonly Record<string, unknown>[];
      expect(snapshots).toHaveLength(1);
    } finally {
      await restic.remove();
    }
  });
});

describe('a content’s hash', () => {
  const ours = async (bytes: Uint8Array<ArrayBuffer> | Blob): Promise<string> => joinBlockHashes(await hashBlocks(bytes));

  test('is the one that Dropbox publishes', async () => {
    expect(await ours(new Uint8Array(0))).toBe(createHash('sha256').digest('hex'));
    // The blocks of its picture of the Milky Way (dropbox.com/developers/reference/content-hash).
    const blocks = [
      '2a846fa617c3361fc117e1c5c1e1838c336b6a5cef982c1a2d9bdf68f2f1992a',
      'c68469027410ea393eba6551b9fa1e26db775f00eae70a0c3c129a0011a39cf9',
      '7376192de020925ce6c5ef5a8a0405e931b0a9a8c75517aacd9ca24a8a56818b',
    ];
    const expected = '485291fa0ee50c016982abbfa943957bcd231aae0492ccbaa22c58e3997b35e0';
    expect(await joinBlockHashes(blocks.map((block) => new Uint8Array(Buffer.from(block, 'hex'))))).toBe(expected);
  });

  test('is the same of bytes, of a Blob and by another way, at every edge of a block', async () => {
    for (const sizeBytes of [1, 4 * mebibyte - 1, 4 * mebibyte, 4 * mebibyte + 1, 9 * mebibyte]) {
      const bytes = someBytes(sizeBytes);
      expect(await ours(bytes)).toBe(contentHash(Buffer.from(bytes)));
      expect(await ours(new Blob([bytes]))).toBe(await ours(bytes));
    }
  });
});

test('an argument in a header is ASCII, and reads back as it was', () => {
  expect(headerJson({ field: 'üñ\u007f' })).toBe('{"field":"\\u00fc\\u00f1\\u007f"}');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (path) => {
      const text = headerJson({ path });
      expect(text).toMatch(/^[ -~]*$/);
      expect(JSON.parse(text)).toEqual({ path });
    }),
  );
});

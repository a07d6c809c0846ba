// Google Drive as a drive, against a fake of its contract; stock restic reads what it keeps.
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CloudDrive } from '../../src/drives/cloud';
import { examineDrive } from '../../src/drives/doctor';
import type { DriveEnvironment } from '../../src/drives/environment';
import { CamphorError } from '../../src/model/error';
import { codeOf, type DriveUnderTest, someBytes, testDrive } from '../drives/conformance';
import { json } from '../drives/fakes/fake-consent';
import { type FakeGoogleDrive, startGoogleDrive } from '../drives/fakes/google-drive';
import { googleError } from '../drives/fakes/google-state';
import { password } from '../repository/operations/small-repository';
import { checkedByRestic } from './checked-by-restic';
import {
  begin,
  configOf,
  download,
  expectKept,
  files,
  folder,
  list,
  type Matches,
  onDisk,
  openBare,
  openGoogle,
  put,
  removal,
  status,
  whole,
} from './google-under-test';

const mebibyte = 1024 * 1024;

describe('Google Drive', () => {
  let places = 0;
  const openFake = async (): Promise<DriveUnderTest> => {
    places += 1;
    const fake = await startGoogleDrive();
    const config = configOf(fake, ['', 'backups/', "Owner's Back Ups 我的/樟木箱/"][places % 3] ?? '');
    const reopen = (): CloudDrive => openBare(config, { fetch: fake.fetch });
    return {
      drive: reopen(),
      reopen,
      async cutCreate(name, bytes) {
        fake.interrupt(whole, 'cut-before');
        expect(await codeOf(reopen().create(name, bytes))).toBe('drive-unreachable');
        fake.interrupt(put, 'cut-before', 3);
        expect(await codeOf(reopen().create(name, someBytes(5 * mebibyte)))).toBe('drive-unreachable');
      },
      async close() {
        await fake.stop();
        expect(fake.violations).toEqual([]);
      },
    };
  };

  testDrive('as a drive', openFake);
});

describe('Google Drive, with faults', () => {
  let fake: FakeGoogleDrive;
  beforeEach(async () => (fake = await startGoogleDrive()));
  afterEach(async () => {
    await fake.stop();
    expect(fake.violations).toEqual([]);
  });
  const open = (more: Partial<DriveEnvironment> = {}): ReturnType<typeof openGoogle> => openGoogle(fake, more);
  const calls = (matches: Matches): number => fake.requests.filter(matches).length;
  const kept = (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> => expectKept(fake, name, bytes);

  test('waits where it asked too much, by 403 or 429, as long as it is told', async () => {
    const { drive, slept } = open();
    fake.interrupt(whole, googleError(403, 'userRateLimitExceeded'));
    await drive.create('config', someBytes(100));
    const limited = { ...googleError(429, 'rateLimitExceeded'), headers: { 'Content-Type': 'application/json', 'Retry-After': '7' } };
    fake.interrupt(list, limited);
    fake.interrupt(download, { status: 503, body: 'slow' });
    expect(await drive.read('config')).toEqual(someBytes(100));
    expect(slept).toEqual([30_000, 7500, 60_000]);
  });

  test('means by its reasons what a drive does', async () => {
    const { bare } = open();
    const detailed = { error: { code: 403, details: [{ '@type': 'ErrorInfo', reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }] } };
    for (const [fault, meant] of [
      [googleError(403, 'storageQuotaExceeded'), 'drive-full'],
      [googleError(403, 'numChildrenInNonRootLimitExceeded'), 'drive-full'],
      [googleError(403, 'rateLimitExceeded'), 'drive-busy'],
      [googleError(403, 'insufficientFilePermissions'), 'drive-read-only'],
      [googleError(403, 'appNotAuthorizedToFile'), 'drive-read-only'],
      [googleError(403, 'accessNotConfigured'), 'drive-failed'],
      [googleError(403, 'aReasonOfTomorrow'), 'drive-read-only'],
      [json(403, detailed), 'drive-unauthorised'],
      [googleError(413, 'uploadTooLarge'), 'drive-too-large'],
      [googleError(500, 'backendError'), 'drive-failed'],
      [{ status: 502, body: 'no JSON' }, 'drive-failed'],
      [{ status: 302, headers: { Location: 'https://elsewhere.example/' } }, 'drive-redirected'],
      [{ status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>hello</html>' }, 'drive-damaged'],
      [json(200, { name: 'config' }), 'drive-damaged'],
    ] as const) {
      fake.interrupt(whole, fault);
      expect(await codeOf(bare.create('config', someBytes(10))), JSON.stringify(fault)).toBe(meant);
    }
    for (const [matches, fault, meant] of [
      [begin, googleError(403, 'storageQuotaExceeded'), 'drive-full'],
      [begin, { status: 200, headers: {} }, 'drive-damaged'],
      [begin, { status: 200, headers: { Location: 'http://www.googleapis.com/' } }, 'drive-damaged'],
      [put, googleError(403, 'storageQuotaExceeded'), 'drive-full'],
      [put, googleError(503, 'backendError'), 'drive-busy'],
    ] as const) {
      fake.interrupt(matches, fault);
      expect(await codeOf(bare.create('pack', someBytes(5 * mebibyte))), JSON.stringify(fault)).toBe(meant);
    }
    fake.interrupt(list, googleError(403, 'insufficientFilePermissions'));
    expect(await codeOf(bare.size('config'))).toBe('drive-unauthorised');
    expect(await bare.size('config')).toBe(null);
  });

  test('is signed out when its token ends, since a page is given no other', async () => {
    const { drive, slept, grants } = open();
    await drive.create('config', someBytes(100));
    fake.consent.endTokens();
    for (const call of [
      () => drive.read('config'),
      () => drive.size('config'),
      () => drive.list(''),
      () => drive.create('index/one', someBytes(10)),
      () => drive.remove('config'),
    ])
      expect(await codeOf(call())).toBe('drive-signed-out');
    expect([slept, grants]).toEqual([[], []]);
    fake.consent.revoke();
    expect(await codeOf(open({ nowMs: () => Date.now() + 7_200_000 }).drive.list(''))).toBe('drive-signed-out');
    await open().drive.list('');
  });

  test('ends an upload that has begun, without its token', async () => {
    const bytes = someBytes(5 * mebibyte);
    const { bare } = open({
      fetch: (url, init) => {
        if (init.method === 'PUT') fake.consent.endTokens();
        return fake.fetch(url, init);
      },
    });
    // What comes after it needs one.
    expect(await codeOf(bare.create('data/00/pack', bytes))).toBe('drive-signed-out');
    await kept('data/00/pack', bytes);
    await open().bare.create('data/00/pack', bytes);
  });

  test('goes on from where an upload was cut', async () => {
    const { bare } = open();
    const bytes = someBytes(9 * mebibyte);
    fake.keepsBytes = 3 * mebibyte;
    fake.interrupt(put, 'cut-after');
    await bare.create('data/00/one', bytes);
    const sent = fake.requests.filter(put).map(({ body, headers }) => [body.length, headers['content-range']]);
    expect(sent).toEqual([
      [9 * mebibyte, `bytes 0-${9 * mebibyte - 1}/${9 * mebibyte}`],
      [6 * mebibyte, `bytes ${3 * mebibyte}-${9 * mebibyte - 1}/${9 * mebibyte}`],
    ]);
    fake.interrupt(put, 'cut-before');
    await bare.create('data/00/two', new Blob([bytes]));
    await kept('data/00/one', bytes);
    await kept('data/00/two', bytes);
    expect([calls(begin), calls(status)]).toEqual([2, 2]);
  });

  test('asks where it is when an answer says that more has to come', async () => {
    const { bare } = open();
    const bytes = someBytes(5 * mebibyte);
    fake.keepsBytes = mebibyte;
    await bare.create('data/00/one', bytes);
    await kept('data/00/one', bytes);
    fake.interrupt(status, { status: 308, headers: { Location: files } });
    fake.interrupt(put, 'cut-before');
    expect(await codeOf(bare.create('data/00/two', bytes))).toBe('drive-redirected');
    // Nothing went there that a stranger may not see.
    const astray = fake.requests.filter(({ method, path }) => method === 'PUT' && path === files);
    expect(astray.map(({ body, headers }) => [body.length, headers['authorization'], headers['referer']])).toEqual([
      [0, undefined, undefined],
    ]);
  });

  test('takes an upload for done whose answer was lost', async () => {
    const { drive, bare, slept } = open();
    const bytes = someBytes(5 * mebibyte);
    fake.interrupt(put, 'cut-after');
    await bare.create('data/00/pack', bytes);
    await kept('data/00/pack', bytes);
    expect(slept).toEqual([]);
    fake.interrupt(whole, 'cut-after');
    await drive.create('config', someBytes(100));
    fake.interrupt(removal, 'cut-after');
    await drive.remove('config');
    expect(await bare.size('config')).toBe(null);
    fake.interrupt(folder, 'cut-after');
    await drive.create('index/one', someBytes(10));
    await kept('index/one', someBytes(10));
    expect(slept).toHaveLength(3);
  });

  test('begins anew where an upload session has ended', async () => {
    const { drive, slept } = open({
      fetch: (url, init) => {
        if (init.method === 'PUT' && calls(put) === 0) fake.endUploads();
        return fake.fetch(url, init);
      },
    });
    const bytes = someBytes(5 * mebibyte);
    await drive.create('data/00/pack', bytes);
    expect([slept.length, calls(begin)]).toEqual([1, 2]);
    await kept('data/00/pack', bytes);
  });

  test('gives up an upload of which nothing arrives', async () => {
    const { bare } = open();
    fake.interrupt(put, 'cut-before', 3);
    expect(await codeOf(bare.create('data/00/pack', someBytes(5 * mebibyte)))).toBe('drive-unreachable');
    expect(calls(put)).toBe(3);
  });

  test('takes away what did not arrive as it was sent', async () => {
    const { bare } = open();
    await bare.create('index/one', someBytes(10));
    const parent = { parents: ['x'], mimeType: 'application/octet-stream', createdTime: new Date().toISOString() };
    for (const wrong of [
      { size: '9', sha256Checksum: '0'.repeat(64) },
      { size: '10', sha256Checksum: '0'.repeat(64) },
    ]) {
      fake.interrupt(whole, json(200, { id: 'elsewhere', name: 'two', ...parent, ...wrong }));
      expect(await codeOf(bare.create('index/two', someBytes(10)))).toBe('drive-damaged');
    }
    expect(fake.requests.filter(removal).map(({ path }) => path)).toEqual([`${files}/elsewhere`, `${files}/elsewhere`]);
  });

  test('is given no page in place of a file', async () => {
    const { bare } = open();
    await bare.create('config', someBytes(10));
    fake.interrupt(download, { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>sign in</html>' });
    expect(await codeOf(bare.read('config'))).toBe('drive-damaged');
  });

  test('hears the time from what it wrote, where no header tells it', async () => {
    const { bare } = open({
      async fetch(url, init) {
        const response = await fake.fetch(url, init);
        const headers = new Headers(response.headers);
        headers.delete('date');
        return new Response(response.status === 204 ? null : response.body, { status: response.status, headers });
      },
    });
    expect(await bare.size('config')).toBe(null);
    expect(await bare.nowMs()).toBe(null);
    await bare.create('config', someBytes(10));
    expect(Math.abs(((await bare.nowMs()) ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test('puts no token into an error or an address', async () => {
    const { bare } = open();
    await bare.create('data/00/pack', someBytes(5 * mebibyte));
    fake.interrupt(download, googleError(403, 'appNotAuthorizedToFile'));
    const error = await bare.read('data/00/pack').catch((thrown: unknown) => thrown);
    expect(error instanceof CamphorError && [error.code, error.facts]).toEqual([
      'drive-unauthorised',
      { status: 403, reason: 'appNotAuthorizedToFile' },
    ]);
    for (const { path, query } of fake.requests) expect(`${path}?${query.toString()}`).not.toMatch(/token-|refresh-/);
  });

  test('is found without fault by the doctor, which leaves nothing there', async () => {
    const report = await examineDrive(configOf(fake, 'backups/'), { fetch: fake.fetch }, () => {});
    expect(report.steps.filter(({ outcome }) => outcome === 'failed' || outcome === 'limited')).toEqual([]);
    expect(report).toMatchObject({ usable: true, holds: 'nothing', traits: { refusesTaken: true, hasRanges: true } });
    expect(readdirSync(onDisk(fake, ''))).toEqual([]);
  });

  test('keeps a backup that stock restic checks', async () => {
    await checkedByRestic(open().drive, onDisk(fake, ''), password);
  });
});

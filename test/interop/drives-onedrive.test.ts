// OneDrive as a drive, against a fake of its contract; stock restic reads what it keeps.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAccess } from '../../src/drives/access';
import type { CloudDrive } from '../../src/drives/cloud';
import { examineDrive } from '../../src/drives/doctor';
import { completeEnvironment, type DriveEnvironment } from '../../src/drives/environment';
import { createOnedrive } from '../../src/drives/onedrive';
import { retrying } from '../../src/drives/retry';
import { type CloudConfig, type OauthGrant, unknownTraits } from '../../src/model/drive';
import { CamphorError } from '../../src/model/error';
import { codeOf, type DriveUnderTest, namesIn, sameBytes, someBytes, testDrive } from '../drives/conformance';
import { json } from '../drives/fakes/fake-consent';
import type { FakeAnswer, FakeRequest } from '../drives/fakes/fake-service';
import { type FakeOnedrive, startOnedrive } from '../drives/fakes/onedrive';
import { graphError } from '../drives/fakes/onedrive-state';
import { password } from '../repository/operations/small-repository';
import { checkedByRestic } from './checked-by-restic';

const traits = { ...unknownTraits, refusesTaken: true, isAtomic: true };
const mebibyte = 1024 * 1024;

type Matches = (request: FakeRequest) => boolean;
const small: Matches = ({ method, path }) => method === 'PUT' && path.endsWith('/content');
const session: Matches = ({ path }) => path.endsWith('/createUploadSession');
const fragment: Matches = ({ method, path }) => method === 'PUT' && path.includes('/uploadSession/');
const status: Matches = ({ method, path }) => method === 'GET' && path.includes('/uploadSession/');
const ending: Matches = ({ method, path }) => method === 'DELETE' && path.includes('/uploadSession/');
const download: Matches = ({ path }) => path.endsWith('/download.aspx');
const item: Matches = ({ method, path }) => method === 'GET' && /approot(:[^:]*)?$/.test(path);
const children: Matches = ({ method, path }) => method === 'GET' && path.endsWith('/children');

const configOf = (fake: FakeOnedrive, folder: string): CloudConfig => ({
  kind: 'onedrive',
  clientId: fake.consent.clientId,
  folder,
  grant: fake.consent.grant(),
});

const openBare = (config: CloudConfig, parts: Partial<DriveEnvironment>): CloudDrive => {
  const environment = completeEnvironment(parts);
  return createOnedrive({ access: createAccess(config, environment), folder: config.folder, traits, environment });
};

describe('OneDrive', () => {
  let places = 0;
  const openFake = async (): Promise<DriveUnderTest> => {
    places += 1;
    const fake = await startOnedrive();
    const config = configOf(fake, ['', 'backups/', 'Back Ups 我的/樟木箱/'][places % 3] ?? '');
    const reopen = (): CloudDrive => openBare(config, { fetch: fake.fetch });
    return {
      drive: reopen(),
      reopen,
      async cutCreate(name, bytes) {
        fake.interrupt(small, 'cut-before');
        expect(await codeOf(reopen().create(name, bytes))).toBe('drive-unreachable');
        fake.interrupt(fragment, 'cut-before', 3);
        expect(await codeOf(reopen().create(name, someBytes(5 * mebibyte)))).toBe('drive-unreachable');
      },
      async close() {
        await fake.stop();
        expect(fake.violations).toEqual([]);
      },
    };
  };

  testDrive('as a drive', openFake, { flaws: ['one-case'] });
});

describe('OneDrive, with faults', () => {
  let fake: FakeOnedrive;
  beforeEach(async () => (fake = await startOnedrive()));
  afterEach(async () => {
    await fake.stop();
    expect(fake.violations).toEqual([]);
  });

  /** Nobody sleeps. */
  const open = (more: Partial<DriveEnvironment> = {}) => {
    const slept: number[] = [];
    const grants: OauthGrant[] = [];
    const parts = {
      fetch: fake.fetch,
      sleep: async (ms: number) => void slept.push(ms),
      random: () => 0.5,
      onGrant: (grant: OauthGrant) => void grants.push(grant),
      ...more,
    };
    const bare = openBare(configOf(fake, 'backups/'), parts);
    return { bare, drive: retrying(bare, parts), slept, grants };
  };
  const calls = (matches: Matches): number => fake.requests.filter(matches).length;
  const kept = async (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    const { bare } = open();
    expect(await bare.size(name)).toBe(bytes.length);
    expect(sameBytes(await bare.read(name), bytes)).toBe(true);
  };

  test('waits as long as a 429 or a 503 says', async () => {
    const { drive, slept } = open();
    const wait = (code: number, seconds: string): FakeAnswer => ({
      ...graphError(code, 'activityLimitReached', 'throttledRequest'),
      headers: { 'Content-Type': 'application/json', 'Retry-After': seconds },
    });
    fake.interrupt(small, wait(429, '300'));
    await drive.create('config', someBytes(100));
    fake.interrupt(item, wait(503, '7'));
    fake.interrupt(download, { status: 429, headers: { 'Retry-After': '9' }, body: 'slow' });
    expect(await drive.read('config')).toEqual(someBytes(100));
    expect(slept).toEqual([300_500, 7500, 9500]);
  });

  test('means by its codes what a drive does', async () => {
    const { bare } = open();
    for (const [fault, meant] of [
      [graphError(507, 'quotaLimitReached'), 'drive-full'],
      [{ status: 507, body: '' }, 'drive-full'],
      [graphError(403, 'accessDenied'), 'drive-read-only'],
      [graphError(403, 'accessDenied', 'serviceReadOnly'), 'drive-read-only'],
      [graphError(400, 'invalidRequest', 'maxFileSizeExceeded'), 'drive-too-large'],
      [graphError(423, 'notAllowed', 'resourceLocked'), 'drive-busy'],
      [graphError(423, 'aCodeOfTomorrow'), 'drive-busy'],
      [graphError(412, 'resourceModified'), 'drive-busy'],
      [graphError(509, 'aCodeOfTomorrow'), 'drive-busy'],
      [graphError(500, 'generalException'), 'drive-failed'],
      [{ status: 413, body: 'no JSON' }, 'drive-too-large'],
      [{ status: 302, headers: { Location: 'https://elsewhere.example/' } }, 'drive-redirected'],
      [{ status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>hello</html>' }, 'drive-damaged'],
      [json(201, { id: 'other', name: 'config', size: 9 }), 'drive-damaged'],
    ] as const) {
      fake.interrupt(small, fault);
      expect(await codeOf(bare.create('config', someBytes(10))), JSON.stringify(fault)).toBe(meant);
    }
    for (const [matches, fault, meant] of [
      [session, graphError(507, 'quotaLimitReached'), 'drive-full'],
      [fragment, graphError(507, 'insufficientStorage', 'quotaLimitReached'), 'drive-full'],
      [fragment, graphError(503, 'serviceNotAvailable'), 'drive-busy'],
      [session, json(200, { uploadUrl: 'http://upload.example/' }), 'drive-damaged'],
    ] as const) {
      fake.interrupt(matches, fault);
      expect(await codeOf(bare.create('pack', someBytes(5 * mebibyte))), JSON.stringify(fault)).toBe(meant);
    }
    // What was begun is let go of.
    expect(calls(ending)).toBe(2);
    fake.interrupt(item, graphError(403, 'accessDenied'));
    expect(await codeOf(bare.size('config'))).toBe('drive-unauthorised');
  });

  test('renews a token that has ended, once for all who wait, and tells of the refresh token that came with it', async () => {
    const { bare, grants } = open();
    await bare.create('config', someBytes(100));
    fake.consent.endTokens();
    const [bytes, size] = await Promise.all([bare.read('config'), bare.size('config'), bare.create('index/one', someBytes(10))]);
    expect([bytes.length, size]).toEqual([100, 100]);
    expect(grants.length).toBeGreaterThan(0);
    fake.consent.endTokens();
    expect(await bare.size('config')).toBe(100);
    // Each of them is another one.
    expect(new Set(grants.map(({ refreshToken }) => refreshToken)).size).toBe(grants.length);
    expect(grants.every(({ refreshToken }) => refreshToken?.startsWith('refresh-'))).toBe(true);
  });

  test('goes on with an upload while its token ends', async () => {
    const bytes = someBytes(11 * mebibyte);
    let fragments = 0;
    const { bare, grants } = open({
      fetch: (url, init) => {
        if (init.method === 'PUT' && url.includes('/uploadSession/') && (fragments += 1) === 2) fake.consent.endTokens();
        return fake.fetch(url, init);
      },
    });
    await bare.create('data/00/pack', bytes);
    expect([fragments, grants.length]).toEqual([2, 0]);
    await kept('data/00/pack', bytes);
  });

  test('is signed out where consent was taken back, and where a new token is refused too', async () => {
    const { drive, bare, slept } = open();
    await drive.create('config', someBytes(100));
    fake.interrupt(item, graphError(401, 'InvalidAuthenticationToken'), 2);
    expect(await codeOf(bare.size('config'))).toBe('drive-signed-out');
    fake.consent.revoke();
    for (const call of [() => drive.size('config'), () => drive.list(''), () => drive.create('index/one', someBytes(10))])
      expect(await codeOf(call())).toBe('drive-signed-out');
    expect(slept).toEqual([]);
  });

  test('goes on where a fragment is lost, or its answer', async () => {
    const { bare } = open();
    const bytes = someBytes(25 * mebibyte);
    for (const [name, interruption] of [
      ['data/00/before', 'cut-before'],
      ['data/00/after', 'cut-after'],
    ] as const) {
      const before = calls(fragment);
      let seen = 0;
      fake.interrupt((request) => fragment(request) && (seen += 1) === 2, interruption);
      await bare.create(name, interruption === 'cut-before' ? bytes : new Blob([bytes]));
      // Three fragments, and the lost one once more; one whose answer was lost is there already.
      expect(calls(fragment) - before).toBe(interruption === 'cut-before' ? 4 : 3);
      await kept(name, bytes);
    }
    expect(calls(status)).toBe(2);
    expect(calls(session)).toBe(2);
  });

  test('asks where it is when a fragment is there already', async () => {
    const { bare } = open();
    const bytes = someBytes(11 * mebibyte);
    fake.interrupt(fragment, graphError(416, 'invalidRange', 'fragmentOverlap'));
    await bare.create('data/00/pack', bytes);
    await kept('data/00/pack', bytes);
    fake.interrupt(fragment, graphError(416, 'invalidRange', 'fragmentOverlap'), 3);
    expect(await codeOf(bare.create('data/00/other', bytes))).toBe('drive-damaged');
  });

  test('takes an upload for done whose last answer was lost', async () => {
    const { drive, bare, slept } = open();
    const bytes = someBytes(5 * mebibyte);
    fake.interrupt(fragment, 'cut-after');
    await bare.create('data/00/pack', bytes);
    await kept('data/00/pack', bytes);
    fake.interrupt(small, 'cut-after');
    await drive.create('config', someBytes(100));
    await kept('config', someBytes(100));
    fake.interrupt(({ method }) => method === 'DELETE', 'cut-after');
    await drive.remove('config');
    expect(await bare.size('config')).toBe(null);
    expect(slept).toHaveLength(2);
  });

  test('begins anew where an upload session has ended', async () => {
    const { drive, slept } = open({
      fetch: (url, init) => {
        if (init.method === 'PUT' && calls(fragment) === 1) fake.endUploads();
        return fake.fetch(url, init);
      },
    });
    const bytes = someBytes(11 * mebibyte);
    await drive.create('data/00/pack', bytes);
    expect(slept).toHaveLength(1);
    expect(calls(session)).toBe(2);
    await kept('data/00/pack', bytes);
  });

  test('keeps the first of two large files under one name', async () => {
    const [one, other] = [open().bare, open().bare];
    const contents = [someBytes(5 * mebibyte, 1), someBytes(5 * mebibyte, 2)] as const;
    const results = await Promise.all([codeOf(one.create('data/00/pack', contents[0])), codeOf(other.create('data/00/pack', contents[1]))]);
    expect(results.toSorted()).toEqual(['drive-exists', 'nothing']);
    await kept('data/00/pack', contents[results.indexOf('nothing')] ?? contents[0]);
    await one.create('data/00/pack', contents[results.indexOf('nothing')] ?? contents[0]);
  });

  test('makes the folders itself where the service does not', async () => {
    fake.makesFolders = false;
    const { bare } = open();
    await bare.create('a/b/c', someBytes(10));
    await bare.create('a/d/e', someBytes(5 * mebibyte));
    await bare.create('a/b/f', someBytes(10));
    expect(await namesIn(bare, '')).toEqual(['a/b/c', 'a/b/f', 'a/d/e']);
  });

  test('asks anew for an address that has ended, and for one once only', async () => {
    const { bare } = open();
    await bare.create('config', someBytes(1000));
    for (const fromByte of [0, 100, 200]) expect(await bare.read('config', { fromByte, toByte: fromByte + 10 })).toHaveLength(10);
    expect([calls(item), calls(download)]).toEqual([1, 3]);
    fake.endDownloads();
    expect(await bare.read('config')).toEqual(someBytes(1000));
    expect([calls(item), calls(download)]).toEqual([2, 5]);
    fake.interrupt(download, { status: 404 }, 2);
    expect(await codeOf(bare.read('config'))).toBe('drive-damaged');
    await bare.remove('config');
    expect(await codeOf(bare.read('config'))).toBe('drive-missing');
  });

  test('forgets an address after a while', async () => {
    let nowMs = Date.now();
    const { bare } = open({ nowMs: () => nowMs });
    await bare.create('config', someBytes(10));
    await bare.read('config');
    nowMs += 10 * 60_000;
    await bare.read('config');
    expect(calls(item)).toBe(2);
  });

  test('is given no page in place of a file', async () => {
    const { bare } = open();
    await bare.create('config', someBytes(10));
    fake.interrupt(download, { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>sign in</html>' });
    expect(await codeOf(bare.read('config'))).toBe('drive-damaged');
  });

  test('says where a listing may lack something', async () => {
    const { bare } = open();
    for (const name of ['data/00/a', 'data/00/b', 'data/01/c']) await bare.create(name, someBytes(5));
    const page = (value: readonly object[], more: object = {}): FakeAnswer => json(200, { value, ...more });
    const file = { name: 'a', size: 5, file: {} };
    const inFolder: Matches = (request) => children(request) && request.path.includes('/00:');
    for (const [answer, names, isSuspect] of [
      // Less than the folder says it has.
      [page([file]), ['data/00/a', 'data/01/c'], true],
      [page([file, { name: 'b', file: {} }]), ['data/00/a', 'data/01/c'], true],
      [graphError(404, 'itemNotFound'), ['data/01/c'], true],
      [page([file, { ...file, name: 'b' }, { ...file, name: 'b c' }]), ['data/00/a', 'data/00/b', 'data/01/c'], false],
      [
        page([file, { ...file, name: 'b' }], { '@odata.nextLink': 'https://elsewhere.example/v1.0/' }),
        ['data/00/a', 'data/00/b', 'data/01/c'],
        true,
      ],
    ] as const) {
      fake.interrupt(inFolder, answer);
      const listing = await bare.list('');
      expect([listing.entries.map(({ name }) => name).toSorted(), listing.isSuspect], JSON.stringify(answer)).toEqual([names, isSuspect]);
    }
    for (const body of ['{}', '{"value":[1]}', '{"value":']) {
      fake.interrupt(children, { status: 200, headers: { 'Content-Type': 'application/json' }, body });
      expect(await codeOf(bare.list(''))).toBe('drive-damaged');
    }
    expect(await bare.list('')).toMatchObject({ isSuspect: false });
  });

  test('keeps the case of names, and does not tell them apart by it', async () => {
    const { bare } = open();
    await bare.create('Data/Ab/Pack', someBytes(10));
    expect(await namesIn(bare, '')).toEqual(['Data/Ab/Pack']);
    expect(await codeOf(bare.create('data/ab/pack', someBytes(10, 2)))).toBe('drive-exists');
    expect(await codeOf(bare.create('data/ab', someBytes(10)))).toBe('drive-exists');
    expect(await bare.namesIn('')).toEqual(['Data']);
    expect(await bare.namesIn('nowhere/')).toEqual([]);
    expect(await bare.size('Data')).toBe(null);
    await bare.removeFolder('Data/');
    await bare.removeFolder('Data/');
    expect(await bare.namesIn('')).toEqual([]);
    expect(await codeOf(bare.removeFolder(''))).toBe('unexpected');
  });

  test('hears the time from what it wrote, where no header tells it', async () => {
    const { bare } = open({
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
    const { bare } = open();
    const error = await bare.read('nowhere').catch((thrown: unknown) => thrown);
    expect(error instanceof CamphorError && error.facts).toEqual({ status: 404, reason: 'itemnotfound' });
    for (const { path, query } of fake.requests) expect(`${path}?${query.toString()}`).not.toMatch(/token-|refresh-/);
  });

  test('is found without fault by the doctor, which leaves nothing there', async () => {
    const report = await examineDrive(configOf(fake, 'backups/'), { fetch: fake.fetch }, () => {});
    expect(report.steps.filter(({ outcome }) => outcome === 'failed' || outcome === 'limited')).toEqual([]);
    expect(report).toMatchObject({ usable: true, holds: 'nothing', traits: { refusesTaken: true, hasRanges: true } });
    expect(readdirSync(join(fake.folder, 'backups'))).toEqual([]);
  });

  test('keeps a backup that stock restic checks', async () => {
    await checkedByRestic(open().drive, join(fake.folder, 'backups'), password);
  });
});

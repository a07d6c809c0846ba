// Every fault at every request of a backup's writes (checks.md E2, E10): tried again where it may pass, said where it does not,
// and never a file under its name that is not whole.
import { describe, expect, test } from 'vitest';
import type { Drive } from '../../src/drives/drive';
import type { DriveEnvironment } from '../../src/drives/environment';
import { openDrive } from '../../src/drives/open-drive';
import { type DriveConfig, unknownTraits } from '../../src/model/drive';
import { CamphorError } from '../../src/model/error';
import { sameBytes, someBytes, testDrive } from './conformance';
import { createMemoryWebdav, type FaultKind, faultKinds, type MemoryWebdav } from './memory-webdav';

const config: DriveConfig = { kind: 'webdav', url: 'https://drive.example/dav/me/', username: 'me', password: 'secret' };

function environmentOf(server: MemoryWebdav, slept: number[] = []): Partial<DriveEnvironment> {
  return {
    fetch: server.fetch,
    sleep: async (ms) => void slept.push(ms),
    // The guard of one request only: nothing but a request that hangs takes so long here.
    startTimer: (ms, call) => {
      const timer = setTimeout(call, ms < 100_000 ? 20 : 60_000);
      return () => clearTimeout(timer);
    },
  };
}

testDrive('a WebDAV drive over fetch', async () => {
  const server = createMemoryWebdav();
  const open = (): Drive => openDrive(config, { ...unknownTraits, refusesTaken: true, isAtomic: true }, environmentOf(server));
  return { drive: open(), reopen: open };
});

const files = [
  { name: 'data/00/aa', bytes: someBytes(3000, 1), direct: true },
  { name: 'index/bb', bytes: someBytes(500, 2), direct: false },
  { name: 'snapshots/cc', bytes: someBytes(200, 3), direct: false },
];

/** Writes and reads as a backup does; gives the names that were acknowledged, and the error that ended it. */
async function run(drive: Drive): Promise<{ readonly acknowledged: readonly string[]; readonly error: CamphorError | null }> {
  const acknowledged: string[] = [];
  try {
    for (const { name, bytes, direct } of files) {
      await drive.create(name, bytes, { direct });
      acknowledged.push(name);
    }
    for (const { name, bytes } of files) expect(sameBytes(await drive.read(name), bytes)).toBe(true);
    const { entries } = await drive.list('');
    expect(entries.filter(({ name }) => !name.startsWith('tmp/'))).toHaveLength(files.length);
    return { acknowledged, error: null };
  } catch (error) {
    if (error instanceof CamphorError) return { acknowledged, error };
    throw error;
  }
}

/** Files that are to be seen under the names of a repository. */
function seen({ resources }: MemoryWebdav): Map<string, Uint8Array> {
  const found = [...resources].flatMap(([path, bytes]) => (bytes === null ? [] : [[path.slice('/dav/me/'.length), bytes] as const]));
  return new Map(found.filter(([name]) => !name.startsWith('tmp/')));
}

const readers = ['GET', 'PROPFIND'];

/** What is said of a fault that does not pass; null of others. A 401 before any other answer is a wrong password, later throttling. */
function lasting(kind: FaultKind, at: number): string | null {
  const codes: Partial<Record<FaultKind, string>> = {
    'status-403': 'drive-read-only',
    'status-413': 'drive-too-large',
    'status-507': 'drive-full',
    redirect: 'drive-redirected',
  };
  return kind === 'status-401' && at === 1 ? 'drive-unauthorised' : (codes[kind] ?? null);
}

describe('a backup over WebDAV', () => {
  for (const kind of faultKinds)
    test(`meets ${kind} at every request`, async () => {
      for (let at = 1; ; at++) {
        const server = createMemoryWebdav({ kind, at });
        const { acknowledged, error } = await run(openDrive(config, unknownTraits, environmentOf(server)));
        const isReached = server.requests.length >= at;
        const there = seen(server);
        for (const { name, bytes, direct } of files) {
          const found = there.get(name);
          if (acknowledged.includes(name)) expect(found && sameBytes(found, bytes), `${name} at ${at}`).toBe(true);
          if (found && !direct) expect(sameBytes(found, bytes), `${name} at ${at}`).toBe(true);
        }
        if (error === null) expect(there.size).toBe(files.length);
        const [method] = (server.requests[at - 1] ?? '').split(' ');
        // A 403 to a MOVE may mean a missing folder, which is made; that a temporary file could not be removed is nobody's loss.
        if (error !== null)
          expect(error.code).toBe(kind === 'status-403' && readers.includes(method ?? '') ? 'drive-unauthorised' : lasting(kind, at));
        if (lasting(kind, at) === null) expect(error).toBe(null);
        if (!isReached) break;
        expect(at).toBeLessThan(60);
      }
    });

  test('ends clearly when a fault lasts, and goes on from there later', async () => {
    for (const kind of faultKinds) {
      const server = createMemoryWebdav({ kind, at: 9, times: 10_000 });
      const broken = await run(openDrive(config, unknownTraits, environmentOf(server)));
      expect(broken.error, kind).not.toBe(null);
      const healthy = createMemoryWebdav();
      for (const [path, bytes] of server.resources) healthy.resources.set(path, bytes);
      const drive = openDrive(config, unknownTraits, environmentOf(healthy));
      for (const { name, bytes } of files) {
        const there = await drive.size(name);
        if (there !== bytes.length) {
          if (there !== null) await drive.remove(name);
          await drive.create(name, bytes);
        }
        expect(sameBytes(await drive.read(name), bytes)).toBe(true);
      }
    }
  });

  test('waits as long as a 429 asks', async () => {
    const slept: number[] = [];
    const server = createMemoryWebdav({ kind: 'status-429', at: 2 });
    await openDrive(config, unknownTraits, { ...environmentOf(server, slept), random: () => 0 }).list('');
    await openDrive(config, unknownTraits, { ...environmentOf(server, slept), random: () => 0 }).list('');
    expect(slept).toEqual([3000]);
  });

  test('sends the credentials to no other place, and in no address', async () => {
    const server = createMemoryWebdav({ kind: 'redirect', at: 3 });
    await run(openDrive(config, unknownTraits, environmentOf(server)));
    for (const request of server.requests) {
      expect(request).toContain(' https://drive.example/dav/me/');
      expect(request).not.toMatch(/secret|c2VjcmV0/);
    }
  });
});

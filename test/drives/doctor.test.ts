// The doctor against a server in memory that does one thing wrong at a time (checks.md E10).
import { describe, expect, test } from 'vitest';
import { examineDrive } from '../../src/drives/doctor';
import type { DriveEnvironment } from '../../src/drives/environment';
import type { DoctorReport, DriveConfig } from '../../src/model/drive';
import { arrivedBody } from './arrived-body';
import { createMemoryWebdav, type MemoryWebdav, multistatus } from './memory-webdav';

const config: DriveConfig = { kind: 'webdav', url: 'https://drive.example/dav/me/', username: 'me', password: 'secret' };

type Fetch = DriveEnvironment['fetch'];

/** Uploads that are to be cut wait for it; then nothing of them is there. */
const waitsForCut =
  (inner: Fetch, onCut: (url: string, init: RequestInit) => Promise<void> = async () => {}): Fetch =>
  (url, init) =>
    /\/cut-\d+$/.test(url) && init.method === 'PUT'
      ? new Promise((_, reject) => {
          init.signal?.addEventListener('abort', () => {
            void onCut(url, init).then(() => reject(new DOMException('', 'AbortError')));
          });
        })
      : inner(url, init);

const withDate: (inner: Fetch, date?: () => Date) => Fetch =
  (inner, date = () => new Date()) =>
  async (url, init) => {
    const answer = await inner(url, init);
    answer.headers.set('Date', date().toUTCString());
    return answer;
  };

async function examine(fetch: Fetch, more: Partial<DriveEnvironment> = {}, place: DriveConfig = config): Promise<DoctorReport> {
  return examineDrive(place, { fetch, sleep: async () => {}, pageOrigin: 'https://app.example', ...more }, () => {});
}

function remarks({ steps }: DoctorReport): string[] {
  return steps
    .filter(({ outcome }) => outcome !== 'ok' && outcome !== 'skipped')
    .map(({ id, outcome, finding }) => `${id} ${outcome} ${finding}`);
}

const ofVerb = (server: MemoryWebdav, verb: string, act: Fetch): Fetch =>
  withDate(waitsForCut((url, init) => (init.method === verb ? act(url, init) : server.fetch(url, init))));

describe('the doctor', () => {
  test('finds nothing wrong with a good server, and leaves nothing on it', async () => {
    const server = createMemoryWebdav();
    const report = await examine(withDate(waitsForCut(server.fetch)));
    expect(remarks(report)).toEqual([]);
    expect(report).toMatchObject({
      usable: true,
      holds: 'nothing',
      traits: { isAtomic: true, hasRanges: true, refusesTaken: true, listingLimit: null },
    });
    expect(report.traits.clockAheadMs).not.toBe(null);
  });

  test('says what limits a drive, and goes on', async () => {
    const server = createMemoryWebdav();
    const cases: readonly (readonly [string, Fetch, object])[] = [
      ['clock limited clock-hidden', waitsForCut(server.fetch), { clockAheadMs: null }],
      ['clock limited clock-skew', withDate(waitsForCut(server.fetch), () => new Date(Date.now() - 86_400_000)), {}],
      [
        'range limited no-range',
        ofVerb(server, 'GET', (url, init) => server.fetch(url, { ...init, headers: { ...init.headers, Range: '' } })),
        { hasRanges: false },
      ],
      [
        'no-overwrite limited overwrites',
        ofVerb(server, 'MOVE', (url, init) => server.fetch(url, { ...init, headers: { ...init.headers, Overwrite: 'T' } })),
        { refusesTaken: false },
      ],
      ['remove limited not-removable', ofVerb(server, 'DELETE', async () => new Response('', { status: 403 })), {}],
      [
        'cut-upload limited stub-left',
        withDate(
          waitsForCut(
            server.fetch,
            async (url, init) =>
              void server.resources.set(new URL(url).pathname, ((await arrivedBody(init)) as Uint8Array<ArrayBuffer>).slice(0, 9)),
          ),
        ),
        { isAtomic: false },
      ],
    ];
    for (const [remark, fetch, traits] of cases) {
      const report = await examine(fetch);
      expect(remarks(report), remark).toEqual([remark]);
      expect(report.usable).toBe(true);
      expect(report.traits).toMatchObject(traits);
    }
  });

  test('suspects a folder that holds as much as a cut listing', async () => {
    const server = createMemoryWebdav();
    const all: [string, Uint8Array][] = Array.from({ length: 750 }, (_, index) => [`/dav/me/f${index}`, new Uint8Array(1)]);
    const report = await examine(
      ofVerb(server, 'PROPFIND', async (url, init) =>
        new URL(url).pathname === '/dav/me/'
          ? new Response(multistatus([['/dav/me', null], ...all]), { status: 207 })
          : server.fetch(url, init),
      ),
    );
    expect(remarks(report)).toEqual(['list limited listing-cut']);
    expect(report).toMatchObject({ usable: true, holds: 'other-files', traits: { listingLimit: 750 } });
  });

  test('says what makes a drive of no use, and skips the rest', async () => {
    const answers =
      (status: number, body = '', type = 'text/plain'): Fetch =>
      async () =>
        new Response(body, { status, headers: { 'Content-Type': type } });
    const server = createMemoryWebdav();
    const cut: Fetch = async (url, init) =>
      server.fetch(url, { ...init, body: ((await arrivedBody(init)) as Uint8Array<ArrayBuffer>).slice(1) });
    const cases: readonly (readonly [string, Fetch])[] = [
      ['reach failed no-answer', async () => Promise.reject(new TypeError('network'))],
      ['sign-in failed wrong-credentials', answers(401)],
      ['sign-in failed redirected', answers(302)],
      ['sign-in failed captive-portal', answers(200, '<!DOCTYPE html>', 'text/html')],
      ['sign-in failed not-a-drive', answers(405)],
      ['sign-in failed not-a-drive', answers(207, '<feed/>')],
      ['folder failed not-writable', ofVerb(server, 'MKCOL', answers(403))],
      ['write failed quota', ofVerb(server, 'PUT', answers(507))],
      ['write failed quota', ofVerb(server, 'PUT', answers(413))],
      ['write failed not-writable', ofVerb(server, 'PUT', answers(403))],
      ['write failed size-differs', ofVerb(server, 'PUT', cut)],
    ];
    for (const [remark, fetch] of cases) {
      const report = await examine(fetch);
      expect(remarks(report), remark).toEqual([remark]);
      expect(report.usable).toBe(false);
    }
  });

  test('asks no server by plain http from a page of https, but for this machine’s own', async () => {
    const server = createMemoryWebdav();
    const over = (url: string): Promise<DoctorReport> =>
      examine(withDate(waitsForCut(server.fetch)), {}, { ...config, url } as DriveConfig);
    expect(remarks(await over('http://nas.local/dav/me/'))).toEqual(['reach failed mixed-content']);
    expect(server.requests).toEqual([]);
    expect(remarks(await over('http://127.0.0.1:8080/dav/me/'))).toEqual([]);
  });
});

// What servers write, and what is made of it: hrefs, namespaces, statuses, pages, listings that may be cut.
import { describe, expect, test } from 'vitest';
import type { Drive } from '../../src/drives/drive';
import { createWebdavDrive } from '../../src/drives/webdav';
import { isCutCount } from '../../src/drives/webdav-listing';
import { unknownTraits, type WebdavConfig } from '../../src/model/drive';
import { CamphorError } from '../../src/model/error';
import { codeOf, someBytes } from './conformance';
import { createMemoryWebdav, multistatus } from './memory-webdav';

const config: WebdavConfig = { kind: 'webdav', url: 'https://drive.example/d%C3%A4v', username: 'Zoë', password: '密码:1' };

function listingOf(xml: string, status = 207): ReturnType<typeof createWebdavDrive> {
  return createWebdavDrive(config, unknownTraits, { fetch: async () => new Response(xml, { status }) });
}

const response = (href: string, inner: string): string => `<response><href>${href}</href>${inner}</response>`;
const found = (sizeBytes: number): string =>
  `<propstat><prop><getcontentlength>${sizeBytes}</getcontentlength><resourcetype/></prop><status>HTTP/1.1 200 OK</status></propstat>`;
const listing = (...responses: string[]): string => `<multistatus xmlns="DAV:">${responses.join('')}</multistatus>`;

describe('listings of WebDAV', () => {
  test('know a file by its path, however it is written', async () => {
    for (const href of [
      '/d%C3%A4v/index/a',
      '/d%c3%a4v/index/a',
      'https://drive.example/d%C3%A4v/index/a',
      'http://inner:8080/d%C3%A4v/index/%61',
      './a',
    ])
      expect(await listingOf(listing(response('/d%C3%A4v/index/', ''), response(href, found(5)))).list('index'), href).toEqual({
        entries: [{ name: 'index/a', sizeBytes: 5 }],
        isSuspect: false,
      });
  });

  test('leave out what is elsewhere or has no name of ours, and suspect what cannot be read', async () => {
    const self = response('/d%C3%A4v/index/', '');
    const suspect = async (...more: string[]): Promise<unknown> => listingOf(listing(self, ...more)).list('index');
    expect(await suspect(response('/d%C3%A4v/index/Gr%C3%BC%C3%9Fe.txt', found(5)), response('/d%C3%A4v/index/.hidden', found(5)))).toEqual(
      {
        entries: [],
        isSuspect: false,
      },
    );
    for (const odd of [
      response('/elsewhere/a', found(5)),
      response('/d%C3%A4v/index/%zz', found(5)),
      response('/d%C3%A4v/index/../../../etc/passwd', found(5)),
      response('/d%C3%A4v/index/a', '<status>HTTP/1.1 507 Insufficient Storage</status>'),
      response('/d%C3%A4v/index/a', '<propstat><prop><resourcetype/></prop><status>HTTP/1.1 200 OK</status></propstat>'),
      response('/d%C3%A4v/index/a', found(5).replace('>5<', '>-5<')),
      response('/d%C3%A4v/index/a', found(5).replace('200 OK', '403 Forbidden')),
    ])
      expect(await suspect(odd), odd).toEqual({ entries: [], isSuspect: true });
    expect(await suspect(response('/d%C3%A4v/index/a', '<status>HTTP/1.1 404 Not Found</status>'))).toEqual({
      entries: [],
      isSuspect: false,
    });
  });

  test('are no listing where they are anything else', async () => {
    for (const [body, status] of [
      ['<html><body>Sign in<br></body></html>', 207],
      ['<!DOCTYPE x [<!ENTITY a "b">]><multistatus xmlns="DAV:"/>', 207],
      ['<multistatus xmlns="urn:other"/>', 207],
      [listing().slice(0, -3), 207],
      ['', 207],
      [listing(), 200],
    ] as const)
      expect(await codeOf(listingOf(body, status).list('')), body).toBe('drive-damaged');
  });

  test('are suspect when they hold as many entries as a page of a server that cuts them', async () => {
    const names = (count: number): [string, Uint8Array][] =>
      Array.from({ length: count }, (_, index) => [`/däv/index/f${index}`, new Uint8Array(1)]);
    for (const [count, isSuspect] of [
      [748, false],
      [749, true],
      [750, true],
      [751, false],
    ] as const)
      expect((await listingOf(multistatus([['/däv/index', null], ...names(count)])).list('index')).isSuspect, String(count)).toBe(
        isSuspect,
      );
    expect([10, 100, 250, 498, 501, 1001, 1234].filter((count) => isCutCount(count, null))).toEqual([]);
    expect([499, 500, 1000, 1500, 5000].filter((count) => !isCutCount(count, null))).toEqual([]);
    expect([48, 49, 50, 51].map((count) => isCutCount(count, 50))).toEqual([false, true, true, true]);
  });

  test('do not lead round in circles', async () => {
    const drive = createWebdavDrive(config, unknownTraits, {
      fetch: async (url) => new Response(multistatus([[`${decodeURIComponent(new URL(url).pathname)}again`, null]]), { status: 207 }),
    });
    expect(await codeOf(drive.list(''))).toBe('drive-damaged');
  });
});

describe('requests of WebDAV', () => {
  test('sign in by UTF-8, without cookies, caches or redirects', async () => {
    const sent: [string, RequestInit][] = [];
    const drive = createWebdavDrive(config, unknownTraits, {
      fetch: async (url, init) => {
        sent.push([url, init]);
        return new Response('', { status: 404 });
      },
    });
    await drive.size('config');
    const [[url, init] = ['', {}]] = sent;
    expect(url).toBe('https://drive.example/d%C3%A4v/config');
    expect(init).toMatchObject({
      method: 'PROPFIND',
      credentials: 'omit',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
    });
    await drive.read('config').catch(() => {});
    expect(sent[1]?.[1]).toMatchObject({ method: 'GET', credentials: 'omit', cache: 'no-store', redirect: 'manual' });
    const authorization = new Headers(init.headers).get('authorization') ?? '';
    expect(Buffer.from(authorization.slice('Basic '.length), 'base64').toString('utf8')).toBe('Zoë:密码:1');
    expect(new Headers(init.headers).get('depth')).toBe('1');
  });

  test('cut a whole file that came in place of a range, and refuse another range, a cut file and a page', async () => {
    const bytes = someBytes(1000);
    const read = async (body: Uint8Array<ArrayBuffer> | string, init: ResponseInit): Promise<unknown> => {
      const drive = createWebdavDrive(config, unknownTraits, { fetch: async () => new Response(body, init) });
      return drive
        .read('data/a', { fromByte: 10, toByte: 20 })
        .catch((error: unknown) => (error instanceof CamphorError ? error.code : error));
    };
    expect(await read(bytes, { status: 200 })).toEqual(bytes.slice(10, 20));
    expect(await read(bytes.slice(10, 20), { status: 206 })).toEqual(bytes.slice(10, 20));
    expect(await read(bytes.slice(0, 10), { status: 206, headers: { 'Content-Range': 'bytes 0-9/1000' } })).toBe('drive-damaged');
    expect(await read(bytes.slice(10, 15), { status: 206, headers: { 'Content-Length': '10' } })).toBe('drive-damaged');
    const page = createWebdavDrive(config, unknownTraits, {
      fetch: async () => new Response('\n<html>', { headers: { 'Content-Type': 'text/html' } }),
    });
    expect(await codeOf(page.read('data/a'))).toBe('drive-damaged');
    expect(await codeOf(page.remove('data/a'))).toBe('drive-damaged');
  });

  test('move by a path where a proxy in front of the server knows no addresses', async () => {
    const destinations: string[] = [];
    let there = false;
    const drive = createWebdavDrive(
      config,
      { ...unknownTraits, refusesTaken: true },
      {
        fetch: async (url, init) => {
          const headers = new Headers(init.headers);
          const path = decodeURIComponent(new URL(url).pathname);
          if (init.method === 'PROPFIND')
            return new Response(there || path.includes('/tmp/') ? multistatus([[path, new Uint8Array(3)]]) : '', { status: 207 });
          if (init.method !== 'MOVE') return new Response(null, { status: 201 });
          const destination = headers.get('destination') ?? '';
          destinations.push(destination);
          there = destination.startsWith('/');
          return new Response(null, { status: there ? 201 : 502 });
        },
      },
    );
    await drive.create('config', someBytes(3));
    expect(destinations).toEqual(['https://drive.example/d%C3%A4v/config', '/d%C3%A4v/config']);
  });
});

describe('writing to WebDAV', () => {
  const account: WebdavConfig = { kind: 'webdav', url: 'https://drive.example/dav/me', username: 'me', password: 'secret' };

  test('sends a pack once, though it is the first in its folder', async () => {
    const { fetch, requests, resources } = createMemoryWebdav();
    const drive = createWebdavDrive(account, unknownTraits, { fetch });
    const pack = new Uint8Array(100_000).fill(1);
    for (const name of ['data/aa/one', 'data/bb/two', 'data/aa/three']) await drive.create(name, new Blob([pack]), { direct: true });
    expect(requests.filter((request) => request.startsWith('PUT'))).toHaveLength(3);
    // `data/`, once more for its answer where it is there, and one for each folder below it.
    expect(requests.filter((request) => request.startsWith('MKCOL'))).toHaveLength(4);
    resources.delete('/dav/me/data/bb/two');
    resources.delete('/dav/me/data/bb');
    await drive.create('data/bb/four', new Blob([pack]), { direct: true });
    expect(resources.get('/dav/me/data/bb/four')).toEqual(pack);
  });

  test('does not look for a pack in a folder that it has just made, and in no other case replaces one', async () => {
    const { fetch, requests, resources } = createMemoryWebdav();
    const open = (own = fetch): Drive => createWebdavDrive(account, unknownTraits, { fetch: own });
    const pack = new Uint8Array(100_000).fill(1);
    const other = new Blob([new Uint8Array(100_000).fill(2)]);
    const verbs = async (drive: Drive, name: string): Promise<readonly string[]> => {
      const before = requests.length;
      await drive.create(name, new Blob([pack]), { direct: true });
      return requests.slice(before).map((request) => request.split(' ')[0] ?? '');
    };
    const drive = open();
    await drive.create('data/aa/one', new Blob([pack]), { direct: true });
    expect(await verbs(drive, 'data/bb/two')).toEqual(['MKCOL', 'PUT', 'PROPFIND']);
    expect(await verbs(drive, 'data/aa/three')).toEqual(['PROPFIND', 'PUT', 'PROPFIND']);
    // Another device, to whom all folders are new; and a server that answers that it made them each time, as rclone's does.
    const forgetful = open(async (url, init) => {
      const answer = await fetch(url, init);
      return init.method === 'MKCOL' && answer.status === 405 ? new Response(null, { status: 201 }) : answer;
    });
    for (const again of [drive, open(), forgetful])
      for (const name of ['data/aa/one', 'data/bb/two'])
        expect(await codeOf(again.create(name, other, { direct: true })), name).toBe('drive-exists');
    expect(await verbs(forgetful, 'data/cc/four')).toEqual(['MKCOL', 'PROPFIND', 'PUT', 'PROPFIND']);
    for (const name of ['aa/one', 'bb/two', 'aa/three', 'cc/four']) expect(resources.get(`/dav/me/data/${name}`)).toEqual(pack);
  });
});

// The connection doctor against real servers, from Node: what each of them does, as backup.md's table has it.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { examineDrive } from '../../src/drives/doctor';
import { openDrive } from '../../src/drives/open-drive';
import { type DoctorReport, type DriveConfig, doctorStepIds, unknownTraits } from '../../src/model/drive';
import { someBytes } from '../drives/conformance';
import { startApache } from './servers/apache';
import { stallingFetch } from './servers/cut-put';
import { startNginx } from './servers/nginx';
import { startRclone } from './servers/rclone';
import { startS3rver } from './servers/s3rver';
import type { RunningServer } from './servers/server-process';
import { startSmallS3 } from './servers/small-s3';

const account = { username: 'owner', password: 'secret' };
const stops: (() => Promise<void>)[] = [];
afterEach(async () => void (await Promise.all(stops.splice(0).map((stop) => stop()))));

/** Steps that are not simply fine, as `step: finding`. */
function remarks({ steps }: DoctorReport): string[] {
  return steps.filter(({ outcome }) => outcome !== 'ok').map(({ id, outcome, finding }) => `${id}: ${finding ?? outcome}`);
}

async function examine(config: DriveConfig): Promise<DoctorReport> {
  const reported: string[] = [];
  // A line to this machine is too quick to cut anything on it by the clock.
  const environment = { fetch: stallingFetch(/\/cut-\d+$/) };
  const report = await examineDrive(config, environment, ({ id }) => void reported.push(id));
  expect(reported).toEqual([...doctorStepIds]);
  return report;
}

function webdav(server: RunningServer, more = ''): DriveConfig {
  stops.push(() => server.stop());
  return { kind: 'webdav', url: server.url + more, ...account };
}

describe('the doctor', () => {
  test('finds Apache and nginx without fault, and leaves nothing there', async () => {
    for (const start of [startApache, startNginx]) {
      const server = await start(account);
      const report = await examine(webdav(server));
      expect(remarks(report)).toEqual([]);
      expect(report).toMatchObject({ usable: true, holds: 'nothing', traits: { isAtomic: true, hasRanges: true, refusesTaken: true } });
      expect(Math.abs(report.traits.clockAheadMs ?? Number.NaN)).toBeLessThan(60_000);
      expect(readdirSync(server.folder)).toEqual([]);
    }
  });

  test('sees that rclone leaves what was cut', async () => {
    const server = await startRclone(account);
    const report = await examine(webdav(server));
    expect(remarks(report)).toEqual(['cut-upload: stub-left']);
    expect(report).toMatchObject({ usable: true, traits: { isAtomic: false, refusesTaken: true } });
    expect(readdirSync(server.folder)).toEqual([]);
  });

  test('sees that s3rver overwrites and leaves what was cut', async () => {
    const server = await startS3rver({ prefix: 'here/' });
    stops.push(() => server.stop());
    const report = await examine(server.config);
    expect(remarks(report)).toEqual(['no-overwrite: overwrites', 'cut-upload: stub-left']);
    expect(report.holds).toBe('nothing');
    expect((await openDrive(server.config, unknownTraits).list('')).entries).toEqual([]);
  });

  test('finds a strict S3 without fault', async () => {
    const { config, objects, stop } = await startSmallS3({ prefix: 'here/' });
    stops.push(stop);
    expect(remarks(await examine(config))).toEqual([]);
    expect([...objects]).toEqual([]);
  });

  test('tells what the folder holds', async () => {
    const server = await startNginx(account);
    const config = webdav(server);
    writeFileSync(join(server.folder, 'Holiday 你好.jpg'), 'x');
    expect((await examine(config)).holds).toBe('other-files');
    const drive = openDrive(config, unknownTraits);
    await drive.create('config', someBytes(10));
    await drive.create('keys/one', someBytes(10));
    expect((await examine(config)).holds).toBe('repository');
  });

  test('tells wrong credentials, a wrong address, and a folder that cannot be written', async () => {
    const server = await startApache(account);
    const config = webdav(server);
    const wrong = await examine({ ...config, password: 'other' } as DriveConfig);
    expect(remarks(wrong)[0]).toBe('sign-in: wrong-credentials');
    expect(wrong).toMatchObject({ usable: false, holds: 'unknown' });
    expect(remarks(await examine({ ...config, url: 'http://127.0.0.1:9/' } as DriveConfig))[0]).toBe('reach: no-answer');

    const readOnly = await startApache({
      ...account,
      more: '<Location "/camphor/fixed/">\n<LimitExcept GET HEAD OPTIONS PROPFIND>\nRequire all denied\n</LimitExcept>\n</Location>',
    });
    mkdirSync(join(readOnly.folder, 'fixed'));
    expect(remarks(await examine(webdav(readOnly, 'fixed/')))[0]).toBe('folder: not-writable');
  });

  test('tells a web server that is no drive, and one that answers with pages', async () => {
    let answer = { status: 200, type: 'text/html; charset=utf-8', body: '<!doctype html><p>Sign in to the hotel’s network' };
    const server = createServer((_, response) => response.writeHead(answer.status, { 'Content-Type': answer.type }).end(answer.body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => new Promise((resolve) => void server.close(() => resolve())));
    const config: DriveConfig = { kind: 'webdav', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, ...account };
    expect(remarks(await examine(config))[0]).toBe('sign-in: captive-portal');
    answer = { status: 405, type: 'text/plain', body: 'Method Not Allowed' };
    expect(remarks(await examine(config))[0]).toBe('sign-in: not-a-drive');
    answer = { status: 207, type: 'application/xml', body: '<other/>' };
    expect(remarks(await examine(config))[0]).toBe('sign-in: not-a-drive');
    answer = { status: 302, type: 'text/plain', body: '' };
    expect(remarks(await examine(config))[0]).toBe('sign-in: redirected');
  });
});

// The suite of all drives, against WebDAV servers as Debian has them.
import { mkdirSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWebdavDrive } from '../../src/drives/webdav';
import { type DriveTraits, unknownTraits, type WebdavConfig } from '../../src/model/drive';
import { codeOf, type DriveUnderTest, someBytes, testDrive } from '../drives/conformance';
import { startApache } from './servers/apache';
import { cuttingFetch } from './servers/cut-put';
import { startNginx } from './servers/nginx';
import { startRclone } from './servers/rclone';
import type { RunningServer, WebdavServerOptions } from './servers/server-process';

const account: WebdavServerOptions = { username: 'Zoë 张', password: 'pass:wörd 密码' };

const servers: readonly [name: string, start: (options: WebdavServerOptions) => Promise<RunningServer>, traits: Partial<DriveTraits>][] = [
  ['Apache', startApache, { isAtomic: true, refusesTaken: true }],
  ['nginx', startNginx, { isAtomic: true, refusesTaken: true }],
  ['rclone', startRclone, { isAtomic: false, refusesTaken: true }],
];

for (const [name, start, known] of servers)
  describe(name, () => {
    let server: RunningServer;
    let places = 0;
    beforeAll(async () => (server = await start(account)));
    afterAll(() => server?.stop());

    const traits = { ...unknownTraits, ...known };
    const open = async (): Promise<DriveUnderTest> => {
      places += 1;
      // Every second place is there; the others are made by the drive.
      if (places % 2 === 0) {
        mkdirSync(join(server.folder, `place ${places} 地方`));
        chmodSync(join(server.folder, `place ${places} 地方`), 0o777);
      }
      const config: WebdavConfig = { kind: 'webdav', url: `${server.url}place ${places} 地方/`, ...account };
      return {
        drive: createWebdavDrive(config, traits),
        reopen: () => createWebdavDrive(config, traits),
        cutCreate: async (file, bytes) =>
          expect(await codeOf(createWebdavDrive(config, traits, { fetch: cuttingFetch }).create(file, bytes))).toBe('drive-unreachable'),
      };
    };

    // mod_dav looks whether the name is taken, then moves: of two at once both may be told that theirs is there (seen once).
    testDrive('as a drive', open, { flaws: ['two-may-win'] });

    test('refuses a wrong password', async () => {
      const drive = createWebdavDrive({ kind: 'webdav', url: server.url, username: account.username, password: 'other' });
      const calls = [drive.list(''), drive.size('a'), drive.read('a'), drive.create('a', someBytes(1)), drive.remove('a')];
      expect(await Promise.all(calls.map(codeOf))).toEqual(calls.map(() => 'drive-unauthorised'));
    });

    test('keeps a file that a server not yet known would replace', async () => {
      const { drive } = await open();
      await drive.create('config', someBytes(10, 1));
      const unknowing = createWebdavDrive({ kind: 'webdav', url: `${server.url}place ${places} 地方/`, ...account });
      expect(await codeOf(unknowing.create('config', someBytes(10, 2)))).toBe('drive-exists');
      expect(await drive.read('config')).toEqual(someBytes(10, 1));
    });
  });

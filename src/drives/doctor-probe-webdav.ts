// The doctor's ways with a WebDAV server.

import { unknownTraits, type WebdavConfig } from '../model/drive';
import type { DriveProbe } from './doctor-probe';
import type { DriveEnvironment } from './environment';
import { webdavDriveOver } from './webdav';
import { createWebdavClient } from './webdav-client';
import { createFolderMaker } from './webdav-folders';
import { isCutCount, nameOf } from './webdav-listing';

/** `scratch` is the name of a folder that is not there yet. */
export function probeWebdav(config: WebdavConfig, scratch: string, environment: DriveEnvironment): DriveProbe {
  const top = createWebdavClient(config, environment);
  const client = createWebdavClient({ ...config, url: top.urlOf(`${scratch}/`) }, environment);
  return {
    drive: webdavDriveOver(client, { ...unknownTraits, refusesTaken: true }, environment),
    url: top.root.href,
    async lookAtTop() {
      const resources = (await top.propfind('')) ?? [];
      const names = resources.map((resource) => nameOf(top, '', resource)).filter((name) => name !== null && name !== '');
      return { names: names as string[], isCut: isCutCount(names.length, null) };
    },
    makeFolder: () => createFolderMaker(top).makeFor(`${scratch}/file`),
    async upload(name, body, cut) {
      const answer = await client.send('PUT', name, { ...cut, body, headers: { 'Content-Type': 'application/octet-stream' } });
      await client.complete('PUT', answer);
    },
    async hasRange(name) {
      const answer = await client.send('GET', name, { headers: { Range: 'bytes=10-19' } });
      return answer.status === 206 && (await answer.readBytes(0, 100)).length === 10;
    },
    async removeFolder() {
      await (await client.send('DELETE', '')).discard();
    },
  };
}

// A drive over WebDAV. What a server may be trusted with was measured with Apache, nginx, rclone and others: only a MOVE with
// `Overwrite: F` never replaces a file, so a file is written under `tmp/`, its size seen, and then moved. No locks, no ETags,
// no conditions, no infinite depth.

import { type DriveTraits, unknownTraits, type WebdavConfig } from '../model/drive';
import { CamphorError } from '../model/error';
import type { Drive } from './drive';
import { completeEnvironment, type DriveEnvironment } from './environment';
import { rangeHeaders, readFileBytes, readNothing } from './http-file';
import { checkName, folderPrefix } from './name';
import { temporaryName } from './temporary-name';
import { createWebdavClient, type WebdavClient } from './webdav-client';
import { createFolderMaker } from './webdav-folders';
import { listWebdav } from './webdav-listing';
import { findFile, moveToName, putDirect, putSized, type WebdavWriter } from './webdav-write';

/** Opens it; nothing is sent before the first call. */
export function createWebdavDrive(config: WebdavConfig, traits: DriveTraits = unknownTraits, parts: Partial<DriveEnvironment> = {}): Drive {
  const environment = completeEnvironment(parts);
  return webdavDriveOver(createWebdavClient(config, environment), traits, environment);
}

/** The same over a client that is at hand. */
export function webdavDriveOver(client: WebdavClient, traits: DriveTraits, environment: DriveEnvironment): Drive {
  const drive: Drive = {
    traits,
    list: (folder) => listWebdav(client, folderPrefix(folder).replace(/\/$/, ''), traits),
    async read(name, range) {
      checkName(name);
      if (range && range.fromByte >= range.toByte) return readNothing(drive, name);
      const answer = await client.send('GET', name, { headers: rangeHeaders(range) });
      const bytes = await readFileBytes(answer, range);
      if (bytes === null) throw await client.refuse('GET', answer);
      return bytes;
    },
    async size(name) {
      const file = await findFile(client, checkName(name));
      if (file?.sizeBytes === null) throw new CamphorError('drive-damaged', { step: 'size' });
      return file?.sizeBytes ?? null;
    },
    async create(name, content, options) {
      checkName(name);
      if (options?.direct) return putDirect(writer, name, content);
      // The MOVE of a server that was not yet seen to refuse may replace what is there.
      if (!traits.refusesTaken && (await drive.size(name)) !== null) throw new CamphorError('drive-exists');
      const temporary = temporaryName(environment);
      await putSized(writer, temporary, content);
      await moveToName(writer, { temporary, name, content });
    },
    async remove(name) {
      const answer = await client.send('DELETE', checkName(name));
      if (answer.status === 404 || answer.status === 410) return answer.discard();
      await client.complete('DELETE', answer);
    },
    nowMs: async () => client.clock.nowMs(),
  };
  const writer: WebdavWriter = { client, drive, folders: createFolderMaker(client) };
  return drive;
}

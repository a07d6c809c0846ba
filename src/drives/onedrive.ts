// A drive in the app's own folder at OneDrive, of a person or at work, by Microsoft Graph.

import { CamphorError } from '../model/error';
import type { CloudDrive, CloudParts } from './cloud';
import { type CloudClient, createCloudClient } from './cloud-client';
import { contentBytes, type FileContent } from './file-content';
import { readNothing } from './http-file';
import { checkName, folderPrefix } from './name';
import { createOnedriveDownloads } from './onedrive-download';
import { errorOfGraphFault, readGraphFault } from './onedrive-errors';
import { itemUrl, readItem } from './onedrive-items';
import { listChildren, listOnedrive } from './onedrive-listing';
import { createOnedriveUploads } from './onedrive-upload';
import { sameContent } from './same-content';

/** Opens it; nothing is sent before the first call. Scope: `Files.ReadWrite.AppFolder`. */
export function createOnedrive({ access, folder: top, traits, environment }: CloudParts): CloudDrive {
  const client = createCloudClient(access, environment, async (answer, isWrite) =>
    errorOfGraphFault(await readGraphFault(answer, environment.nowMs()), isWrite),
  );
  const downloads = createOnedriveDownloads(client, environment.nowMs);
  const uploads = createOnedriveUploads(client);
  const drive: CloudDrive = {
    traits,
    list: (folder) => listOnedrive(client, top, folderPrefix(folder).replace(/\/$/, '')),
    async read(name, range) {
      checkName(name);
      if (range && range.fromByte >= range.toByte) return readNothing(drive, name);
      return downloads.read(top + name, range);
    },
    size: async (name) => sizeOf(client, top + checkName(name)),
    async create(name, content) {
      const path = top + checkName(name);
      downloads.forget(path);
      const uploaded = await uploads.put(path, content);
      if (typeof uploaded === 'string') return settle(drive, name, content, uploaded);
      // The time of what was written this moment is the service's clock, and may be read where its `Date` header may not.
      if (client.clock.nowMs() === null) client.clock.hear(uploaded.modified);
      const sizeBytes = uploaded.sizeBytes ?? (await sizeOf(client, path));
      if (sizeBytes !== contentBytes(content)) throw new CamphorError('drive-damaged', { step: 'size' });
    },
    async remove(name) {
      downloads.forget(top + checkName(name));
      await removeItem(client, top + name);
    },
    nowMs: async () => client.clock.nowMs(),
    async namesIn(folder) {
      const children = await listChildren(client, (top + folderPrefix(folder)).replace(/\/$/, ''));
      return children?.items.map(({ name }) => name) ?? [];
    },
    removeFolder: async (folder) => removeItem(client, top + checkName(folder.replace(/\/$/, ''))),
  };
  return drive;
}

/** The size of the file at a path below the app's folder; null where there is none. */
async function sizeOf(client: CloudClient, path: string): Promise<number | null> {
  const answer = await client.send({ method: 'GET', url: `${itemUrl(path)}?$select=id,size,file,folder`, headers: {} }, [404]);
  if (answer.status === 404) {
    await answer.discard();
    return null;
  }
  const { isFolder, sizeBytes } = await readItem(answer);
  if (sizeBytes === null && !isFolder) throw new CamphorError('drive-damaged', { step: 'size' });
  return sizeBytes;
}

/** Returns where the name has this content already; else throws what an upload that made no file means. */
async function settle(drive: CloudDrive, name: string, content: FileContent, outcome: 'taken' | 'ended'): Promise<void> {
  if (await sameContent(drive, name, content)) return;
  // An upload session that has gone may have left no file.
  if (outcome === 'ended' && (await drive.size(name)) === null) throw new CamphorError('drive-damaged', { step: 'upload' });
  throw new CamphorError('drive-exists');
}

/** Takes away a file, or a folder with all that is in it; one that is not there is gone already. */
async function removeItem(client: CloudClient, path: string): Promise<void> {
  await (await client.send({ method: 'DELETE', url: itemUrl(path), headers: {} }, [404])).discard();
}

// A drive in a folder of its own in the owner's Google Drive, of which the app sees what it made itself (scope `drive.file`).

import { hashBytes } from '../crypto/hashes';
import { CamphorError } from '../model/error';
import type { CloudDrive, CloudParts } from './cloud';
import { type CloudClient, createCloudClient, readJson } from './cloud-client';
import type { ByteRange } from './drive';
import { contentBytes, type FileContent, readContent } from './file-content';
import { errorOfGoogleFault, readGoogleFault } from './google-errors';
import { fileFields, fileOf, filesUrl, type GoogleFile } from './google-files';
import { createGoogleFolders, type GoogleFolders } from './google-folders';
import { childrenOf, listGoogleDrive } from './google-listing';
import { createGoogleNames, type GoogleNames } from './google-names';
import { createGoogleUploads, type GoogleUploads } from './google-upload';
import { rangeHeaders, readFileBytes, readNothing } from './http-file';
import { checkName, folderPrefix } from './name';
import { sameContent } from './same-content';

/** Opens it; nothing is sent before the first call. */
export function createGoogleDrive({ access, folder: top, traits, environment }: CloudParts): CloudDrive {
  const client = createCloudClient(access, environment, async (answer, isWrite) =>
    errorOfGoogleFault(await readGoogleFault(answer, environment.nowMs()), isWrite),
  );
  const folders = createGoogleFolders(client);
  const names = createGoogleNames(client, folders);
  const uploads = createGoogleUploads(client, environment.random);
  const foldersAt = (folder: string): Promise<readonly string[]> => folders.find((top + folder).replace(/\/$/, ''), 'fresh');
  const drive: CloudDrive = {
    traits,
    async list(folder) {
      const prefix = folderPrefix(folder);
      return listGoogleDrive(client, prefix.replace(/\/$/, ''), await foldersAt(prefix));
    },
    async read(name, range) {
      checkName(name);
      if (range && range.fromByte >= range.toByte) return readNothing(drive, name);
      return names.withFile(top + name, (file) => readFile(client, file, range));
    },
    size: async (name) => sizeOf((await names.findAnywhere(top + checkName(name)))[0]),
    create: async (name, content) => create({ client, folders, names, uploads, drive }, top + checkName(name), name, content),
    async remove(name) {
      for (const { id } of await names.findAnywhere(top + checkName(name))) await removeFile(client, id);
      names.forget(top + name);
    },
    nowMs: async () => client.clock.nowMs(),
    namesIn: async (folder) => (await childrenOf(client, await foldersAt(folderPrefix(folder)))).files.map(({ name }) => name),
    async removeFolder(folder) {
      for (const id of await foldersAt(`${checkName(folder.replace(/\/$/, ''))}/`)) await removeFile(client, id);
      folders.forget();
    },
  };
  return drive;
}

async function readFile(client: CloudClient, { id }: GoogleFile, range: ByteRange | undefined): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await client.send({ method: 'GET', url: `${filesUrl}/${id}?alt=media`, headers: rangeHeaders(range) }, [416]);
  const bytes = await readFileBytes(answer, range);
  if (bytes === null) throw new CamphorError('drive-failed', { status: answer.status });
  return bytes;
}

interface Parts {
  readonly client: CloudClient;
  readonly folders: GoogleFolders;
  readonly names: GoogleNames;
  readonly uploads: GoogleUploads;
  readonly drive: CloudDrive;
}

async function create(parts: Parts, path: string, name: string, content: FileContent): Promise<void> {
  const { client, names, drive } = parts;
  if ((await names.findAll(path)).length > 0) return settle(drive, name, content);
  const ours = await upload(parts, path, content);
  // The time of what was written this moment is the service's clock, and may be read where its `Date` header may not.
  if (client.clock.nowMs() === null) client.clock.hear(ours.createdTime);
  await checkUploaded(client, ours, content);
  const [oldest] = await names.findAll(path);
  if (oldest === undefined) return checkPlace(parts, ours);
  if (oldest.id === ours.id) return;
  // Two at once: the older one stays, for both.
  await removeFile(client, ours.id);
  return settle(drive, name, content);
}

/** Returns where the name has this content already. */
async function settle(drive: CloudDrive, name: string, content: FileContent): Promise<void> {
  if (!(await sameContent(drive, name, content))) throw new CamphorError('drive-exists');
}

async function upload({ folders, uploads }: Parts, path: string, content: FileContent): Promise<GoogleFile> {
  const cut = path.lastIndexOf('/');
  for (let tried = 1; tried <= 2; tried++) {
    const [parentId] = await folders.find(path.slice(0, Math.max(0, cut)), 'make');
    const ours = parentId === undefined ? 'no-folder' : await uploads.put({ name: path.slice(cut + 1), parentId, content });
    if (ours !== 'no-folder') return ours;
    folders.forget();
  }
  throw new CamphorError('drive-damaged', { step: 'folder' });
}

/** Throws `drive-damaged` where other bytes arrived, and takes them away. */
async function checkUploaded(client: CloudClient, ours: GoogleFile, content: FileContent): Promise<void> {
  const hash = ours.sha256 === null ? null : await hashBytes(await readContent(content));
  if (ours.sizeBytes === contentBytes(content) && ours.sha256 === hash) return;
  await removeFile(client, ours.id);
  throw new CamphorError('drive-damaged', { step: ours.sizeBytes === contentBytes(content) ? 'hash' : 'size' });
}

/** A file that is not found by its name is found a little later, or lies in a folder that is in the trash. */
async function checkPlace({ client, folders }: Parts, ours: GoogleFile): Promise<void> {
  const url = `${filesUrl}/${ours.id}?${new URLSearchParams({ fields: fileFields }).toString()}`;
  const { isTrashed } = fileOf(await readJson(await client.send({ method: 'GET', url, headers: {} })));
  if (!isTrashed) return;
  folders.forget();
  await removeFile(client, ours.id);
  throw new CamphorError('drive-damaged', { step: 'folder' });
}

/** The size of a file; null where there is none. Throws `drive-damaged` where it is not told. */
function sizeOf(file: GoogleFile | undefined): number | null {
  if (file !== undefined && file.sizeBytes === null) throw new CamphorError('drive-damaged', { step: 'size' });
  return file?.sizeBytes ?? null;
}

/** For good, past the trash; of a folder all that is in it too. */
async function removeFile(client: CloudClient, id: string): Promise<void> {
  await (await client.send({ method: 'DELETE', url: `${filesUrl}/${id}`, headers: {} }, [404])).discard();
}

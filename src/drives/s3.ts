// A drive in a bucket of an S3 service. A PUT there is whole or not at all; `If-None-Match: *` refuses a name that is taken
// where the service knows it, and is passed over or refused elsewhere.

import { type DriveTraits, type S3Config, unknownTraits } from '../model/drive';
import { CamphorError } from '../model/error';
import type { Drive } from './drive';
import { completeEnvironment, type DriveEnvironment } from './environment';
import { contentBytes, type FileContent } from './file-content';
import { rangeHeaders, readFileBytes, readNothing } from './http-file';
import { checkName, folderPrefix } from './name';
import { createS3Client, type S3Client } from './s3-client';
import { listPages } from './s3-listing';
import { sameContent } from './same-content';

/** Opens it; nothing is sent before the first call. */
export function createS3Drive(config: S3Config, traits: DriveTraits = unknownTraits, parts: Partial<DriveEnvironment> = {}): Drive {
  return s3DriveOver(createS3Client(config, completeEnvironment(parts)), config.prefix, traits);
}

/** The same over a client that is at hand. */
export function s3DriveOver(client: S3Client, prefix: string, traits: DriveTraits): Drive {
  const put = createPut(client);
  const drive: Drive = {
    traits,
    async list(folder) {
      const below = folderPrefix(folder);
      return listPages(prefix, (token) => client.askPage(below, token));
    },
    async read(name, range) {
      checkName(name);
      if (range && range.fromByte >= range.toByte) return readNothing(drive, name);
      const answer = await client.send('GET', name, { headers: rangeHeaders(range) }, [416]);
      const bytes = await readFileBytes(answer, range);
      if (bytes === null) throw new CamphorError('drive-failed', { status: answer.status });
      return bytes;
    },
    size: async (name) => (await head(client, checkName(name)))?.sizeBytes ?? null,
    async create(name, content) {
      checkName(name);
      if (!traits.refusesTaken && (await drive.size(name)) !== null) throw new CamphorError('drive-exists');
      const isTaken = (await put(name, content)) === 'taken';
      if (isTaken && !(await sameContent(drive, name, content))) throw new CamphorError('drive-exists');
      if (isTaken) return;
      const there = await head(client, name);
      // The date of what was written this moment is the service's clock, and may be read where its `Date` header may not.
      if (client.clock.nowMs() === null) client.clock.hear(there?.modified ?? null);
      if (there?.sizeBytes !== contentBytes(content)) throw new CamphorError('drive-damaged', { step: 'size' });
    },
    async remove(name) {
      await (await client.send('DELETE', checkName(name), {}, [404])).discard();
    },
    nowMs: async () => client.clock.nowMs(),
  };
  return drive;
}

/** What the service says of an object; null where there is none. */
async function head(client: S3Client, name: string): Promise<{ readonly sizeBytes: number; readonly modified: string | null } | null> {
  const answer = await client.send('HEAD', name, {}, [404]);
  await answer.discard();
  if (answer.status === 404) return null;
  const length = answer.headers.get('content-length') ?? '';
  if (!/^\d{1,15}$/.test(length)) throw new CamphorError('drive-damaged', { step: 'size' });
  return { sizeBytes: Number(length), modified: answer.headers.get('last-modified') };
}

/** A PUT that replaces nothing, as far as the service can be asked for that. */
function createPut(client: S3Client): (name: string, content: FileContent) => Promise<'created' | 'taken'> {
  let knowsCondition = true;
  return async (name, content) => {
    const headers = { 'Content-Type': 'application/octet-stream' };
    if (knowsCondition) {
      const accepts = [304, 400, 412, 501];
      const answer = await client.send('PUT', name, { body: content, headers: { ...headers, 'If-None-Match': '*' } }, accepts);
      await answer.discard();
      if (answer.status === 304 || answer.status === 412) return 'taken';
      if (!accepts.includes(answer.status)) return 'created';
    }
    // 400 and 501 may mean that the condition is not known; if they mean something else, they come again.
    await (await client.send('PUT', name, { body: content, headers })).discard();
    knowsCondition = false;
    return 'created';
  };
}

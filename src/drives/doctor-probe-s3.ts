// The doctor's ways with a bucket.

import { type S3Config, unknownTraits } from '../model/drive';
import type { DriveProbe } from './doctor-probe';
import type { DriveEnvironment } from './environment';
import { s3DriveOver } from './s3';
import { createS3Client } from './s3-client';

/** `scratch` is the name of a folder that is not there yet. */
export function probeS3(config: S3Config, scratch: string, environment: DriveEnvironment): DriveProbe {
  const top = createS3Client(config, environment);
  const prefix = `${config.prefix}${scratch}/`;
  const client = createS3Client({ ...config, prefix }, environment);
  const drive = s3DriveOver(client, prefix, { ...unknownTraits, refusesTaken: true });
  return {
    drive,
    url: top.urlOf(null),
    async lookAtTop() {
      const page = await top.askPage('', null, { delimiter: '/' });
      const keys = [...page.objects.map(({ key }) => key), ...page.prefixes];
      return { names: keys.map((key) => key.slice(config.prefix.length).replace(/\/$/, '')).filter((name) => name !== ''), isCut: false };
    },
    makeFolder: async () => {},
    async upload(name, body, cut) {
      await (await client.send('PUT', name, { ...cut, body, headers: { 'Content-Type': 'application/octet-stream' } })).discard();
    },
    async hasRange(name) {
      const answer = await client.send('GET', name, { headers: { Range: 'bytes=10-19' } });
      return answer.status === 206 && (await answer.readBytes(0, 100)).length === 10;
    },
    async removeFolder() {
      const { entries } = await drive.list('');
      for (const { name } of entries) await drive.remove(name);
    },
  };
}

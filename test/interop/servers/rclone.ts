// `rclone serve webdav` over a folder. Its uploads are not atomic, and Debian's version knows no CORS: a model of many drives.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort, findProgram, makeServerFolder, type RunningServer, startProgram, type WebdavServerOptions } from './server-process';

export async function startRclone({ origin, username, password }: WebdavServerOptions): Promise<RunningServer> {
  if (origin !== undefined) throw new Error('Debian 12’s rclone has no --allow-origin');
  const program = findProgram(['/usr/bin/rclone'], 'rclone');
  const root = makeServerFolder('rclone');
  const folder = join(root, 'files');
  const port = await findFreePort();
  mkdirSync(folder);
  const parameters = ['serve', 'webdav', folder, '--addr', `127.0.0.1:${port}`, '--user', username, '--pass', password];
  const environment = { RCLONE_CONFIG: join(root, 'rclone.conf') };
  const { stop } = await startProgram({ command: program, parameters, environment, port, folder: root });
  return { url: `http://127.0.0.1:${port}/`, folder, stop };
}

// Debian's nginx with its WebDAV modules, and the CORS configuration that the doctor advises.
import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { adviceFor } from '../../../src/drives/doctor-advice';
import {
  findFreePort,
  findProgram,
  htpasswdLine,
  isRoot,
  makeServerFolder,
  type RunningServer,
  startProgram,
  type WebdavServerOptions,
} from './server-process';

export async function startNginx({ origin, username, password }: WebdavServerOptions): Promise<RunningServer> {
  const program = findProgram(['/usr/sbin/nginx'], 'nginx');
  const module = findProgram(['/usr/lib/nginx/modules/ngx_http_dav_ext_module.so'], 'libnginx-mod-http-dav-ext');
  const root = makeServerFolder('nginx');
  const folder = join(root, 'files');
  const port = await findFreePort();
  for (const each of ['files', 'bodies', 'other']) mkdirSync(join(root, each));
  const advice = origin === undefined ? '' : (adviceFor('cors-missing', 'nginx', { origin, place: '/' }) ?? '');
  writeFileSync(join(root, 'passwords'), htpasswdLine(username, password));
  const other = ['proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${root}/other/${name};`).join(' ');
  writeFileSync(
    join(root, 'nginx.conf'),
    `load_module ${module};
daemon off;
pid ${root}/nginx.pid;
error_log ${root}/errors.log;
${isRoot ? `user ${userInfo().username};` : ''}
worker_processes 1;
events {}
http {
  access_log off;
  client_max_body_size 0;
  client_body_temp_path ${root}/bodies;
  ${other}
  server {
    listen 127.0.0.1:${port};
    root ${folder};
    location / {
${advice}
      auth_basic files;
      auth_basic_user_file ${root}/passwords;
      dav_methods PUT DELETE MKCOL COPY MOVE;
      dav_ext_methods PROPFIND OPTIONS;
      create_full_put_path on;
    }
  }
}
`,
  );
  const { stop } = await startProgram({ command: program, parameters: ['-c', join(root, 'nginx.conf')], port, folder: root });
  return { url: `http://127.0.0.1:${port}/`, folder, stop };
}

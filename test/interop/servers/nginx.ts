// Debian's nginx with its WebDAV modules, in the very configuration that the app tells its owner to paste.
import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { serverBlocks } from '../../../src/ui/backups/server-snippets';
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
  const folder = join(root, 'files/camphor');
  const port = await findFreePort();
  for (const each of ['files/camphor', 'bodies', 'other']) mkdirSync(join(root, each), { recursive: true });
  const advised = (serverBlocks('nginx', origin ?? '', '')[0] ?? '')
    .replace('root /srv;', `root ${root}/files;`)
    .replace('/etc/nginx/camphor.htpasswd', `${root}/passwords`);
  const allowing = origin === undefined ? advised.replaceAll(/^.*Access-Control-.*$/gm, '') : advised;
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
  client_body_temp_path ${root}/bodies;
  ${other}
  server {
    listen 127.0.0.1:${port};
    ${allowing}
  }
}
`,
  );
  const { stop } = await startProgram({ command: program, parameters: ['-c', join(root, 'nginx.conf')], port, folder: root });
  return { url: `http://127.0.0.1:${port}/camphor/`, folder, stop };
}

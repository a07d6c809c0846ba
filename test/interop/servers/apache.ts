// Debian's apache2 with mod_dav, in the very configuration that the app tells its owner to paste.
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
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

export interface ApacheOptions extends WebdavServerOptions {
  /** Asks for a password on OPTIONS too, which no browser can give: the commonest fault. */
  readonly asksOnOptions?: boolean;
  /** Lines for the end of the configuration. */
  readonly more?: string;
}

const modules = ['mpm_event', 'authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_basic', 'dav', 'dav_fs', 'headers', 'mime'];

export async function startApache(options: ApacheOptions): Promise<RunningServer> {
  const program = findProgram(['/usr/sbin/apache2', '/usr/sbin/httpd'], 'apache2');
  const root = makeServerFolder('apache');
  const folder = join(root, 'files/camphor');
  const port = await findFreePort();
  for (const each of [folder, join(root, 'locks')]) {
    mkdirSync(each, { recursive: true });
    chmodSync(each, 0o777);
  }
  writeFileSync(join(root, 'passwords'), htpasswdLine(options.username, options.password));
  writeFileSync(join(root, 'apache.conf'), configuration(root, port, options));
  const parameters = ['-D', 'FOREGROUND', '-f', join(root, 'apache.conf')];
  const { stop } = await startProgram({ command: program, parameters, port, folder: root });
  return { url: `http://127.0.0.1:${port}/camphor/`, folder, stop };
}

function configuration(root: string, port: number, { origin, asksOnOptions, more }: ApacheOptions): string {
  // A module may be built in.
  const paths = modules.map((name) => [name, `/usr/lib/apache2/modules/mod_${name}.so`] as const).filter(([, path]) => existsSync(path));
  const advised = (serverBlocks('apache', origin ?? '', '')[0] ?? '').replace('/etc/apache2/camphor.htpasswd', `${root}/passwords`);
  const allowing = origin === undefined ? advised.replaceAll(/^.*Access-Control-.*$/gm, '') : advised;
  return `ServerRoot ${root}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${root}/apache.pid
ErrorLog ${root}/errors.log
${paths.map(([name, path]) => `LoadModule ${name}_module ${path}`).join('\n')}
TypesConfig /dev/null
${isRoot ? 'User www-data\nGroup www-data' : ''}
DavLockDB ${root}/locks/lock
DocumentRoot ${root}/files
${asksOnOptions ? allowing.replace('Require method OPTIONS', '') : allowing}
${more ?? ''}
`;
}

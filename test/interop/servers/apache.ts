// Debian's apache2 with mod_dav, and the CORS configuration that the doctor advises.
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
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

export interface ApacheOptions extends WebdavServerOptions {
  /** Asks for a password on OPTIONS too, which no browser can give: the commonest fault. */
  readonly asksOnOptions?: boolean;
  /** Lines for the end of the configuration. */
  readonly more?: string;
}

const modules = [
  'mpm_event',
  'authn_core',
  'authn_file',
  'authz_core',
  'authz_user',
  'auth_basic',
  'dav',
  'dav_fs',
  'headers',
  'mime',
  'setenvif',
  'alias',
];

export async function startApache(options: ApacheOptions): Promise<RunningServer> {
  const program = findProgram(['/usr/sbin/apache2', '/usr/sbin/httpd'], 'apache2');
  const root = makeServerFolder('apache');
  const folder = join(root, 'files');
  const port = await findFreePort();
  for (const each of [folder, join(root, 'locks')]) {
    mkdirSync(each);
    chmodSync(each, 0o777);
  }
  writeFileSync(join(root, 'passwords'), htpasswdLine(options.username, options.password));
  writeFileSync(join(root, 'apache.conf'), configuration(root, port, options));
  const { stop } = await startProgram({
    command: program,
    parameters: ['-D', 'FOREGROUND', '-f', join(root, 'apache.conf')],
    port,
    folder: root,
  });
  return { url: `http://127.0.0.1:${port}/`, folder, stop };
}

function configuration(root: string, port: number, { origin, asksOnOptions, more }: ApacheOptions): string {
  // A module may be built in.
  const paths = modules.map((name) => [name, `/usr/lib/apache2/modules/mod_${name}.so`] as const).filter(([, path]) => existsSync(path));
  const advice = origin === undefined ? '' : adviceFor('cors-missing', 'apache', { origin, place: '/' });
  const withoutOptions = advice?.replace('    Require method OPTIONS\n', '') ?? '';
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
<Directory ${root}/files>
  Dav On
  AuthType Basic
  AuthName files
  AuthUserFile ${root}/passwords
  Require valid-user
</Directory>
${asksOnOptions ? withoutOptions : (advice ?? '')}
${more ?? ''}
`;
}

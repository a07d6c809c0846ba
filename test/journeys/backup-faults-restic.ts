// Stock restic on a WebDAV server, through rclone: what it writes is the server's own, as for an owner at another computer.
import { execFileSync } from 'node:child_process';
import { makeRestic, type Restic } from '../interop/restic';

/** Works on `chest` below the server's address. */
export function makeResticByRclone(
  url: string,
  account: { readonly username: string; readonly password: string },
  password: string,
): Promise<Restic> {
  const obscured = execFileSync('rclone', ['obscure', account.password], { encoding: 'utf8' }).trim();
  const remote = { TYPE: 'webdav', URL: url, VENDOR: 'other', USER: account.username, PASS: obscured };
  const env = Object.fromEntries(Object.entries(remote).map(([key, value]) => [`RCLONE_CONFIG_ATTIC_${key}`, value]));
  return makeRestic({ repository: 'rclone:attic:chest', password, env });
}

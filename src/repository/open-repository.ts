// Opening a repository that is there, by a password or by the master key that a device remembers.

import { CamphorError } from '../model/error';
import { fileName, listFiles } from './file-names';
import { createContext } from './context';
import type { RepositoryEnvironment } from './environment';
import { openKeyFile } from './key-file';
import type { MasterKey } from './master-key';
import { makeRepository } from './make-repository';
import { checkPresent, readConfig, readOwnConfig } from './presence';
import { unpackRemembered } from './remembered-key';
import type { FileId, Repository } from './repository';
import { isError, tryTwice } from './stored-file';

export type { RepositoryEnvironment } from './environment';

/** Exactly one of the two. `masterKey`: what `exportMasterKey` gave. */
export type RepositoryUnlock =
  | { readonly password: string; readonly masterKey?: undefined }
  | { readonly masterKey: Uint8Array; readonly password?: undefined };

export type OpenRepositoryOptions = RepositoryEnvironment & RepositoryUnlock;

/** As stock restic: more key files are not tried. */
const keyLimit = 20;

interface Unlocked {
  readonly key: MasterKey;
  readonly keyFileId: FileId | null;
}

/** Tries each key file; damaged ones are passed over. What went wrong is told only where none opened. */
async function unlock({ drive }: RepositoryEnvironment, password: string): Promise<Unlocked> {
  const { sizes } = await listFiles(drive, 'keys');
  let fault = new CamphorError(sizes.size === 0 ? 'repository-damaged' : 'wrong-secret', sizes.size === 0 ? { what: 'keys' } : {});
  let damaged = 0;
  for (const id of [...sizes.keys()].slice(0, keyLimit)) {
    try {
      const key = await tryTwice(async () => openKeyFile(await drive.read(fileName('keys', id)), id, password));
      if (key) return { key, keyFileId: id };
    } catch (error) {
      if (!isError(error, 'damaged', 'drive-missing', 'secret-costs-too-much')) throw error;
      if (error.code === 'secret-costs-too-much') fault = error;
      else damaged += 1;
    }
  }
  // With a sound file that did not open the password is to blame, as far as can be known.
  if (damaged > 0 && damaged === Math.min(sizes.size, keyLimit)) throw new CamphorError('repository-damaged', { what: 'keys' });
  throw fault;
}

async function openRemembered(options: RepositoryEnvironment, masterKey: Uint8Array): Promise<Repository> {
  const { key, config: known } = await unpackRemembered(masterKey);
  const config = await readOwnConfig(options, key, known.id);
  return makeRepository(createContext(options, { key, config, keyFileId: null }));
}

/**
 * Opens a repository of version 1 or 2. Throws CamphorError `no-repository`; `wrong-secret` where no key file opens by the
 * password, or the remembered key is another repository's; `repository-damaged` with `facts.what` `config` (see
 * `restoreConfig`) or `keys` (none can be read: a device that remembers the master key can still open it, and add one);
 * `newer-repository`; `secret-costs-too-much`; and what the drive throws.
 */
export async function openRepository(options: OpenRepositoryOptions): Promise<Repository> {
  await checkPresent(options);
  if (options.masterKey !== undefined) return openRemembered(options, options.masterKey);
  const opened = await unlock(options, options.password);
  return makeRepository(createContext(options, { ...opened, config: await readConfig(options, opened.key) }));
}

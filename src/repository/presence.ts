// Whether a repository lies where it should, and is the one that it was.

import { CamphorError } from '../model/error';
import { readConfigFile, type RepositoryConfig } from './config-file';
import type { RepositoryContext } from './context';
import type { RepositoryEnvironment } from './environment';
import { configName, fileName, listFiles } from './file-names';
import type { MasterKey } from './master-key';
import { isError, tryTwice } from './stored-file';
import { openJson } from './unpacked';

/** Throws CamphorError `repository-damaged` where it is gone or cannot be read. */
export async function readConfig({ drive }: RepositoryEnvironment, key: MasterKey): Promise<RepositoryConfig> {
  try {
    return await tryTwice(async () => readConfigFile(key, await drive.read(configName)));
  } catch (error) {
    if (isError(error, 'damaged', 'drive-missing')) throw new CamphorError('repository-damaged', { what: 'config' });
    throw error;
  }
}

async function hasKeys({ drive }: RepositoryEnvironment): Promise<boolean> {
  return (await listFiles(drive, 'keys')).sizes.size > 0;
}

/** Throws CamphorError `no-repository` for a place that holds none, `repository-damaged` for one that has lost its config. */
export async function checkPresent(environment: RepositoryEnvironment): Promise<void> {
  if ((await environment.drive.size(configName)) !== null) return;
  if (await hasKeys(environment)) throw new CamphorError('repository-damaged', { what: 'config' });
  throw new CamphorError('no-repository');
}

/** True where snapshots are there and the key opens none of the first: the place holds another repository now. */
async function isAnother({ drive, codec }: RepositoryEnvironment, key: MasterKey): Promise<boolean> {
  const { sizes } = await listFiles(drive, 'snapshots');
  const some = [...sizes.keys()].slice(0, 3);
  for (const id of some) {
    try {
      await openJson(key, { id, bytes: await drive.read(fileName('snapshots', id)) }, 'snapshot', codec);
      return false;
    } catch (error) {
      if (!isError(error, 'damaged', 'drive-missing')) throw error;
    }
  }
  return some.length > 0;
}

/** The config of that repository. Throws CamphorError `wrong-secret` where another one lies there, `repository-damaged`. */
export async function readOwnConfig(environment: RepositoryEnvironment, key: MasterKey, id: string): Promise<RepositoryConfig> {
  try {
    const config = await readConfig(environment, key);
    if (config.id === id) return config;
  } catch (error) {
    if (!isError(error, 'repository-damaged') || !(await isAnother(environment, key))) throw error;
  }
  throw new CamphorError('wrong-secret');
}

/**
 * For a repository that was opened a while ago: what is written into a place that was emptied meanwhile could be read by nobody.
 * Throws CamphorError `no-repository`, `repository-damaged`, `wrong-secret` where another lies there.
 */
export async function checkStillThere({ environment, key, config }: RepositoryContext): Promise<void> {
  await checkPresent(environment);
  await readOwnConfig(environment, key, config.id);
}

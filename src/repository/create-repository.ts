// Making a repository: a key file, then the config. Two devices may do so at once; then one config stands, and both use it.

import { CamphorError } from '../model/error';
import { makeConfigFile, readConfigFile, type RepositoryConfig } from './config-file';
import { createContext } from './context';
import type { RepositoryEnvironment } from './environment';
import { configName, fileName, listFiles } from './file-names';
import { makeKeyFile, openKeyFile, scryptCost } from './key-file';
import { makeMasterKey, type MasterKey } from './master-key';
import { makeRepository } from './make-repository';
import { openRepository } from './open-repository';
import type { FileId, Repository } from './repository';
import { checkPassword } from './repository-keys';
import { isError, writeStored } from './stored-file';

export interface CreateRepositoryOptions extends RepositoryEnvironment {
  /** As `Repository.addKey` takes it. */
  readonly password: string;
  /** Of the first key: `passphrase`, `recovery`, … */
  readonly label: string;
  /** Default 2; 1 is for tests beside stock restic. */
  readonly version?: 1 | 2;
}

const settleMs = 200;
/** How often one who sees another's key file looks whether the other's config has come. */
const polls = 10;

async function writeKey(options: CreateRepositoryOptions, master: MasterKey): Promise<FileId> {
  const { password, label, hostname, random, drive } = options;
  const cost = options.scryptCost ?? scryptCost(null);
  const file = await makeKeyFile({ password, label, hostname, master, cost, createdAtMs: options.nowMs(), random });
  await writeStored(drive, fileName('keys', file.id), file, { readBack: true });
  if ((await openKeyFile(file.bytes, file.id, password)) === null) throw new CamphorError('unexpected');
  return file.id;
}

/** True once another device's config is there; false where only a dead one's key file is. */
async function comesAnother({ drive, sleep }: CreateRepositoryOptions, ownKey: FileId): Promise<boolean> {
  await sleep(settleMs);
  const { sizes } = await listFiles(drive, 'keys');
  const others = [...sizes.keys()].filter((id) => id !== ownKey);
  if (others.length === 0) return (await drive.size(configName)) !== null;
  const isFirst = others.every((id) => ownKey < id);
  for (let poll = 0; poll < (isFirst ? polls / 2 : polls); poll += 1) {
    if ((await drive.size(configName)) !== null) return true;
    await sleep(settleMs);
  }
  return false;
}

/** Null where another's config stands in the end. */
async function writeConfig(options: CreateRepositoryOptions, key: MasterKey): Promise<RepositoryConfig | null> {
  const { drive, random, sleep, version } = options;
  const { config, bytes } = await makeConfigFile(key, random, version);
  try {
    await drive.create(configName, bytes);
  } catch (error) {
    if (isError(error, 'drive-exists')) return null;
    throw error;
  }
  // A drive that does not refuse taken names may have let another config replace this one.
  await sleep(settleMs);
  try {
    return (await readConfigFile(key, await drive.read(configName))).id === config.id ? config : null;
  } catch (error) {
    if (isError(error, 'damaged')) return null;
    throw error;
  }
}

/** The other's repository, by the same password; our key file, which opens nothing, goes. */
async function adopt(options: CreateRepositoryOptions, ownKey: FileId): Promise<Repository> {
  await options.drive.remove(fileName('keys', ownKey));
  try {
    return await openRepository(options);
  } catch (error) {
    if (isError(error, 'wrong-secret')) throw new CamphorError('repository-exists', {}, error);
    throw error;
  }
}

/**
 * Makes a repository. Throws CamphorError `repository-exists` where there is one (also one that another device made at
 * the same time under another password; under the same, that one is opened), `secret-too-weak`, and what the drive throws.
 */
export async function createRepository(options: CreateRepositoryOptions): Promise<Repository> {
  checkPassword(options.password);
  if ((await options.drive.size(configName)) !== null) throw new CamphorError('repository-exists');
  const key = await makeMasterKey(options.random);
  const keyFileId = await writeKey(options, key);
  if (await comesAnother(options, keyFileId)) return adopt(options, keyFileId);
  const config = await writeConfig(options, key);
  if (config === null) return adopt(options, keyFileId);
  return makeRepository(createContext(options, { key, config, keyFileId }));
}

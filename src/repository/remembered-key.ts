// What a device may remember of a repository: the master key, and the config in case that is lost on the drive.

import { CamphorError } from '../model/error';
import { sealConfigFile, type RepositoryConfig } from './config-file';
import type { RepositoryEnvironment } from './environment';
import { configName, listFiles } from './file-names';
import { importMasterKey, masterKeyBytes, type MasterKey } from './master-key';
import { count, damagedUnless, fields, id, parseJson } from './stored-json';

export interface Remembered {
  readonly key: MasterKey;
  readonly config: RepositoryConfig;
}

/** The master key's 64 bytes, then the config as JSON. Whoever has them has the repository. */
export function packRemembered({ key, config }: Remembered): Uint8Array<ArrayBuffer> {
  const about = new TextEncoder().encode(JSON.stringify({ version: config.version, id: config.id, polynomial: config.chunkerPolynomial }));
  const bytes = new Uint8Array(masterKeyBytes + about.length);
  bytes.set(key.bytes);
  bytes.set(about, masterKeyBytes);
  return bytes;
}

/** The inverse. Throws CamphorError `damaged`. */
export async function unpackRemembered(bytes: Uint8Array): Promise<Remembered> {
  damagedUnless(bytes.length > masterKeyBytes);
  const about = fields(parseJson(bytes.subarray(masterKeyBytes)));
  const version = count(about['version'], 2);
  const polynomial = about['polynomial'];
  damagedUnless((version === 1 || version === 2) && typeof polynomial === 'string');
  const config: RepositoryConfig = { version, id: id(about['id']), chunkerPolynomial: polynomial };
  return { key: await importMasterKey(bytes.subarray(0, masterKeyBytes)), config };
}

/**
 * Writes the config of a repository that lost it, from what a device remembers; one that is there but does not open has to
 * be moved away first. Throws CamphorError `repository-exists` where there is one, `no-repository` where there is nothing
 * to restore it for.
 */
export async function restoreConfig(
  { drive, random }: Pick<RepositoryEnvironment, 'drive' | 'random'>,
  masterKey: Uint8Array,
): Promise<void> {
  const { key, config } = await unpackRemembered(masterKey);
  if ((await drive.size(configName)) !== null) throw new CamphorError('repository-exists');
  const { sizes } = await listFiles(drive, 'snapshots');
  if (sizes.size === 0) throw new CamphorError('no-repository');
  await drive.create(configName, await sealConfigFile(key, config, random));
}

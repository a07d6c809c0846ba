// The file `config`: which repository this is, in which version of the format. Sealed JSON, in no version compressed.

import type { RandomBytes } from '../crypto/random';
import { CamphorError } from '../model/error';
import type { MasterKey } from './master-key';
import { makePolynomial } from './polynomial';
import { seal, unseal } from './seal';
import { count, damagedUnless, fields, id, parseJson } from './stored-json';

export const newestVersion = 2;
/** A config has some 200 bytes. */
export const configLimitBytes = 64 * 1024;

export interface RepositoryConfig {
  readonly version: 1 | 2;
  /** 64 hex digits, random. */
  readonly id: string;
  /** See polynomial.ts; '' where the file has none. */
  readonly chunkerPolynomial: string;
}

/** A new repository's config and its file. */
export async function makeConfigFile(
  key: MasterKey,
  random: RandomBytes,
  version: 1 | 2 = newestVersion,
): Promise<{ readonly config: RepositoryConfig; readonly bytes: Uint8Array<ArrayBuffer> }> {
  const id = Array.from(random(32), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const config: RepositoryConfig = { version, id, chunkerPolynomial: makePolynomial(random) };
  return { config, bytes: await sealConfigFile(key, config, random) };
}

/** A config's file: for one that was lost on the drive, from what a device remembers. */
export function sealConfigFile(key: MasterKey, config: RepositoryConfig, random: RandomBytes): Promise<Uint8Array<ArrayBuffer>> {
  const json = { version: config.version, id: config.id, chunker_polynomial: config.chunkerPolynomial };
  return seal(key, new TextEncoder().encode(JSON.stringify(json)), random);
}

/** Throws CamphorError `damaged`; `newer-repository` (with `facts.version`) for a version that is not known. */
export async function readConfigFile(key: MasterKey, bytes: Uint8Array<ArrayBuffer>): Promise<RepositoryConfig> {
  damagedUnless(bytes.length <= configLimitBytes);
  const config = fields(parseJson(await unseal(key, bytes)));
  const version = count(config['version'], Number.MAX_SAFE_INTEGER);
  if (version > newestVersion) throw new CamphorError('newer-repository', { version });
  damagedUnless(version === 1 || version === 2);
  const polynomial = config['chunker_polynomial'] ?? '';
  damagedUnless(typeof polynomial === 'string' && /^[0-9a-f]{0,16}$/.test(polynomial));
  return { version, id: id(config['id']), chunkerPolynomial: polynomial };
}

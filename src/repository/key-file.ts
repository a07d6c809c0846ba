// A key file: the master key, sealed under a key that scrypt gives for a password. Plain JSON; a repository has one for
// each way to open it (restic's doc/design.rst, "Keys, Encryption and MAC").

import { encodeBase64 } from '../bytes/base64';
import { hashBytes } from '../crypto/hashes';
import type { RandomBytes } from '../crypto/random';
import { checkScryptCeiling, checkScryptFloor, deriveByScrypt, type ScryptCost } from '../crypto/scrypt';
import { CamphorError } from '../model/error';
import { importMasterKey, masterKeyBytes, type MasterKey } from './master-key';
import type { FileId } from './repository';
import { seal, unseal } from './seal';
import { count, damagedUnless, fields, optionalText, parseJson } from './stored-json';
import { readStoredTime, storedTime } from './stored-text';
import { checkFileName, type SealedFile } from './unpacked';

export { scryptCost, scryptForRandomSecrets, type ScryptCost } from '../crypto/scrypt';

/** restic refuses salts of another length. */
const saltBytes = 64;
/** A key file has some 500 bytes. */
export const keyFileLimitBytes = 64 * 1024;

export interface NewKeyFile {
  /** Its UTF-8 bytes are used as they are: see crypto/repository-password for their form. */
  readonly password: string;
  /** Stands as `username`: `passphrase`, `recovery`, …; readable by whoever sees the drive. */
  readonly label: string;
  /** The device's random nickname; readable likewise. */
  readonly hostname: string;
  readonly master: MasterKey;
  readonly cost: ScryptCost;
  readonly createdAtMs: number;
  readonly random: RandomBytes;
}

export interface KeyFileView {
  readonly id: FileId;
  readonly label: string;
  readonly hostname: string;
  readonly createdAtMs: number | null;
  readonly cost: ScryptCost;
}

interface KeyFile extends KeyFileView {
  readonly salt: Uint8Array;
  readonly sealedMaster: Uint8Array<ArrayBuffer>;
}

/** What is sealed in a key file: Go's order of fields, standard base64. */
function encodeMaster(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const part = (from: number, to: number): string => encodeBase64(bytes.subarray(from, to));
  return new TextEncoder().encode(JSON.stringify({ mac: { k: part(32, 48), r: part(48, 64) }, encrypt: part(0, 32) }));
}

/** A new key file and its name. Throws RangeError for a cost below the floor or an empty password. */
export async function makeKeyFile(key: NewKeyFile): Promise<SealedFile> {
  const { password, label, hostname, master, cost, createdAtMs, random } = key;
  checkScryptFloor(cost);
  if (password === '') throw new RangeError('an empty password');
  const salt = random(saltBytes);
  const derived = await deriveByScrypt(password, salt, cost, masterKeyBytes);
  const plain = encodeMaster(master.bytes);
  try {
    const data = await seal(await importMasterKey(derived), plain, random);
    const { N, r, p } = cost;
    const about = { created: storedTime(createdAtMs), username: label, hostname, kdf: 'scrypt', N, r, p };
    const file = { ...about, salt: encodeBase64(salt), data: encodeBase64(data) };
    const bytes = new TextEncoder().encode(JSON.stringify(file));
    return { id: await hashBytes(bytes), bytes };
  } finally {
    derived.fill(0);
    plain.fill(0);
  }
}

/** Standard base64. Throws CamphorError `damaged`. */
function decodeBase64(text: unknown): Uint8Array<ArrayBuffer> {
  damagedUnless(typeof text === 'string' && text.length <= keyFileLimitBytes);
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch (cause) {
    throw new CamphorError('damaged', {}, cause);
  }
}

/** Throws CamphorError `damaged` where the file is not what its name says, or no key file that restic would take. */
async function readKeyFile(bytes: Uint8Array<ArrayBuffer>, name: FileId): Promise<KeyFile> {
  damagedUnless(bytes.length <= keyFileLimitBytes);
  await checkFileName(bytes, name);
  const file = fields(parseJson(bytes));
  damagedUnless(file['kdf'] === 'scrypt');
  const parameter = (letter: 'N' | 'r' | 'p'): number => count(file[letter], Number.MAX_SAFE_INTEGER);
  const salt = decodeBase64(file['salt']);
  damagedUnless(salt.length === saltBytes);
  return {
    id: name,
    label: optionalText(file['username']),
    hostname: optionalText(file['hostname']),
    createdAtMs: readStoredTime(file['created']),
    cost: { N: parameter('N'), r: parameter('r'), p: parameter('p') },
    salt,
    sealedMaster: decodeBase64(file['data']),
  };
}

/** What a key file says in the clear. Throws CamphorError `damaged`. */
export async function describeKeyFile(bytes: Uint8Array<ArrayBuffer>, name: FileId): Promise<KeyFileView> {
  const { id, label, hostname, createdAtMs, cost } = await readKeyFile(bytes, name);
  return { id, label, hostname, createdAtMs, cost };
}

async function decodeMaster(plain: Uint8Array): Promise<MasterKey> {
  const master = fields(parseJson(plain));
  const mac = fields(master['mac']);
  const parts = [decodeBase64(master['encrypt']), decodeBase64(mac['k']), decodeBase64(mac['r'])];
  damagedUnless(parts[0]?.length === 32 && parts[1]?.length === 16 && parts[2]?.length === 16);
  return importMasterKey(Uint8Array.from(parts.flatMap((part) => [...part])));
}

/**
 * The master key, or null where the password is not this file's. Throws CamphorError `damaged` where the file is not what
 * its name says or no key file, and `secret-costs-too-much`, before any work, where trying would exhaust the device.
 */
export async function openKeyFile(bytes: Uint8Array<ArrayBuffer>, name: FileId, password: string): Promise<MasterKey | null> {
  const file = await readKeyFile(bytes, name);
  checkScryptCeiling(file.cost);
  const derived = await deriveByScrypt(password, file.salt, file.cost, masterKeyBytes);
  const userKey = await importMasterKey(derived);
  derived.fill(0);
  let plain;
  try {
    plain = await unseal(userKey, file.sealedMaster);
  } catch (fault) {
    if (fault instanceof CamphorError && fault.code === 'damaged') return null;
    throw fault;
  }
  try {
    return await decodeMaster(plain);
  } finally {
    plain.fill(0);
  }
}

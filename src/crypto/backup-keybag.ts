// The keybag of an iPhone's backup: keys of protection classes, wrapped under a key that is derived from the owner's password.
// Facts: tags and lengths as several independent readers have them; RFC 2898 (PBKDF2), RFC 3394 (AES key wrap). README.md of
// intake/iphone-backup names them.

import { aeskw } from '@noble/ciphers/aes.js';
import { CamphorError } from '../model/error';

export interface BackupKeybag {
  /** Each step with its salt: SHA-256 since iOS 10.2 only, then SHA-1. */
  readonly steps: readonly DerivationStep[];
  /** Wrapped class keys that the password opens, by class. */
  readonly classes: ReadonlyMap<number, Uint8Array>;
}

export interface DerivationStep {
  readonly hash: 'SHA-256' | 'SHA-1';
  readonly salt: Uint8Array;
  readonly rounds: number;
}

/** Class keys of 32 bytes, by class. */
export type ClassKeys = ReadonlyMap<number, Uint8Array>;

const headerBytes = 8;
const wrappedKeyBytes = 40;
const keyBytes = 32;
/** A real one has some 30 fields and five more for each of 14 classes. */
const fieldLimit = 1000;
const saltLimitBytes = 1024;
/** Of WRAP: the key is wrapped under the password's. */
const wrappedByPassword = 2;
/** What iOS writes is 10,000,000 and 10,000. */
const roundsLimit: { readonly [Hash in DerivationStep['hash']]: number } = { 'SHA-256': 50_000_000, 'SHA-1': 1_000_000 };

interface Field {
  readonly tag: string;
  readonly value: Uint8Array;
  /** Of four bytes; 0 for other lengths. */
  readonly number: number;
}

/** Reads the list of fields. Throws CamphorError `damaged`. */
export function readKeybag(bytes: Uint8Array): BackupKeybag {
  const fields = readFields(bytes);
  // The header is all before the second UUID; the first is the bag's own.
  const uuids = fields.flatMap(({ tag }, at) => (tag === 'UUID' ? [at] : []));
  const headEnd = uuids[1] ?? fields.length;
  const head = new Map(fields.slice(0, headEnd).map((field) => [field.tag, field]));
  const steps: DerivationStep[] = [];
  if (head.has('DPSL') || head.has('DPIC')) steps.push(stepOf('SHA-256', head.get('DPSL'), head.get('DPIC')));
  steps.push(stepOf('SHA-1', head.get('SALT'), head.get('ITER')));
  const classes = readClasses(fields.slice(headEnd));
  if (classes.size === 0) throw new CamphorError('damaged', { what: 'keybag' });
  return { steps, classes };
}

function readFields(bytes: Uint8Array): readonly Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length;) {
    const from = at + headerBytes;
    const lengthBytes = from <= bytes.length ? view.getUint32(at + 4) : Infinity;
    if (from + lengthBytes > bytes.length || fields.length >= fieldLimit)
      throw new CamphorError('damaged', { what: 'keybag', offsetBytes: at });
    const tag = String.fromCharCode(...bytes.subarray(at, at + 4));
    const number = lengthBytes === 4 ? view.getUint32(from) : 0;
    fields.push({ tag, value: bytes.subarray(from, from + lengthBytes), number });
    at = from + lengthBytes;
  }
  return fields;
}

function stepOf(hash: DerivationStep['hash'], salt: Field | undefined, rounds: Field | undefined): DerivationStep {
  if (salt === undefined || rounds === undefined || rounds.number === 0 || salt.value.length > saltLimitBytes)
    throw new CamphorError('damaged', { what: 'keybag' });
  return { hash, salt: salt.value, rounds: rounds.number };
}

/** One group of fields a class, each beginning with a UUID. */
function readClasses(fields: readonly Field[]): ReadonlyMap<number, Uint8Array> {
  const classes = new Map<number, Uint8Array>();
  let group = new Map<string, Field>();
  const close = (): void => {
    const wrapped = group.get('WPKY')?.value;
    const number = group.get('CLAS')?.number ?? 0;
    if (number > 0 && wrapped?.length === wrappedKeyBytes && ((group.get('WRAP')?.number ?? 0) & wrappedByPassword) !== 0)
      classes.set(number, wrapped);
  };
  for (const field of fields) {
    if (field.tag === 'UUID') {
      close();
      group = new Map();
    }
    group.set(field.tag, field);
  }
  close();
  return classes;
}

/**
 * Derives from the password and unwraps all class keys. `report` is told of rounds done and of all. A key that is damaged is left out,
 * and what lies under it stays closed. Throws CamphorError `secret-costs-too-much` before any work, `wrong-secret` where no key opens:
 * a password that is wrong and a bag whose salts or counts were changed cannot be told apart.
 */
export async function openKeybag(
  { steps, classes }: BackupKeybag,
  password: string,
  report: (doneRounds: number, totalRounds: number) => void = () => undefined,
): Promise<ClassKeys> {
  for (const { hash, rounds } of steps)
    if (rounds > roundsLimit[hash]) throw new CamphorError('secret-costs-too-much', { rounds, allowed: roundsLimit[hash] });
  const spellings = [...new Set([password, password.normalize('NFC'), password.normalize('NFD')])];
  const totalRounds = spellings.length * steps.reduce((sum, { rounds }) => sum + rounds, 0);
  let doneRounds = 0;
  report(doneRounds, totalRounds);
  for (const spelling of spellings) {
    let key: Uint8Array = new TextEncoder().encode(spelling);
    for (const step of steps) {
      key = await derive(key, step);
      report((doneRounds += step.rounds), totalRounds);
    }
    const keys = unwrapClasses(classes, key);
    if (keys.size > 0) return keys;
  }
  throw new CamphorError('wrong-secret');
}

const view = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>;

async function derive(secret: Uint8Array, { hash, salt, rounds }: DerivationStep): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', view(secret), 'PBKDF2', false, ['deriveBits']);
  const parameters = { name: 'PBKDF2', hash, salt: view(salt), iterations: rounds };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, keyBytes * 8));
}

function unwrapClasses(classes: BackupKeybag['classes'], key: Uint8Array): ClassKeys {
  const opened = new Map<number, Uint8Array>();
  for (const [number, wrapped] of classes) {
    const classKey = unwrap(key, wrapped);
    if (classKey !== null) opened.set(number, classKey);
  }
  return opened;
}

/** Null where the check value says that the key is another one, or that what is wrapped was changed. */
function unwrap(key: Uint8Array, wrapped: Uint8Array): Uint8Array | null {
  try {
    return aeskw(key).decrypt(wrapped);
  } catch {
    return null;
  }
}

/** Bytes of a file's key as a backup keeps it: its class, little-endian, and the wrapped key. */
export const fileKeyBytes = 4 + wrappedKeyBytes;

/** The key of a file; null where its class has no key here, or it was changed. */
export function unwrapFileKey(keys: ClassKeys, wrapped: Uint8Array): Uint8Array | null {
  if (wrapped.length !== fileKeyBytes) return null;
  const classKey = keys.get(new DataView(wrapped.buffer, wrapped.byteOffset, 4).getUint32(0, true));
  return classKey === undefined ? null : unwrap(classKey, wrapped.subarray(4));
}

// Roots of the archive: reading one, sealing the next, and the switch.

import type { Table } from 'dexie';
import { CamphorError } from '../model/error';
import { type Catalogue, decodeJson, encodeJson } from './catalogue';
import type { VaultContext } from './context';
import { type RootPointer, type RootRow, rootKey, stored, storageError } from './database';
import { openRow, sealRow } from './keyring';
import { newObjectId } from './object-id';

/** What else must change in the very transaction that switches the root. */
export interface Alongside {
  readonly tables: readonly Table[];
  write(): Promise<void>;
}

export interface CommitOptions {
  /** False where the state before must not stay readable. */
  readonly keepPrevious: boolean;
  readonly alongside?: Alongside;
  /** True where rows were moved only: whoever shows or backs up the archive has nothing to do. */
  readonly keepsContent?: boolean;
}

export const unfinishedKey = 'unfinished';

const purposeOf = (number: number): string => `root archive ${number}`;

export async function sealRoot(context: VaultContext, number: number, catalogue: Catalogue): Promise<RootRow> {
  const id = newObjectId(context.random, context.keyring.epoch());
  return { number, id, sealed: await sealRow(context.keyring, id, purposeOf(number), encodeJson(context.codec, catalogue)) };
}

/** Throws CamphorError `damaged` or `tampered`. */
export async function openRoot(context: VaultContext, row: RootRow): Promise<Catalogue> {
  const packed = await openRow(context.keyring, row.id, purposeOf(row.number), row.sealed);
  return decodeJson(context.codec, packed) as Catalogue;
}

/** Which root is in force. Throws CamphorError `vault-damaged` where there is none. */
export async function readPointer(context: VaultContext): Promise<RootPointer> {
  const pointer = await stored(() => context.database.roots.get('archive'));
  if (pointer === undefined || pointer === true || 'sealed' in pointer) throw new CamphorError('vault-damaged');
  return pointer;
}

export async function readRootRow(context: VaultContext, number: number): Promise<RootRow | null> {
  const row = await stored(() => context.database.roots.get(rootKey(number)));
  return row !== undefined && row !== true && 'sealed' in row ? row : null;
}

/**
 * The switch: one strict transaction that holds nothing but the compare-and-swap, and what has to change
 * with it. Throws CamphorError `changed-meanwhile` when `base` is no longer in force.
 */
export async function switchRoot(context: VaultContext, base: number, next: RootRow, options: CommitOptions): Promise<void> {
  const { database } = context;
  const pointer: RootPointer = { number: next.number, previous: options.keepPrevious ? base : null };
  try {
    await database.transaction('rw', [database.roots, ...(options.alongside?.tables ?? [])], async () => {
      const current = (await database.roots.get('archive')) as RootPointer | undefined;
      if (current?.number !== base) throw new CamphorError('changed-meanwhile');
      await database.roots.put(next, rootKey(next.number));
      await database.roots.put(pointer, 'archive');
      await database.roots.delete(unfinishedKey);
      await options.alongside?.write();
    });
  } catch (cause) {
    throw storageError(cause);
  }
}

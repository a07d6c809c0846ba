// Sealed rows on their way to disk: gathered until a strict transaction is worth its flush, and kept readable meanwhile.

import { CamphorError } from '../model/error';
import type { VaultContext } from './context';
import { stored } from './database';
import { unfinishedKey } from './root';

/** A strict transaction of this size costs no more than a relaxed one (measured: 219 against 207 MiB/s). */
export const batchBytes = 8 * 1024 * 1024;

/** Rows removed in one transaction. */
const removalStep = 1_000;

export interface Batch {
  /** Takes a sealed row. Waits only while two batches are full; throws what an earlier write threw. */
  put(row: string, sealed: Uint8Array): Promise<void>;
  /** A row that is not on disk yet. */
  pending(row: string): Uint8Array | undefined;
  /** Forgets rows that are not on disk yet; those on disk are the sweep's. */
  drop(rows: readonly string[]): void;
  /** Writes everything. */
  flush(): Promise<void>;
  /** Removes everything that was written. */
  undo(): Promise<void>;
}

interface BatchState {
  readonly context: VaultContext;
  gathering: Map<string, Uint8Array>;
  gatheredBytes: number;
  writing: ReadonlyMap<string, Uint8Array>;
  /** Settles when `writing` is on disk; never rejects, so that a failure waits in `failure`. */
  write: Promise<void>;
  failure: unknown;
  readonly written: string[];
}

async function writeRows({ context, writing, written }: BatchState): Promise<void> {
  const { database } = context;
  const keys = [...writing.keys()];
  written.push(...keys);
  await database.transaction('rw', database.objects, database.roots, async () => {
    await database.roots.put(true, unfinishedKey);
    await database.objects.bulkPut([...writing.values()], keys);
  });
}

/** Waits for every write under way, then begins one if there is still as much as that to write. */
async function beginWrite(state: BatchState, leastBytes: number): Promise<void> {
  for (let seen: Promise<void> | null = null; seen !== state.write;) {
    seen = state.write;
    await settled(state);
  }
  if (state.gathering.size === 0 || state.gatheredBytes < leastBytes) return;
  state.writing = state.gathering;
  state.gathering = new Map();
  state.gatheredBytes = 0;
  state.write = stored(() => writeRows(state)).catch((failure: unknown) => {
    state.failure = failure;
  });
}

async function settled(state: BatchState): Promise<void> {
  await state.write;
  if (state.failure !== null) throw state.failure;
}

/** Removes rows in bounded steps. */
export async function removeRows(context: VaultContext, rows: readonly string[]): Promise<void> {
  const { database } = context;
  for (let from = 0; from < rows.length; from += removalStep) {
    await stored(() => database.objects.bulkDelete(rows.slice(from, from + removalStep)));
  }
}

export function createBatch(context: VaultContext): Batch {
  const empty = () => new Map<string, Uint8Array>();
  const state: BatchState = {
    context,
    gathering: empty(),
    gatheredBytes: 0,
    writing: empty(),
    write: Promise.resolve(),
    failure: null,
    written: [],
  };
  return {
    put: async (row, sealed) => {
      if (state.failure !== null) throw state.failure;
      if (sealed.byteLength !== sealed.buffer.byteLength) throw new CamphorError('unexpected');
      state.gathering.set(row, sealed);
      state.gatheredBytes += sealed.length;
      if (state.gatheredBytes >= batchBytes) await beginWrite(state, batchBytes);
    },
    pending: (row) => state.gathering.get(row) ?? state.writing.get(row),
    drop: (rows) => {
      for (const row of rows) {
        state.gatheredBytes -= state.gathering.get(row)?.length ?? 0;
        state.gathering.delete(row);
      }
    },
    flush: async () => {
      await beginWrite(state, 0);
      await settled(state);
    },
    undo: async () => {
      await state.write;
      state.gathering = empty();
      await removeRows(context, state.written.splice(0));
    },
  };
}

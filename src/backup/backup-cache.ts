// What backups remember, so that nothing is opened whose content is known: in the vault's notes, sealed. Losing it costs time
// only, since every blob is looked up in the repository, and everything here is made from names of what never changes.

import { CamphorError } from '../model/error';
import { portableFormatVersion } from '../model/portable';
import type { Notes } from '../vault/notes';

/** Of this version of the encoders: others' entries are let go. */
const prefix = `backup/${portableFormatVersion}/`;
const anyPrefix = 'backup/';
/** Changes are kept this many at a time: each write costs the pages that it touches. */
const flushCount = 2000;

export interface BackupCache {
  /** What was kept, as JSON; null where there is nothing. */
  get(key: string): unknown;
  set(key: string, value: unknown): Promise<void>;
  /** Keeps what is new. */
  flush(): Promise<void>;
  /** Keeps what is new and lets go of what nobody asked for since the beginning. */
  close(): Promise<void>;
}

/** A vault that cannot be read or written here (damaged pages, a newer version) is backed up all the same. */
async function orElse<Value>(run: Promise<Value>, otherwise: Value): Promise<Value> {
  return run.catch((error: unknown) => {
    if (error instanceof CamphorError) return otherwise;
    throw error;
  });
}

export async function openBackupCache(notes: Pick<Notes, 'entries' | 'setEntries'>): Promise<BackupCache> {
  const kept = new Map(await orElse(notes.entries(anyPrefix), []));
  const asked = new Set<string>();
  let edits = new Map<string, string | null>();
  const flush = async (): Promise<void> => {
    const gathered = edits;
    edits = new Map();
    await orElse(notes.setEntries(gathered), undefined);
  };
  return {
    get(key) {
      asked.add(prefix + key);
      const text = kept.get(prefix + key);
      return text === undefined ? null : (JSON.parse(text) as unknown);
    },
    async set(key, value) {
      const text = JSON.stringify(value);
      asked.add(prefix + key);
      if (kept.get(prefix + key) === text) return;
      kept.set(prefix + key, text);
      edits.set(prefix + key, text);
      if (edits.size >= flushCount) await flush();
    },
    flush,
    async close() {
      for (const key of kept.keys()) if (!asked.has(key)) edits.set(key, null);
      await flush();
    },
  };
}

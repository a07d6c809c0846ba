// Voice messages that are values in databases: by the id of their message. The databases stay open while messages are read.

import { SqlFault } from '../../bytes/sqlite/statement';
import type { NeutralRecord } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';
import type { HeldFile } from '../wechat/ledger';

/** A table of voice: the column with the message's id, and the one with the bytes. */
export interface VoiceTable {
  readonly name: string;
  readonly id: string;
  readonly bytes: string;
}

interface Place {
  readonly archive: ArchiveDatabase;
  readonly entry: number;
  readonly table: VoiceTable;
  readonly rowid: number | bigint;
}

export class Voices {
  readonly #places = new Map<string, Place>();

  /** Notes where voice lies; rows go to `out`. */
  add(archive: ArchiveDatabase, entry: number, tables: readonly VoiceTable[], out: NeutralRecord[]): void {
    for (const table of tables) {
      for (const batch of archive.rows.scan(table.name, [table.id])) {
        out.push(...batch.problems);
        for (const { row, span } of batch.rows) {
          out.push({ type: 'structure', name: table.name, ...span });
          const id = row.words(table.id);
          if (id === null || id === '0' || row.rowid === null || this.#places.has(id)) continue;
          this.#places.set(id, { archive, entry, table, rowid: row.rowid });
        }
      }
    }
  }

  /** The voice of the message with this id; null where there is none. */
  find(serverId: string | null): HeldFile | null {
    const place = serverId === null ? undefined : this.#places.get(serverId);
    if (place === undefined) return null;
    return { entry: place.entry, name: null, sizeBytes: null, readBytes: async () => readValue(place) };
  }
}

function readValue({ archive, table, rowid }: Place): Uint8Array | null {
  const quoted = archive.database.table(table.name)?.quoted;
  try {
    for (const row of quoted === undefined
      ? []
      : archive.database.query(`SELECT "${table.bytes}" AS bytes FROM ${quoted} WHERE rowid = ?`, [rowid]))
      return row.blob('bytes');
  } catch (error) {
    if (!(error instanceof SqlFault)) throw error;
  }
  return null;
}

// A vault that counts what is read and written: rows of columns, pages of the catalogue, receipts and notes.

import { IDBObjectStore } from 'fake-indexeddb';
import type { ArchiveReader, ArchiveWriter } from '../../src/vault/archive';
import { makeVault, writerOptions } from '../vault/make-vault';
import type { TestVault } from './intake-harness';

export interface Work {
  /** Segments of which whole messages, or some columns, were opened, each time. */
  segmentsRead: number;
  columnsRead: number;
  segmentsWritten: number;
  messagesWritten: number;
  /** Rows asked for from the store of objects. */
  rowsRead: number;
}

export interface CountedVault extends TestVault {
  /** What `run` took. */
  countWork(run: () => Promise<unknown>): Promise<Work>;
}

function countedReader(reader: ArchiveReader, work: Work): ArchiveReader {
  return {
    ...reader,
    readMessages: (segment) => {
      work.segmentsRead++;
      return reader.readMessages(segment);
    },
    readColumns: (segment, columns) => {
      work.columnsRead += columns.length;
      return reader.readColumns(segment, columns);
    },
  };
}

export async function makeCountedVault(): Promise<CountedVault> {
  const { vault } = await makeVault();
  const work: Work = { segmentsRead: 0, columnsRead: 0, segmentsWritten: 0, messagesWritten: 0, rowsRead: 0 };
  const writerOn = (writer: ArchiveWriter): ArchiveWriter => ({
    ...writer,
    base: countedReader(writer.base, work),
    next: countedReader(writer.next, work),
    putSegment: (messages) => {
      work.segmentsWritten++;
      work.messagesWritten += messages.length;
      return writer.putSegment(messages);
    },
  });
  return {
    openReader: async () => countedReader(await vault.openReader(), work),
    openWriter: async () => writerOn(await vault.openWriter(writerOptions)),
    async countWork(run) {
      Object.assign(work, { segmentsRead: 0, columnsRead: 0, segmentsWritten: 0, messagesWritten: 0, rowsRead: 0 });
      const original = IDBObjectStore.prototype.get;
      IDBObjectStore.prototype.get = function counting(key) {
        if (this.name === 'objects') work.rowsRead++;
        return original.call(this, key);
      };
      await run().finally(() => {
        IDBObjectStore.prototype.get = original;
      });
      return { ...work };
    },
  };
}

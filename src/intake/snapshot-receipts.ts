// The receipts of a snapshot: short heads of all of them, and the few that are being read whole.

import type { Snapshot } from '../importers/camphor/snapshot';
import { readJsonFile } from '../importers/camphor/snapshot';
import { readReceipt } from '../importers/camphor/read-receipt';
import { CamphorError } from '../model/error';
import type { ReceiptId } from '../model/ids';
import type { PortableHolding, PortableId, PortableReceipt } from '../model/portable';
import type { ReceiptOriginal } from '../model/receipt';
import type { SourceApp } from '../model/source';
import type { SnapshotProblems } from './load-snapshot';

/** A holding without its images. */
export type HeldPart = Omit<PortableHolding, 'coarse' | 'otherwise' | 'order'>;

export interface ReceiptHead {
  readonly id: ReceiptId;
  readonly source: SourceApp;
  readonly isUndone: boolean;
  readonly parts: ReadonlyMap<PortableId, HeldPart>;
  readonly people: PortableReceipt['people'];
  readonly media: readonly string[];
  readonly originals: readonly ReceiptOriginal[];
}

export interface SnapshotReceipts {
  /** By last tick, then by id: the order in which they are taken in. */
  readonly heads: readonly ReceiptHead[];
  load(id: ReceiptId): Promise<PortableReceipt>;
}

/** Receipts as large as this together are kept parsed. */
const keptBytes = 32 * 1024 * 1024;

/** A receipt that cannot be read is a problem, and what only it held belongs to nobody. */
export async function loadReceipts(
  snapshot: Snapshot,
  problems: SnapshotProblems,
  yieldToEvents: () => Promise<void>,
): Promise<SnapshotReceipts> {
  const { files, tree } = snapshot;
  const heads: ReceiptHead[] = [];
  const kept = new Map<string, { readonly receipt: PortableReceipt; readonly sizeBytes: number }>();
  let bytes = 0;
  const keep = (id: string, receipt: PortableReceipt, sizeBytes: number): void => {
    kept.set(id, { receipt, sizeBytes });
    bytes += sizeBytes;
    for (const [oldest, { sizeBytes: oldBytes }] of kept) {
      if (bytes <= keptBytes || oldest === id) break;
      kept.delete(oldest);
      bytes -= oldBytes;
    }
  };
  for (const [id, entry] of tree.receipts) {
    const parsed = await readJsonFile(files, entry, readReceipt);
    problems.take(parsed);
    await yieldToEvents();
    if (parsed.value === null || parsed.value.id !== id) continue;
    heads.push(headOf(parsed.value));
    keep(id, parsed.value, parsed.span.lengthBytes);
  }
  return {
    heads: heads.sort((a, b) => asOf(a) - asOf(b) || (a.id < b.id ? -1 : 1)),
    async load(id) {
      const known = kept.get(id);
      if (known !== undefined) return known.receipt;
      const parsed = await readJsonFile(files, tree.receipts.get(id) ?? -1, readReceipt);
      if (parsed.value === null) throw new CamphorError('archive-unreadable');
      keep(id, parsed.value, parsed.span.lengthBytes);
      return parsed.value;
    },
  };
}

function asOf({ parts }: ReceiptHead): number {
  return [...parts.values()].reduce((latest, { openTicks }) => Math.max(latest, openTicks[1] ?? latest), -Number.MAX_VALUE);
}

function headOf({ id, source, isUndone, conversations, people, media, originals = [] }: PortableReceipt): ReceiptHead {
  const parts = new Map(
    conversations.map((holding): [PortableId, HeldPart] => {
      const { coarse: _coarse, otherwise: _otherwise, order: _order, ...part } = holding;
      return [part.conversation, part];
    }),
  );
  return { id: id as ReceiptId, source, isUndone: isUndone === true, parts, people, media, originals };
}

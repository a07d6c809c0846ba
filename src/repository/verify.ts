// Verifying: packs are read whole and every blob in them is opened; those not read for longest come first.

import type { VerifyReport } from '../model/backup-view';
import type { ReportProgress } from '../model/progress';
import { createInspection, inspect, progressReporter } from './check';
import type { RepositoryContext } from './context';
import { examinePack } from './examine-pack';
import { reloadIndex } from './load-index';
import type { FileId, VerifyOptions } from './repository';

const yearMs = 365 * 86_400_000;

const sum = (sizes: Iterable<number>): number => [...sizes].reduce((total, sizeBytes) => total + sizeBytes, 0);

/** As many packs as make up the share, the longest unread first. */
function choosePacks({ index }: RepositoryContext, { share, readAtMs }: VerifyOptions): FileId[] {
  const readAt = (id: FileId): number => readAtMs.get(id) ?? 0;
  const oldestFirst = [...index.packSizes].sort(([one], [other]) => readAt(one) - readAt(other) || (one < other ? -1 : 1));
  const wantedBytes = sum(index.packSizes.values()) * Math.min(1, share);
  let chosenBytes = 0;
  const chosen: FileId[] = [];
  for (const [id, sizeBytes] of oldestFirst) {
    if (chosenBytes >= wantedBytes) break;
    chosen.push(id);
    chosenBytes += sizeBytes;
  }
  return chosen;
}

interface Reading {
  readonly whole: FileId[];
  packs: number;
  bytes: number;
}

async function readPacks(context: RepositoryContext, packs: readonly FileId[], tell: (doneBytes: number) => void): Promise<Reading> {
  const reading: Reading = { whole: [], packs: 0, bytes: 0 };
  for (const id of packs) {
    const examined = await examinePack(context, id);
    // What is not there, or is damaged, is named by the check that follows.
    if (!examined.isThere) continue;
    reading.packs += 1;
    reading.bytes += examined.sizeBytes;
    if (examined.isWhole) reading.whole.push(id);
    else context.damagedPacks.add(id);
    tell(reading.bytes);
  }
  return reading;
}

/** Part of all packs, by size, that have been read whole within a year. */
function coverage({ index, environment }: RepositoryContext, { readAtMs }: VerifyOptions, whole: readonly FileId[]): number {
  const sinceMs = environment.nowMs() - yearMs;
  const readNow = new Set(whole);
  const totalBytes = sum(index.packSizes.values());
  const isCovered = (id: FileId): boolean => readNow.has(id) || (readAtMs.get(id) ?? -Infinity) >= sinceMs;
  const coveredBytes = sum([...index.packSizes].filter(([id]) => isCovered(id)).map(([, sizeBytes]) => sizeBytes));
  return totalBytes === 0 ? 1 : coveredBytes / totalBytes;
}

/** See `Repository.verify`. */
export async function verify(context: RepositoryContext, options: VerifyOptions, report: ReportProgress): Promise<VerifyReport> {
  await reloadIndex(context);
  const tell = progressReporter(report, 'verifying');
  const chosen = choosePacks(context, options);
  const totalBytes = sum(chosen.map((id) => context.index.packSizes.get(id) ?? 0));
  const { whole, packs, bytes } = await readPacks(context, chosen, (doneBytes) => tell(doneBytes, totalBytes));
  const checked = await inspect(createInspection(context, () => tell(bytes, totalBytes)));
  return { ...checked, packsRead: packs, bytesRead: bytes, readPacks: whole, share: coverage(context, options, whole) };
}

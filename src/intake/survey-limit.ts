// How much of an archive the first reading takes.

import type { ArchiveReader } from '../vault/archive';
import type { ArchiveJob } from './archive-job';
import { loadRemoved } from './removed';

/** Bytes of the entries that hold records. */
export function recordBytesOf(job: ArchiveJob): number {
  return job.detection.entries.reduce((sum, entry) => sum + (job.set.entries[entry]?.sizeBytes ?? 0), 0);
}

/** Above this an archive is not read twice where its beginning tells what the plan must say. */
const wholeSurveyBytes = 16 * 1024 * 1024;
const beginningBytes = 2 * 1024 * 1024;

/**
 * The whole archive is surveyed, unless it is one long conversation from a source of which the vault holds nothing: then there
 * is nothing to match, and what is left to know is learned while it is imported.
 */
export async function limitOf(reader: ArchiveReader, job: ArchiveJob): Promise<number> {
  const { source, isSingle } = job.detection;
  if (isSingle !== true || recordBytesOf(job) <= wholeSurveyBytes) return Infinity;
  const isKnown = [...(await reader.conversations()), ...(await loadRemoved(reader))].some((each) => each.source === source);
  return isKnown ? Infinity : beginningBytes;
}

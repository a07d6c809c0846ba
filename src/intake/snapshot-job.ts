// A snapshot among the archives of a plan: what was loaded of it, kept from the preview to the run.

import { camphorFormat, manifestOf } from '../importers/camphor/camphor-snapshot';
import { createPieceHash, hashBytes } from '../crypto/hashes';
import type { ReceiptId } from '../model/ids';
import type { PortableId } from '../model/portable';
import type { ReceiptFile } from '../model/receipt';
import type { ArchiveJob } from './archive-job';
import { writeCanonical } from './image';
import type { LoadedSnapshot } from './load-snapshot';
import { loadSnapshot } from './load-snapshot';
import { joinRuns, runsBetween } from './place-runs';
import type { SurveyedConversation } from './survey';

/** The repository that a snapshot is served from. What it says is the owner's own word: it was opened with their secret. */
export interface ServedFrom {
  readonly repository: string;
  blobsOf(entry: number): readonly string[];
}

export interface SnapshotJob {
  readonly job: ArchiveJob;
  readonly loaded: LoadedSnapshot;
  /** Conversations whose texts had to be looked at, by what was seen of them. */
  readonly samples: Map<PortableId, SurveyedConversation>;
  readonly manifest: ReceiptFile;
  /** The receipt under which messages are kept that no import of the snapshot holds, and problems of the snapshot itself. */
  readonly strayReceipt: ReceiptId;
}

export function isSnapshot({ detection }: ArchiveJob): boolean {
  return detection.format === camphorFormat;
}

/** Throws CamphorError `unsupported-version`, and what reading throws. */
export async function openSnapshotJob(job: ArchiveJob, yieldToEvents: () => Promise<void>): Promise<SnapshotJob> {
  const loaded = await loadSnapshot(job.set, manifestOf(job.detection), yieldToEvents);
  const manifest = await identifyManifest(job);
  return { job, loaded, samples: new Map(), manifest, strayReceipt: await nameStrays(loaded, manifest) };
}

async function identifyManifest({ set, detection }: ArchiveJob): Promise<ReceiptFile> {
  const entry = set.entries[manifestOf(detection)];
  if (entry === undefined) throw new RangeError('no such entry');
  const hash = createPieceHash();
  for await (const chunk of entry.open().stream()) await hash.update(chunk);
  return { path: entry.path, sizeBytes: entry.sizeBytes, identity: (await hash.finish()).hash, identityOf: 'content' };
}

/** From the snapshot and from what nobody holds in it: the same each time that it is restored. */
async function nameStrays({ conversations, receipts }: LoadedSnapshot, { identity }: ReceiptFile): Promise<ReceiptId> {
  const strays = conversations.map(({ id, messages }) => {
    const held = receipts.heads.flatMap(({ parts }) => parts.get(id)?.held ?? []);
    return [id, runsBetween(joinRuns(held), messages)];
  });
  const content = writeCanonical({ format: camphorFormat, identity, strays });
  return (await hashBytes(new TextEncoder().encode(content))).slice(0, 32) as string as ReceiptId;
}

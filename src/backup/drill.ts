// A restore drill: a sample of the last snapshot is fetched from the drive, opened, and held against what the vault would back
// up now. Nothing is kept of it.

import { CamphorError } from '../model/error';
import type { ReportBackup } from '../model/backup-view';
import type { ServedFile } from '../model/verbs';
import type { BlobId, Repository } from '../repository/repository';
import type { Connection } from './connection';
import type { BackupEnvironment } from './environment';
import { changeDriveState } from './drive-record';
import { listVaultBlobs } from './push';
import { openSnapshotFiles } from './served-snapshot';
import { ownSnapshots } from './shrink-guard';

export interface DrillResult {
  readonly messages: number;
  readonly media: number;
  /** Files of the sample that are not as the vault has them now: it has changed since, or they are not what was sent. */
  readonly differences: number;
}

const sampleOfEach = 12;
const lineFeed = 10;

async function listFiles(repository: Repository, tree: BlobId): Promise<ServedFile[]> {
  const files = await openSnapshotFiles(repository, { tree });
  const listed: ServedFile[] = [];
  for (;;) {
    const page = await files.list(listed.length);
    if (page.length === 0) return listed;
    listed.push(...page);
  }
}

/** `count` of them at random, all where there are fewer. */
function pick<Item>(items: readonly Item[], count: number, random: BackupEnvironment['random']): Item[] {
  const left = [...items];
  const picked: Item[] = [];
  while (left.length > 0 && picked.length < count) {
    const [draw = 0] = new Uint32Array(random(8).buffer);
    picked.push(...left.splice(draw % left.length, 1));
  }
  return picked;
}

/** Reads a file whole, piece by piece; gives how many lines it has. */
async function countLines(repository: Repository, { blobs }: ServedFile): Promise<number> {
  let lines = 0;
  for (const blob of blobs) {
    const bytes = await repository.readBlob('data', blob);
    for (const byte of bytes) if (byte === lineFeed) lines += 1;
  }
  return lines;
}

/** Keeps when a sample was found as it is here. Throws `snapshot-missing` where this device has made none, and what reading the drive throws. */
export async function drill(environment: BackupEnvironment, connection: Connection, report: ReportBackup): Promise<DrillResult> {
  const { repository, hostname } = connection;
  await repository.loadIndex();
  const [last] = await ownSnapshots(repository, hostname);
  if (last === undefined) throw new CamphorError('snapshot-missing');
  const expected = await listVaultBlobs({ ...environment, repository, hostname }, report);
  const files = await listFiles(repository, last.tree);
  const months = pick(
    files.filter(({ path }) => path.endsWith('.jsonl') && path.includes('/conversations/')),
    sampleOfEach,
    environment.random,
  );
  const media = pick(
    files.filter(({ path }) => path.startsWith('archive/media/')),
    sampleOfEach,
    environment.random,
  );
  const totalBytes = [...months, ...media].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let result: DrillResult = { messages: 0, media: 0, differences: 0 };
  let doneBytes = 0;
  for (const file of [...months, ...media]) {
    const lines = await countLines(repository, file);
    const isMonth = file.path.endsWith('.jsonl');
    const differs = !file.blobs.every((blob) => expected.has(blob));
    result = {
      messages: result.messages + (isMonth ? lines : 0),
      media: result.media + (isMonth ? 0 : 1),
      differences: result.differences + (differs ? 1 : 0),
    };
    doneBytes += file.sizeBytes;
    report({ stage: 'reading-back', doneBytes, totalBytes, sentBytes: 0, bytesPerSecond: null, untilMs: null });
  }
  const { vault, nowMs } = environment;
  const isCompared = result.messages + result.media > 0;
  if (isCompared && result.differences === 0) await changeDriveState(vault.notes, connection.record.id, { lastDrilledAtMs: nowMs() });
  return result;
}

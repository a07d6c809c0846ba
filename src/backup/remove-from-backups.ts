// Removing a conversation from what is on a drive: what that would touch, and doing it. Nothing is pruned here.

import { CamphorError } from '../model/error';
import type { PrunePlan, ReportBackup } from '../model/backup-view';
import type { ConversationId } from '../model/ids';
import type { BlobId, FileId, Snapshot, TreeSaver } from '../repository/repository';
import type { Backup } from './backup';
import type { Connection, Connections } from './connection';
import { changeDriveState, loadDriveState } from './drive-record';
import type { BackupEnvironment } from './environment';
import { describeConversation, findInSnapshot, type KnownConversation, openReceiptCache } from './find-conversation';
import { moveRemembered } from './remembered';
import { createStayingSurvey, type Leaving, openFolders, type RemovalTools, surveyLeaving } from './removal-survey';
import { rewriteTree } from './rewrite-snapshot';
import { connect, lookAtSnapshots, type Pausing } from './run-backup';
import { isOurs } from './snapshot-tag';

async function describe({ vault }: BackupEnvironment, conversation: ConversationId): Promise<KnownConversation> {
  const reader = await vault.openReader();
  try {
    return await describeConversation(reader, conversation);
  } finally {
    reader.release();
  }
}

/** How many snapshots a removal from all of them would write anew. Reads receipts, no messages. */
async function countSnapshots(environment: BackupEnvironment, { repository }: Connection, conversation: ConversationId): Promise<number> {
  await repository.loadIndex();
  const known = await describe(environment, conversation);
  const receipts = openReceiptCache(repository);
  let count = 0;
  for (const snapshot of (await repository.snapshots()).snapshots.filter(isOurs)) {
    const found = await findInSnapshot(repository, snapshot, known, receipts);
    if (found.conversations.size > 0 || found.receipts.length > 0) count++;
    await environment.yieldToEvents();
  }
  return count;
}

/** New trees for all snapshots of this app, whichever device made them: first all that leaves is found, then what shares it. */
async function makeTrees(tools: RemovalTools, snapshots: readonly Snapshot[], save: TreeSaver): Promise<ReadonlyMap<FileId, BlobId>> {
  const all: Leaving[] = [];
  for (const snapshot of snapshots.filter(isOurs)) {
    const folders = await openFolders(tools.reader, snapshot);
    if (folders !== null) all.push(await surveyLeaving(tools, folders));
    await tools.onStep();
  }
  const people = new Set(all.flatMap((leaving) => [...leaving.people]));
  const media = new Set(all.flatMap((leaving) => [...leaving.media.keys()]));
  const survey = createStayingSurvey(tools, { people, media });
  const trees = new Map<FileId, BlobId>();
  for (const leaving of all) {
    const tree = await rewriteTree({ tools, save, leaving, staying: await survey(leaving) });
    trees.set(leaving.folders.snapshot.id, tree);
    await tools.onStep();
  }
  return trees;
}

async function removeFromAll(
  environment: BackupEnvironment,
  { record, repository }: Connection,
  conversation: ConversationId,
  pausing: Pausing,
  report: ReportBackup,
): Promise<PrunePlan> {
  const { notes } = environment.vault;
  const known = await describe(environment, conversation);
  const tell = (stage: 'planning' | 'committing', done: number, total: number | null): void =>
    report({ stage, doneBytes: done, totalBytes: total, sentBytes: 0, bytesPerSecond: null, untilMs: null });
  const onStep = async (): Promise<void> => {
    tell('planning', 0, null);
    if (pausing.isAsked) throw new CamphorError('cancelled');
    await environment.yieldToEvents();
  };
  const tools: RemovalTools = { reader: repository, known, receipts: openReceiptCache(repository), onStep };
  await repository.rewriteSnapshots(
    (snapshots, save) => makeTrees(tools, snapshots, save),
    async (from, to) => {
      const state = await loadDriveState(notes, record.id);
      await changeDriveState(notes, record.id, moveRemembered(state, new Map([[from, to]])));
      tell('committing', 0, null);
    },
  );
  return repository.planPrune(true);
}

export function removeFromDrives(
  environment: () => BackupEnvironment,
  connections: Connections,
  pausing: Pausing,
): Pick<Backup, 'planRemoval' | 'removeFromBackups'> {
  return {
    planRemoval: async (id, conversation) => {
      const snapshots = await countSnapshots(environment(), await connections.open(id), conversation);
      return { conversation, snapshots, prune: null };
    },
    removeFromBackups: async (id, conversation, reach, report) => {
      // What later snapshots hold is what the vault holds then: the drive need not know.
      if (reach !== 'all-backups') return null;
      const connection = await connect(connections, id, report);
      await lookAtSnapshots(environment(), connection);
      return removeFromAll(environment(), connection, conversation, pausing, report);
    },
  };
}

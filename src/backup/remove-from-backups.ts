// Removing a conversation from what is on a drive: what that would touch, and doing it.

import { CamphorError } from '../model/error';
import type { ConversationId } from '../model/ids';
import type { Backup } from './backup';
import type { Connections } from './connection';
import type { BackupEnvironment } from './environment';
import { describeConversation, findInSnapshot, openReceiptCache } from './find-conversation';
import { isOurs } from './snapshot-tag';

type RemovalVerbs = Pick<Backup, 'planRemoval' | 'removeFromBackups'>;

export function removeFromDrives(environment: () => BackupEnvironment, connections: Connections): RemovalVerbs {
  return {
    planRemoval: async (id, conversation) => {
      const { repository } = await connections.open(id);
      await repository.loadIndex();
      const known = await describe(environment(), conversation);
      const receipts = openReceiptCache(repository);
      let snapshots = 0;
      for (const snapshot of (await repository.snapshots()).snapshots.filter(isOurs)) {
        const found = await findInSnapshot(repository, snapshot, known, receipts);
        if (found.conversations.size > 0 || found.receipts.length > 0) snapshots++;
        await environment().yieldToEvents();
      }
      return { conversation, snapshots, prune: null };
    },
    removeFromBackups: async (_, __, reach) => {
      // What later snapshots hold is what the vault holds.
      if (reach !== 'all-backups') return null;
      throw new CamphorError('unexpected', { verb: 'removeFromBackups' });
    },
  };
}

async function describe({ vault }: BackupEnvironment, conversation: ConversationId) {
  const reader = await vault.openReader();
  try {
    return await describeConversation(reader, conversation);
  } finally {
    reader.release();
  }
}

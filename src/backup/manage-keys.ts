// Factors: each is a key file that opens the same repository, here and in stock restic.

import { makeKeyFileText } from '../crypto/key-file-text';
import { makeRecoveryWords } from '../crypto/recovery-words';
import { repositoryPassword } from '../crypto/repository-password';
import type { Backup } from './backup';
import type { Connections } from './connection';
import { changeDriveState } from './drive-record';
import type { BackupEnvironment } from './environment';
import { keyLabels } from './key-labels';

type KeyVerbs = Pick<Backup, 'keys' | 'addKey' | 'removeKey' | 'makeRecoveryWords' | 'makeKeyFile'>;

export function manageKeys(environment: () => BackupEnvironment, connections: Connections): KeyVerbs {
  const noteRecovery = async (id: string): Promise<void> => {
    const { repository } = await connections.open(id);
    const hasRecovery = (await repository.keys()).some(({ label }) => label === keyLabels['recovery-words']);
    await changeDriveState(environment().vault.notes, id, { hasRecovery });
  };
  return {
    keys: async (id) => (await connections.open(id)).repository.keys(),
    addKey: async (id, secret) => {
      const { repository } = await connections.openPresent(id);
      const key = await repository.addKey(await repositoryPassword(secret, 'new'), keyLabels[secret.kind]);
      await noteRecovery(id);
      return key;
    },
    removeKey: async (id, key) => {
      const { repository } = await connections.openPresent(id);
      await repository.removeKey(key);
      await noteRecovery(id);
    },
    makeRecoveryWords: (language) => makeRecoveryWords(environment().random, language),
    makeKeyFile: async () => makeKeyFileText(environment().random),
  };
}

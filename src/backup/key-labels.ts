// What stands in a key file for people, in the clear: its kind, and no more.

import type { RepositorySecret } from '../model/backup-view';

export const keyLabels: Readonly<Record<RepositorySecret['kind'], string>> = {
  passphrase: 'passphrase',
  'recovery-words': 'recovery',
  'key-file': 'key-file',
  passkey: 'passkey',
};

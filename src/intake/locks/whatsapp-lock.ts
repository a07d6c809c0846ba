// Encrypted backups of WhatsApp for Android: crypt12, crypt14, crypt15. A folder of them is opened by one key.

import { toHex } from '../../crypto/hashes';
import type { Lock } from './lock';

const backupPath = /\.crypt1[245]$/i;
const loadBackup = () => import('./whatsapp-backup');

export const whatsappLock: Lock = {
  kind: 'whatsapp-backup',
  names: backupPath,
  recognises: (head, { path }) => backupPath.test(path) || isRenamed(head),

  async examine({ source }) {
    const { whatsappHeaderOf } = await loadBackup();
    return (await whatsappHeaderOf(source)).keyId === null ? 'whatsapp-key' : 'whatsapp-key-file';
  },

  async groupOf({ source }) {
    const { whatsappHeaderOf } = await loadBackup();
    const { keyId } = await whatsappHeaderOf(source);
    return keyId === null ? '' : keyId.join(' ');
  },

  triesEach: true,

  async open({ path, source }, secret, report) {
    const { openWhatsappBackup } = await loadBackup();
    const totalBytes = source.sizeBytes * 2;
    const opened = await openWhatsappBackup(path, source, secret, (doneBytes) => report(doneBytes, totalBytes));
    return { kind: 'file', path: path.replace(backupPath, ''), source: opened };
  },
};

/** Field 3 with 16 bytes inside, or field 2 with version 1 of the cipher inside (whatsapp-header.ts), in hex. */
const beginnings = /^(?:..){1,2}080[01](?:1a120a10|12..0a0200011201)/;

/** Of another name, and crypt14 or crypt15 as phones write them: crypt12 has no beginning of its own. */
function isRenamed(head: Uint8Array): boolean {
  return beginnings.test(toHex(head.subarray(0, 16)));
}

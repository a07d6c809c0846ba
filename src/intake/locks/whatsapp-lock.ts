// Encrypted backups of WhatsApp for Android: crypt12, crypt14, crypt15. A folder of them is opened by one key.

import type { Lock } from './lock';
import { readWhatsappHeader } from './whatsapp-header';

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

/** Of another name, and crypt14 or crypt15: crypt12 has no beginning of its own. */
function isRenamed(head: Uint8Array): boolean {
  try {
    const form = readWhatsappHeader(head)?.form;
    return form === 'crypt14' || form === 'crypt15';
  } catch {
    return false;
  }
}

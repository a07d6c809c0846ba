// Messages written in the clear, composed of the vault's reading, the backup's encoding and the export's formats; loaded when it
// is first asked for.

import { writeJson } from '../src/backup/canonical-json';
import { encodeMessage } from '../src/backup/encode-message';
import { mediaFileName } from '../src/backup/media-path';
import { portableId } from '../src/backup/portable-id';
import { writeMessages } from '../src/export/messages/write-messages';
import {
  type EvidenceExport,
  type MessageExport,
  type MessageExportProgress,
  type MessageExportResult,
  privateMessagesName,
} from '../src/model/export';
import { conceal } from '../src/model/concealed';
import type { Vault } from '../src/vault/vault';
import { chosenTarget, privateTarget } from './export-target';

declare const __APP_VERSION__: string;

const encoding = { message: encodeMessage, id: portableId, writeJson };
const reportMs = 100;

/** Throws what `ExportVerbs.exportMessages` says. */
export async function exportMessages(
  vault: Vault,
  request: MessageExport | EvidenceExport,
  target: FileSystemFileHandle | null,
  report: (progress: MessageExportProgress) => void,
): Promise<MessageExportResult> {
  const reader = await vault.openReader();
  try {
    const all = await vault.notes.overlays(null);
    // Hidden ones are written only where they are named, which nobody can who is not shown them.
    const overlays = request.conversations === null && request.found === null ? conceal(all) : all;
    const place = target === null ? await privateTarget(privateMessagesName) : await chosenTarget(target);
    let lastAtMs = 0;
    const input = {
      reader,
      overlays,
      encoding,
      salt: crypto.randomUUID(),
      nowMs: Date.now(),
      fileNameOf: mediaFileName,
      report: (progress: MessageExportProgress): void => {
        const nowMs = Date.now();
        if (nowMs - lastAtMs < reportMs) return;
        lastAtMs = nowMs;
        report(progress);
      },
    };
    if (request.format !== 'evidence') return await writeMessages({ ...input, request }, place);
    const { writeEvidence } = await import('../src/export/evidence/write-evidence');
    return await writeEvidence({ ...input, request, appVersion: __APP_VERSION__ }, place);
  } finally {
    reader.release();
  }
}

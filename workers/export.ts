// One export: a fresh worker for each, so that cancelling it is terminating it.

import { openTreeFiles } from '../src/backup/tree-files';
import { ageLockOf } from '../src/export/age-archive';
import { writeArchive } from '../src/export/write-archive';
import { privateExportName } from '../src/model/export';
import type { ExportVerbs } from '../src/model/verbs';
import { connectVault } from './connect-vault';
import { chosenTarget, privateTarget, reportSometimes } from './export-target';
import { nextEvent } from './next-event';
import { serve } from './serve';

const { verbs, vault } = connectVault();
const onStep = nextEvent();
const { deviceMemory = null } = navigator as { readonly deviceMemory?: number };

serve({
  ...verbs,
  exportAge: async (lock, target, report) => {
    const sealed = ageLockOf(lock, deviceMemory);
    const tell = reportSometimes(report);
    const reader = await vault().openReader();
    try {
      tell('scanning', 0, null);
      const tree = await openTreeFiles({ reader, overlays: await vault().notes.overlays(null), onStep });
      const written = await writeArchive(
        tree,
        sealed,
        target === null ? await privateTarget(privateExportName) : await chosenTarget(target),
        tell,
      );
      const { conversations, messages, media } = tree.manifest;
      const damaged = tree.laidOut.length - written.files;
      return { ...written, conversations, messages, media: media - damaged, leftOutMedia: tree.leftOutMedia + damaged };
    } finally {
      reader.release();
    }
  },
  exportMessages: async (request, target, report) => (await import('./message-export')).exportMessages(vault(), request, target, report),
} satisfies ExportVerbs);

// An import of the invented session: a plan, its answers, its locks, and a run that reports as the real one does.

import { CamphorError } from '../../src/model/error';
import type { Progress } from '../../src/model/progress';
import type { ReceiptView } from '../../src/model/view';
import type { ImportJob } from '../../src/session/session';
import { inventedPlan, inventedReceipts } from './fake-plan';
import type { FakeOptions } from './fake-session';
import { fakePreview } from './fake-table';

/** Opens every locked file of a plan. */
export const fakeSecret = 'correct horse battery';

export function fakeImport(options: FakeOptions, onDone: (receipts: readonly ReceiptView[]) => void): ImportJob {
  const plan = options.plan ?? inventedPlan();
  let stop: (cause: CamphorError) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => (stop = reject));
  stopped.catch(() => undefined);
  const progress = (share: number): Progress => ({
    stage: 'reading',
    doneBytes: 31_000_000 * share,
    totalBytes: 31_000_000,
    messages: Math.round(12_511 * share),
    media: Math.round(1204 * share),
  });
  return {
    plan: async () => plan,
    planAgain: async () => plan,
    // Made anew, as what comes from a worker is.
    replan: async () => structuredClone(plan),
    unlock: async (fileId, secret, _, keeps) => {
      options.onUnlock?.(keeps);
      if (secret !== fakeSecret) throw new CamphorError('wrong-secret');
      return { ...plan, locked: plan.locked.filter((file) => file.fileId !== fileId) };
    },
    chooseApps: async (fileId, chosen) => ({
      ...plan,
      backups: plan.backups.map((backup) => (backup.fileId === fileId ? { ...backup, chosen } : backup)),
    }),
    previewTable: (_, draft) => fakePreview(draft),
    mapTable: async (fileId) => ({
      ...plan,
      archives: [{ ...inventedPlan().archives[0]!, title: 'garden', source: 'other', tableId: fileId }],
      unrecognised: plan.unrecognised.slice(1),
      seen: plan.seen.filter((seen) => seen.fileId !== fileId),
    }),
    async run(_choices, report) {
      report(progress(0.42));
      if (options.stuckImport === true) return stopped;
      report(progress(1));
      const done = inventedReceipts().slice(0, 1);
      onDone(done);
      return done;
    },
    cancel: () => stop(new CamphorError('cancelled')),
    finishWhileLocked: false,
  };
}

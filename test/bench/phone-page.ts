// A phone's backup taken in as the interface does it, timed.
import { readFileInput } from '../../src/session/drop';
import type { DroppedFile } from '../../src/model/verbs';
import type { Session } from '../../src/session/session';

export interface PhoneTimes {
  readonly planMs: number;
  readonly unlockMs: number;
  readonly chooseMs: number;
  /** From the beginning of the import: until a conversation is there, and to its end. */
  readonly firstMs: number;
  readonly ms: number;
  readonly added: number;
  readonly media: number;
}

const noReport = (): void => undefined;

async function timed<Result>(work: Promise<Result>): Promise<readonly [result: Result, ms: number]> {
  const startedAt = performance.now();
  return [await work, performance.now() - startedAt];
}

/** Chromium lists a folder after it was chosen, which takes seconds for many files. */
async function chosenFolder(): Promise<readonly DroppedFile[]> {
  for (;;) {
    const input = document.querySelector<HTMLInputElement>('#folder');
    if (input?.files && input.files.length > 0) {
      const dropped = readFileInput(input.files);
      // As the screen does it: the files are the job's alone.
      input.value = '';
      return dropped;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export const phoneBench = (session: Session) => ({
  async importPhone(password: string): Promise<PhoneTimes> {
    const chosen = await chosenFolder();
    const job = session.startImport();
    const [locked, planMs] = await timed(job.plan(chosen, 'UTC', noReport));
    const [opened, unlockMs] = await timed(job.unlock(locked.locked[0]?.fileId ?? '', password, noReport));
    const [plan, chooseMs] = await timed(job.chooseApps(opened.backups[0]?.fileId ?? '', ['whatsapp'], noReport));
    const startedAt = performance.now();
    let firstMs = Infinity;
    const stop = session.onEvent(({ kind }) => {
      if (kind === 'archive-changed') firstMs = Math.min(firstMs, performance.now() - startedAt);
    });
    const archiveId = plan.archives[0]?.archiveId ?? '';
    const choice = { archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' } as const;
    const receipts = await job.run([choice], noReport);
    const ms = performance.now() - startedAt;
    stop();
    const sum = (count: (receipt: (typeof receipts)[number]) => number): number => receipts.reduce((all, each) => all + count(each), 0);
    return { planMs, unlockMs, chooseMs, firstMs, ms, added: sum(({ added }) => added), media: sum(({ mediaFound }) => mediaFound) };
  },
});

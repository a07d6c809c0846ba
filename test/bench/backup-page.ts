// Backups and restores of the bench's page.
import type { WebdavConfig } from '../../src/model/drive';
import type { ImportPlan } from '../../src/model/view';
import type { ImportJob, Session } from '../../src/session/session';
import { encryptAndSend } from './engine-floor';

const zone = 'UTC';
const noReport = (): void => undefined;

const takeAll = (plan: ImportPlan, media: 'all' | 'none'): Parameters<ImportJob['run']>[0] =>
  plan.archives.map(({ archiveId }) => ({ archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media }));

export interface BackupBench {
  importAll(): Promise<void>;
  importTexts(files: readonly { readonly name: string; readonly text: string }[]): Promise<void>;
  backUpFirst(config: WebdavConfig, password: string): Promise<{ ms: number; sentBytes: number }>;
  encryptAndSend(config: WebdavConfig, sizeBytes: number): Promise<{ ms: number }>;
  backUpAgain(): Promise<{ ms: number; sentBytes: number }>;
  restoreAll(config: WebdavConfig, password: string): Promise<{ ms: number; messagesMs: number }>;
}

export function backupBench(session: Session): BackupBench {
  let drive = '';
  const take = async (files: readonly File[]): Promise<void> => {
    for (const file of files) {
      const job = session.startImport();
      const plan = await job.plan([{ path: file.name, file }], zone, noReport);
      await job.run(takeAll(plan, 'all'), noReport);
    }
  };
  const add = async (config: WebdavConfig, mode: 'create' | 'open', text: string): Promise<void> => {
    // As the screens do: what the doctor finds out decides how much is fetched again after it was sent.
    await session.backup.examine(config, noReport);
    drive = (await session.backup.addDrive(config, { name: 'Bench', mode, secret: { kind: 'passphrase', text } }, noReport)).id;
  };
  const backUp = async (): Promise<{ ms: number; sentBytes: number }> => {
    const startedAt = performance.now();
    const { sentBytes, snapshot } = await session.backup.run(drive, { evenIfSmaller: false }, noReport);
    if (snapshot === null) throw new Error('nothing was backed up');
    return { ms: performance.now() - startedAt, sentBytes };
  };
  return {
    importAll: () => take([...(document.querySelector<HTMLInputElement>('#file')?.files ?? [])]),
    importTexts: (files) => take(files.map(({ name, text }) => new File([text], name))),
    backUpFirst: async (config, password) => {
      await add(config, 'create', password);
      return backUp();
    },
    encryptAndSend,
    backUpAgain: backUp,
    restoreAll: async (config, password) => {
      await add(config, 'open', password);
      const startedAt = performance.now();
      const [newest] = await session.backup.history(drive);
      const { job, plan } = await session.backup.startRestore(drive, newest?.id ?? '', noReport);
      await job.run(takeAll(plan, 'none'), noReport);
      const messagesMs = performance.now() - startedAt;
      await session.backup.fetchMedia(null, noReport);
      return { ms: performance.now() - startedAt, messagesMs };
    },
  };
}

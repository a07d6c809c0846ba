// Steps of backups through `window.session` of the harness page.
import type { Page } from 'playwright';
import { packFilesFolder } from '../../src/model/pack-files';
import type { BackupResult, DriveStatus, SnapshotView } from '../../src/model/backup-view';
import type { S3Config, WebdavConfig } from '../../src/model/drive';
import type { RepositorySecret } from '../../src/model/backup-view';

type RemoteConfig = WebdavConfig | S3Config;

/** Makes a repository on the drive, or opens the one that is there. */
export function addDrive(page: Page, config: RemoteConfig, mode: 'create' | 'open', secret: RepositorySecret): Promise<DriveStatus> {
  return page.evaluate(
    async ([to, how, by]) => {
      await window.session.vault.open();
      return window.session.backup.addDrive(to, { name: 'Attic', mode: how, secret: by }, () => {});
    },
    [config, mode, secret] as const,
  );
}

export function backUp(page: Page, drive: string): Promise<BackupResult> {
  return page.evaluate((id) => window.session.backup.run(id, { evenIfSmaller: false }, () => {}), drive);
}

export function listSnapshots(page: Page, drive: string): Promise<readonly SnapshotView[]> {
  return page.evaluate(async (id) => {
    await window.session.vault.open();
    return window.session.backup.history(id);
  }, drive);
}

/** Files in which packs waited for a drive; null where there were never any. */
export function packFiles(page: Page): Promise<readonly string[] | null> {
  return page.evaluate(async (name) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(name).catch(() => null);
    const names: string[] = [];
    for await (const file of folder?.keys() ?? []) names.push(file);
    return folder && names;
  }, packFilesFolder);
}

/** Takes in a snapshot, all of it, then its media; gives the number of messages that were new. */
export function restore(page: Page, drive: string, snapshot: string): Promise<number> {
  return page.evaluate(
    async ([id, from]) => {
      const { job, plan } = await window.session.backup.startRestore(id, from, () => {});
      const choices = plan.archives.map(({ archiveId }) => {
        return { archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'none' as const };
      });
      const receipts = await job.run(choices, () => {});
      await window.session.backup.fetchMedia(null, () => {});
      return receipts.reduce((sum, { added }) => sum + added, 0);
    },
    [drive, snapshot] as const,
  );
}

/** Takes in one text file as it would be dropped. */
export function importText(page: Page, name: string, text: string): Promise<number> {
  return page.evaluate(
    async ([path, content]) => {
      await window.session.vault.open();
      const job = window.session.startImport();
      const plan = await job.plan([{ path, file: new File([content], path) }], 'Europe/Berlin', () => {});
      const choices = plan.archives.map(({ archiveId }) => {
        return { archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' as const };
      });
      const receipts = await job.run(choices, () => {});
      return receipts.reduce((sum, { added }) => sum + added, 0);
    },
    [name, text] as const,
  );
}

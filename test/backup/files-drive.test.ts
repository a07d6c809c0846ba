// A repository from a folder's files, as browsers without folder handles give them.
import { expect, it } from 'vitest';
import { examineDrive } from '../../src/drives/doctor';
import { createFileListDrive } from '../../src/drives/file-list';
import { createMemoryDrive } from '../../src/drives/memory';
import type { DoctorStep, FilesConfig } from '../../src/model/drive';
import { earlier, makeDevice, passphrase, readSnapshot, silent } from './faults-device';

const chosen = (files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): FilesConfig => ({
  kind: 'files',
  folderName: 'chest',
  files: [...files].map(([name, bytes]) => ({ path: `chest/${name}`, file: new File([bytes], name) })),
});

it('is examined, opened, looked into and restored from, and never written to', async () => {
  const drive = createMemoryDrive();
  const first = await makeDevice([earlier], drive);
  const id = await first.addDrive();
  await first.run(id);
  const config = chosen(drive.files);
  const steps: DoctorStep[] = [];
  const report = await examineDrive(config, {}, (step) => void steps.push(step));
  expect(report).toMatchObject({ usable: true, holds: 'repository' });
  expect(steps.filter(({ outcome }) => outcome !== 'skipped').map((step) => step.id)).toEqual(['list']);
  const open = async (asked: { readonly kind: string }) => (asked.kind === 'files' ? createFileListDrive(config.files) : drive);
  const other = await makeDevice([], drive, { drives: { open, examine: async () => report } });
  const added = await other.backup.addDrive(config, { name: 'Stick', mode: 'open', secret: passphrase }, silent);
  expect(added).toMatchObject({ kind: 'folder', place: 'chest' });
  expect(added.warnings).toContain('read-only');
  const [snapshot] = await other.backup.history(added.id);
  expect(await readSnapshot(other, added.id, snapshot?.id ?? '')).toEqual(await readSnapshot(first, id, snapshot?.id ?? ''));
  await other.vault.intake.import(earlier);
  await expect(other.run(added.id)).rejects.toMatchObject({ code: 'drive-read-only' });
  other.restart();
  await expect(other.backup.history(added.id)).rejects.toMatchObject({ code: 'drive-permission' });
});

it('is refused where it is none', async () => {
  const report = await examineDrive(chosen(new Map([['letters.txt', new Uint8Array([1])]])), {}, () => {});
  expect(report).toMatchObject({ usable: false, holds: 'other-files' });
  expect(report.steps.find(({ id }) => id === 'list')).toMatchObject({ outcome: 'failed', finding: 'not-a-drive' });
});

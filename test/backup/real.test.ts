// The whole way: real vaults, real repositories, a drive in memory.

import { expect, test } from 'vitest';
import { pushBackup, type PushResult } from '../../src/backup/push';
import { openSnapshotFiles } from '../../src/backup/served-snapshot';
import { viewSnapshots } from '../../src/backup/snapshot-views';
import { createMemoryDrive } from '../../src/drives/memory';
import type { Repository } from '../../src/repository/repository';
import { chat, plainStyle, writeChat } from '../intake/chat-text';
import { create, reopen } from '../repository/operations/small-repository';
import { makeRealVault, type RealVault } from './real-vault';

const archives = [
  writeChat({ ...plainStyle, withMedia: true, to: 12 }),
  writeChat({ ...plainStyle, phone: 'iphone', from: 6, language: 'zh', edited: 8 }),
  writeChat(
    { ...plainStyle, title: 'Bo', names: { me: 'Li Wei', her: 'Bo' } },
    chat.map((said, at) => ({ ...said, text: `${at}. word`, atMs: said.atMs + 1e10 })),
  ),
];

const push = (vault: RealVault, repository: Repository): Promise<PushResult> =>
  pushBackup(vault.environment(repository), { evenIfSmaller: false }, () => {});

test('two devices fed in different orders: the same tree, and nothing is sent twice', async () => {
  const one = await makeRealVault(archives);
  const two = await makeRealVault(archives.toReversed());
  const drive = createMemoryDrive();
  const repository = await create(drive);
  const first = await push(one, repository);
  const second = await pushBackup(two.environment(repository, 'blue-heron'), { evenIfSmaller: false }, () => {});
  expect(second.snapshot?.tree).toBe(first.snapshot?.tree);
  expect(second).toMatchObject({ newMedia: 0, changedMonths: 0 });
  const views = await viewSnapshots(repository, (await repository.snapshots()).snapshots, 'amber-otter');
  expect(views.map(({ hostname, messages, media }) => [hostname, messages, media])).toEqual([
    ['blue-heron', 2 * chat.length, 2],
    ['amber-otter', 2 * chat.length, 2],
  ]);
  await repository.close();
});

test('an unchanged run, in a later session, writes nothing to the drive; a changed one adds to it', async () => {
  const vault = await makeRealVault(archives.slice(0, 2));
  const drive = createMemoryDrive();
  const repository = await create(drive);
  const { snapshot } = await push(vault, repository);
  const masterKey = repository.exportMasterKey();
  await repository.close();

  const again = await reopen(drive, masterKey);
  const names = async (): Promise<string[]> => (await drive.list('')).entries.map(({ name }) => name).sort();
  const before = await names();
  expect(await push(vault, again)).toMatchObject({ snapshot: null, previous: { id: snapshot?.id }, sentBytes: 0 });
  expect(await names()).toEqual(before);

  await vault.intake.import(archives[2] ?? {});
  const changed = await push(vault, again);
  expect(changed.snapshot?.parent).toBe(snapshot?.id);
  expect((await names()).filter((name) => name.startsWith('snapshots/'))).toHaveLength(2);
  expect((await again.check(() => {})).faults).toEqual([]);

  const served = await openSnapshotFiles(again, { tree: changed.snapshot?.tree ?? '' });
  const listed = await served.list(0);
  const picture = listed.findIndex(({ path }) => path.includes('/media/'));
  expect(new TextDecoder().decode(await served.read(picture, 4, 100))).toMatch(/^JFIF picture 000\d$/);
  await again.close();
});

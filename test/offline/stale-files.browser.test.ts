// What was left in the clear in the origin private file system goes by itself, and nothing else does.

import { afterEach, expect, test } from 'vitest';
import { privateExportName, privateMessagesName } from '../../src/model/export';
import { packFilesFolder } from '../../src/model/pack-files';
import { sharedForMs, sharedId, sharedInboxFolder } from '../../src/model/shared-inbox';
import { removeStaleFiles } from '../../src/offline/stale-files';

const hourMs = 3_600_000;
/** The other tests have files beside it. */
const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('stale-files', { create: true });

async function write(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await writable.write('words');
  await writable.close();
}

async function namesIn(folder: FileSystemDirectoryHandle): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names.toSorted();
}

afterEach(async () => {
  for (const name of await namesIn(root)) await root.removeEntry(name, { recursive: true });
});

test('exports go after an hour, and what is not of them stays', async () => {
  for (const name of [privateExportName, privateMessagesName, 'chunks']) await write(root, name);
  await removeStaleFiles(root, Date.now() + hourMs / 2);
  expect(await namesIn(root)).toEqual([privateExportName, privateMessagesName, 'chunks'].toSorted());
  await removeStaleFiles(root, Date.now() + 2 * hourMs);
  expect(await namesIn(root)).toEqual(['chunks']);
});

test('shares go after a day, by the time in their names, and what is no share goes at once', async () => {
  const nowMs = Date.now();
  const inbox = await root.getDirectoryHandle(sharedInboxFolder, { create: true });
  const [old, young] = [sharedId(nowMs - sharedForMs - 1, 'a'), sharedId(nowMs - sharedForMs + 60_000, 'b')];
  for (const id of [old, young, 'strange']) await write(await inbox.getDirectoryHandle(id, { create: true }), '0');
  await removeStaleFiles(root, nowMs);
  expect(await namesIn(inbox)).toEqual([young]);
});

test('packs go after an hour, but for one that a backup is writing', async () => {
  const packs = await root.getDirectoryHandle(packFilesFolder, { create: true });
  for (const name of ['left', 'used']) await write(packs, name);
  // Only workers have handles that write at once.
  const source = `onmessage = async ({ data }) => { self.access = await data.createSyncAccessHandle(); postMessage(null); };`;
  const writing = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  const isOpen = new Promise((resolve) => writing.addEventListener('message', resolve));
  writing.postMessage(await packs.getFileHandle('used'));
  await isOpen;
  await removeStaleFiles(root, Date.now() + hourMs / 2);
  expect(await namesIn(packs)).toEqual(['left', 'used']);
  await removeStaleFiles(root, Date.now() + 2 * hourMs);
  expect(await namesIn(packs)).toEqual(['used']);
  writing.terminate();
});

test('an empty system is left alone', async () => {
  await removeStaleFiles(root, Date.now());
  expect(await namesIn(root)).toEqual([]);
});

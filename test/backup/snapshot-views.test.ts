import { beforeEach, describe, expect, test } from 'vitest';
import { openSnapshotFiles } from '../../src/backup/served-snapshot';
import { browseSnapshot, findSnapshot, listSnapshotConversations, readSnapshotFile, viewSnapshots } from '../../src/backup/snapshot-views';
import type { Snapshot, TreeNode } from '../../src/repository/repository';
import { chat, plainStyle, writeChat } from '../intake/chat-text';
import { type BackupHarness, makeBackupHarness } from './backup-harness';

let harness: BackupHarness;
let snapshot: Snapshot;

beforeEach(async () => {
  harness = makeBackupHarness();
  await harness.intake.import(writeChat({ ...plainStyle, withMedia: true }));
  snapshot = (await harness.push()).snapshot as Snapshot;
});

async function saveTree(nodes: readonly TreeNode[]): Promise<string> {
  return (await harness.repository.startWriting()).saveTree(nodes);
}
async function saveBlob(text: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return (await (await harness.repository.startWriting()).saveBlob('data', bytes)).id;
}
const node = (name: string, content: readonly string[], subtree: string | null = null, sizeBytes = 0): TreeNode => ({
  name,
  type: subtree === null ? 'file' : 'dir',
  mtimeMs: 0,
  sizeBytes,
  content,
  subtree,
});

describe('history', () => {
  test('counts what each holds, and what it has more than the one before of its device', async () => {
    const friend = { ...plainStyle, title: 'Bo', names: { me: 'Li Wei', her: 'Bo' } };
    await harness.intake.import(writeChat(friend, [{ atMs: Date.UTC(2025, 0, 1), sender: 'her', text: 'a new chat' }]));
    await harness.push();
    const views = await viewSnapshots(harness.repository, harness.repository.taken, 'camphor-test');
    expect(views).toMatchObject([
      {
        conversations: 2,
        messages: chat.length + 1,
        media: 3,
        isOwnDevice: true,
        isOurs: true,
        added: { conversations: 1, messages: 1, media: 0 },
      },
      { id: snapshot.id, conversations: 1, added: null },
    ]);
    expect(views[1]?.bytes).toBe(3 * 21);
  });

  test('shows those of stock tools and those whose manifest is damaged without counts, and asks once for each tree', async () => {
    const bad = await saveTree([node('archive', [], await saveTree([node('manifest.json', [await saveBlob('{"format":"camphor"')])]))]);
    const stock = { ...snapshot, id: 'stock', tags: [], hostname: 'laptop', takenAtMs: 5 };
    const damaged = { ...snapshot, id: 'damaged', tree: bad, takenAtMs: 6 };
    const lost = { ...snapshot, id: 'lost', tree: '00'.repeat(32), takenAtMs: 7 };
    const known = new Map();
    const views = await viewSnapshots(harness.repository, [stock, damaged, lost, snapshot], 'camphor-test', known);
    expect(views.map(({ id, isOurs, messages }) => [id, isOurs, messages])).toEqual([
      [snapshot.id, true, chat.length],
      ['lost', false, null],
      ['damaged', false, null],
      ['stock', false, null],
    ]);
    harness.repository.counts.read = 0;
    await viewSnapshots(harness.repository, [damaged, lost, snapshot], 'camphor-test', known);
    expect(harness.repository.counts.read).toBe(0);
  });

  test('a snapshot that is gone is said to be', async () => {
    expect(await findSnapshot(harness.repository, snapshot.id)).toEqual(snapshot);
    await expect(findSnapshot(harness.repository, 'gone')).rejects.toMatchObject({ code: 'snapshot-missing' });
  });
});

describe('looking into a snapshot', () => {
  test('folders first, conversations by their names', async () => {
    expect((await browseSnapshot(harness.repository, snapshot, '')).map(({ path }) => path)).toEqual(['archive']);
    const top = await browseSnapshot(harness.repository, snapshot, '/archive/');
    expect(top.map(({ name, isFolder }) => `${name}${isFolder ? '/' : ''}`)).toEqual([
      'conversations/',
      'media/',
      'receipts/',
      'README.txt',
      'manifest.json',
      'overlays.jsonl',
      'people.jsonl',
    ]);
    const [conversation] = await browseSnapshot(harness.repository, snapshot, 'archive/conversations');
    expect(conversation).toMatchObject({ title: 'Mum', isFolder: true });
    const month = (await browseSnapshot(harness.repository, snapshot, conversation?.path ?? '')).find(
      ({ name }) => name === '2024-03.jsonl',
    );
    expect(month?.modifiedAtMs).toBe((chat[chat.length - 1]?.atMs ?? 0) - ((chat[chat.length - 1]?.atMs ?? 0) % 60_000));
    const bytes = await readSnapshotFile(harness.repository, snapshot, month?.path ?? '');
    expect(bytes).toHaveLength(month?.sizeBytes ?? -1);
  });

  test('a path that leads nowhere is not found', async () => {
    for (const path of ['archive/nothing', 'archive/README.txt/x', '../etc', 'archive/README.txt'])
      await expect(browseSnapshot(harness.repository, snapshot, path)).rejects.toMatchObject({ code: 'not-found' });
    for (const path of ['', 'archive', 'archive/media', 'archive/no.txt'])
      await expect(readSnapshotFile(harness.repository, snapshot, path)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('conversations are listed; one that cannot be read is left out', async () => {
    const [listed] = await listSnapshotConversations(harness.repository, snapshot);
    expect(listed).toMatchObject({ name: 'Mum', messages: chat.length, firstAtMs: Date.UTC(2024, 2, 1) });
    const hostile = await saveTree([
      node('a', [], await saveTree([node('conversation.json', [await saveBlob('[1,2]')])])),
      node('b', [], await saveTree([node('conversation.json', [await saveBlob('{"names":{},"messages":"many","months":[[3]]}')])])),
      node('c', [], '11'.repeat(32)),
      node('d', [await saveBlob('a file')]),
    ]);
    const tree = await saveTree([node('archive', [], await saveTree([node('conversations', [], hostile)]))]);
    expect(await listSnapshotConversations(harness.repository, { tree })).toEqual([
      { portableId: 'b', name: null, messages: 0, firstAtMs: null, lastAtMs: null },
    ]);
    expect(await listSnapshotConversations(harness.repository, { tree: hostile })).toEqual([]);
  });
});

describe('serving a snapshot', () => {
  test('lists every file, its own before those of folders, and reads any part', async () => {
    const served = await openSnapshotFiles(harness.repository, snapshot);
    const listed = await served.list(0);
    const files = await harness.files();
    expect(await served.repositoryId()).toBe(harness.repository.id);
    expect(listed.map(({ path }) => path).sort()).toEqual([...files.keys()].sort());
    expect(listed.slice(0, 4).map(({ path }) => path)).toEqual([
      'archive/README.txt',
      'archive/manifest.json',
      'archive/overlays.jsonl',
      'archive/people.jsonl',
    ]);
    expect((await served.list(2)).map(({ path }) => path)).toEqual(listed.slice(2).map(({ path }) => path));
    for (const [index, { path, sizeBytes }] of listed.entries()) {
      const whole = Buffer.from(await served.read(index, 0, sizeBytes));
      expect(whole.toString('utf8')).toBe(files.get(path));
      expect(Buffer.from(await served.read(index, 3, 9))).toEqual(whole.subarray(3, 9));
      expect(await served.read(index, sizeBytes, sizeBytes + 10)).toHaveLength(0);
    }
    await expect(served.read(listed.length, 0, 1)).rejects.toMatchObject({ code: 'not-found' });
    await expect(served.read(-1, 0, 1)).rejects.toMatchObject({ code: 'not-found' });
    await expect(served.read(0, 0, 2 ** 31)).rejects.toBeInstanceOf(RangeError);
    await expect(served.read(0, -1, 2)).rejects.toBeInstanceOf(RangeError);
  });

  test('what was given away does not empty what is remembered', async () => {
    const served = await openSnapshotFiles(harness.repository, snapshot);
    structuredClone(await served.read(0, 0, 50), { transfer: [(await served.read(0, 0, 50)).buffer] });
    const again = await served.read(0, 0, 50);
    structuredClone(again, { transfer: [again.buffer] });
    expect(await served.read(0, 0, 50)).toHaveLength(50);
  });

  test('a file cut by us is read in its middle without its beginning; one cut by others is read through', async () => {
    const piece = 4 * 1024 * 1024;
    const bytes = new Uint8Array(2 * piece + 100);
    for (let at = 0; at < bytes.length; at += 3) bytes[at] = (at >> 4) & 255;
    const ours = [
      await saveBlob(bytes.slice(0, piece)),
      await saveBlob(bytes.slice(piece, 2 * piece)),
      await saveBlob(bytes.slice(2 * piece)),
    ];
    const theirs = [
      await saveBlob(bytes.slice(0, 700)),
      await saveBlob(bytes.slice(700, piece + 9)),
      await saveBlob(bytes.slice(piece + 9)),
    ];
    const tree = await saveTree([node('a', ours, null, bytes.length), node('b', theirs, null, bytes.length)]);
    const served = await openSnapshotFiles(harness.repository, { tree });
    harness.repository.counts.read = 0;
    expect(Buffer.compare(await served.read(0, piece + 5, piece + 25), bytes.slice(piece + 5, piece + 25))).toBe(0);
    expect(harness.repository.counts.read).toBe(2);
    for (const [from, to] of [
      [0, 10],
      [690, 710],
      [piece - 5, piece + 20],
      [2 * piece, 2 * piece + 100],
    ] as const) {
      expect(Buffer.compare(await served.read(1, from, to), bytes.slice(from, to)), `${from}`).toBe(0);
      expect(Buffer.compare(await served.read(0, from, to), bytes.slice(from, to)), `${from}`).toBe(0);
    }
  });

  test('a tree that is met too deep is refused', async () => {
    let tree = await saveTree([node('file', [])]);
    for (let depth = 0; depth < 20; depth++) tree = await saveTree([node('d', [], tree)]);
    await expect(openSnapshotFiles(harness.repository, { tree })).rejects.toMatchObject({ code: 'damaged' });
  });
});

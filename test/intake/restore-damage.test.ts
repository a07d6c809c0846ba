// Snapshots that are damaged or made up: nothing but CamphorErrors, nothing lost that is there, and what could not be read is said.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CamphorError } from '../../src/model/error';
import type { ServedSnapshotVerbs } from '../../src/model/verbs';
import { classOf, isWordedByApp } from '../../src/intake/frozen-text';
import type { ArchiveWriter } from '../../src/vault/archive';
import { chat, plainStyle, writeChat } from './chat-text';
import { makeMemoryArchive } from './memory-archive';
import { asFolder, type Device, makeDrive } from './restore-harness';

type Folder = Record<string, Uint8Array>;

/** Two chats out of four imports, with edits, media and overlays. */
async function makeFolder(): Promise<{ readonly device: Device; readonly folder: Folder }> {
  const device = makeDrive().device();
  for (const style of [
    { ...plainStyle, phone: 'iphone', withMedia: true, edited: 13 },
    { ...plainStyle, language: 'zh', deleted: 8, to: 15 },
    { ...plainStyle, from: 3 },
  ] as const)
    await device.import(writeChat(style));
  await device.import(
    writeChat({ ...plainStyle, title: 'Bo', names: { me: 'Li Wei', her: 'Bo' } }, [
      { atMs: Date.UTC(2024, 0, 3, 8), sender: 'her', text: 'shall we go to the market' },
      { atMs: Date.UTC(2024, 0, 3, 9), sender: 'me', text: 'as soon as the rain stops' },
    ]),
  );
  device.say('pinned', `conversation:${(await (await device.vault.openReader()).conversations())[0]?.id}`, 'yes');
  return { device, folder: await asFolder(await device.backUp()) };
}

/** The same files as a repository would serve them. */
function serve(folder: Folder): ServedSnapshotVerbs {
  const files = Object.entries(folder).map(([path, bytes]) => ({ path: path.replace('out/', ''), bytes }));
  return {
    repositoryId: async () => 'repository',
    list: async (from) => files.slice(from).map(({ path, bytes }) => ({ path, sizeBytes: bytes.length, blobs: ['b'] })),
    read: async (index, from, to) => new Uint8Array(files[index]?.bytes.slice(from, to) ?? []),
  };
}

/** Restores what it can. True where it was refused with an error of ours. */
async function restoreDamaged(device: Device, folder: Folder): Promise<boolean> {
  try {
    await device.restore(serve(folder));
    return false;
  } catch (error) {
    if (error instanceof CamphorError) return true;
    throw error;
  }
}

const textsOf = async (device: Device): Promise<string[]> => (await device.messages()).map(({ text }) => text).sort();

/** What people wrote, and how many lines the app worded: of one that is here in two wordings either may be shown, also an altered one. */
async function contentOf(device: Device): Promise<{ readonly written: string[]; readonly worded: number }> {
  const messages = await device.messages();
  const written = messages.filter((message) => !isWordedByApp(classOf(message)));
  return { written: written.map(({ text }) => text), worded: messages.length - written.length };
}

/** Nothing of it is missing. */
function expectAll(of: Awaited<ReturnType<typeof contentOf>>, here: Awaited<ReturnType<typeof contentOf>>): void {
  for (const text of of.written) expect(here.written).toContain(text);
  expect(here.worded).toBeGreaterThanOrEqual(of.worded);
}

test('one byte altered or a file cut anywhere: what is here stays, and the whole snapshot settles it', { timeout: 180_000 }, async () => {
  const { device, folder } = await makeFolder();
  const paths = Object.keys(folder).filter((path) => !path.includes('/media/'));
  const damage = fc.array(
    fc.record({
      path: fc.constantFrom(...paths),
      at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      bit: fc.nat({ max: 8 }),
    }),
    { minLength: 1, maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(damage, fc.boolean(), async (places, isHereSome) => {
      const damaged = { ...folder };
      for (const { path, at, bit } of places) {
        const bytes = (damaged[path] ?? new Uint8Array()).slice();
        const index = Math.floor(at * bytes.length);
        if (bit === 8) damaged[path] = bytes.slice(0, index);
        else {
          bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
          damaged[path] = bytes;
        }
      }
      const other = makeDrive().device();
      if (isHereSome) await other.import(writeChat({ ...plainStyle, from: 2, to: 9 }));
      const before = await contentOf(other);
      await restoreDamaged(other, damaged);
      expectAll(before, await contentOf(other));
      await other.restore(serve(folder));
      expectAll(await contentOf(device), await contentOf(other));
      for (const { id } of await (await other.vault.openReader()).receipts()) if (!(await isUndone(other, id))) await other.undo(id);
      expect(await other.messages()).toEqual([]);
    }),
    { numRuns: 60 },
  );
  expect(await device.messages()).toHaveLength(chat.length + 2);
});

async function isUndone(device: Device, id: string): Promise<boolean> {
  return (await (await device.vault.openReader()).receipts()).find((receipt) => receipt.id === id)?.undoneAtMs !== null;
}

describe('without', () => {
  test.each(['receipts/', 'people.jsonl', 'conversation.json', 'overlays.jsonl', 'README.txt'])('%s all messages come', async (gone) => {
    const { device, folder } = await makeFolder();
    const left = Object.fromEntries(Object.entries(folder).filter(([path]) => !path.includes(gone)));
    const fresh = makeDrive().device();
    await fresh.restore(serve(left));
    expect(await textsOf(fresh)).toEqual(await textsOf(device));
    const conversations = await (await fresh.vault.openReader()).conversations();
    expect(conversations.map(({ names }) => names.length)).toEqual([1, 1]);
    await fresh.restore(serve(left));
    expect(await textsOf(fresh)).toEqual(await textsOf(device));
    await fresh.restore(serve(folder));
    expect(await textsOf(fresh)).toEqual(await textsOf(device));
  });

  test('one receipt, what only it held comes under a receipt of its own, with what was not understood', async () => {
    const { device, folder } = await makeFolder();
    const sizes = Object.entries(folder).filter(([path]) => path.includes('/receipts/'));
    for (const [path] of sizes) {
      const fresh = makeDrive().device();
      await fresh.restore(serve({ ...folder, [path]: new TextEncoder().encode('{"id":5}\n') }));
      expect(await textsOf(fresh)).toEqual(await textsOf(device));
      const receipts = await (await fresh.vault.openReader()).receipts();
      expect(receipts.find(({ source }) => source === 'camphor')).toMatchObject({
        format: 'camphor-snapshot',
        problemCounts: { 'not-understood': 1 },
        files: [{ path: 'archive/manifest.json', identityOf: 'content' }],
      });
    }
  });

  test('a month, the others come, and it is said', async () => {
    const { folder } = await makeFolder();
    const path = Object.keys(folder).find((each) => each.endsWith('2024-03.jsonl')) ?? '';
    const { [path]: _gone, ...left } = folder;
    const fresh = makeDrive().device();
    const receipts = await fresh.restore(serve(left));
    expect(await fresh.messages()).toHaveLength(2);
    expect(receipts.find(({ source }) => source === 'camphor')?.problems.map(({ problem }) => problem)).toEqual([
      { code: 'ends-early', raw: '', detail: '2024-03: 18 messages' },
    ]);
    await fresh.restore(serve(folder));
    expect(await fresh.messages()).toHaveLength(chat.length + 2);
  });
});

test('lines that were added by another hand come too', async () => {
  const { device, folder } = await makeFolder();
  const path = Object.keys(folder).find((each) => each.endsWith('2024-03.jsonl')) ?? '';
  const added = '{"at":"2024-03-14T08:31:00Z","text":"never held by any import"}\n';
  const fresh = makeDrive().device();
  await fresh.restore(serve({ ...folder, [path]: Buffer.concat([folder[path] ?? new Uint8Array(), Buffer.from(added)]) }));
  expect(await textsOf(fresh)).toEqual([...(await textsOf(device)), 'never held by any import'].sort());
});

test('claims that cannot be true do no harm', async () => {
  const { folder } = await makeFolder();
  const path = Object.keys(folder).find((each) => each.includes('/receipts/')) ?? '';
  const receipt = JSON.parse(new TextDecoder().decode(folder[path])) as { conversations: object[] };
  const huge = 2 ** 31 - 1;
  for (const change of [
    { held: [[0, huge]], order: [[0, 5]], coarse: [[0, huge]] },
    { held: [[5, 2]] },
    { held: [[-1, 2]] },
    { held: [], openTicks: [8e15, -8e15] },
    { held: [[0, 3]], otherwise: [[1, { at: '9999-12-31T23:59:59Z', text: 'late' }]], openTicks: [1e300, 2] },
    { conversation: 'f'.repeat(32) },
    { said: { shape: 'group', people: ['e'.repeat(32)], asOfMs: 5 } },
  ]) {
    const conversations = receipt.conversations.map((holding) => ({ ...holding, ...change }));
    const changed = { ...folder, [path]: new TextEncoder().encode(JSON.stringify({ ...receipt, conversations })) };
    const fresh = makeDrive().device();
    expect(await restoreDamaged(fresh, changed)).toBe(false);
    expect(new Set(await textsOf(fresh)).size).toBeGreaterThan(chat.length / 2);
  }
});

test('anomaly loop: a writer that fails at its 1st, 2nd, 3rd … call leaves nothing', async () => {
  const { device, folder } = await makeFolder();
  const archive = makeMemoryArchive();
  let callsLeft = Infinity;
  const openWriter = async (): Promise<ArchiveWriter> =>
    new Proxy(await archive.openWriter(), {
      get(writer, name: keyof ArchiveWriter) {
        const value = writer[name];
        if (typeof value !== 'function' || name === 'abandon') return value;
        return (...parameters: unknown[]) => {
          if (--callsLeft < 0) throw new Error('no room');
          return (value as (...all: unknown[]) => unknown)(...parameters);
        };
      },
    });
  const fresh = makeDrive().device({ vault: { openReader: archive.openReader, openWriter } });
  await fresh.import(writeChat({ ...plainStyle, to: 9 }));
  const before = await fresh.canonical();
  let failures = 0;
  for (let calls = 0; ; calls++) {
    callsLeft = calls;
    const outcome = await fresh.restore(serve(folder)).then(
      () => 'restored',
      (error: Error) => error.message,
    );
    callsLeft = Infinity;
    if (outcome === 'restored') break;
    failures++;
    expect(await fresh.canonical()).toBe(before);
  }
  expect(failures).toBeGreaterThan(10);
  expect(await textsOf(fresh)).toEqual(await textsOf(device));
});

test('fields of a later version are passed over; in this one they are said', async () => {
  const { device, folder } = await makeFolder();
  const month = Object.keys(folder).find((each) => each.endsWith('2024-03.jsonl')) ?? '';
  const text = new TextDecoder().decode(folder[month]).replaceAll('{"at"', '{"added":[1],"at"');
  for (const version of [1, 2]) {
    const manifest = JSON.stringify({ format: 'camphor', version, readableBy: 1 });
    const encode = (value: string): Uint8Array => new TextEncoder().encode(value);
    const fresh = makeDrive().device();
    const receipts = await fresh.restore(serve({ ...folder, [month]: encode(text), 'out/archive/manifest.json': encode(manifest) }));
    expect(await textsOf(fresh)).toEqual(await textsOf(device));
    expect(receipts.map(({ source }) => source).includes('camphor')).toBe(version === 1);
  }
});

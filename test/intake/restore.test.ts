// Restoring is an import: what a vault holds afterwards is what all imports together give, whichever vault they came from.

import { describe, expect, test } from 'vitest';
import { chat, plainStyle, writeChat } from './chat-text';
import type { ChatStyle } from './chat-text';
import { openRealVault } from './intake-harness';
import { makeMemoryArchive } from './memory-archive';
import { asFolder, makeDrive } from './restore-harness';

const styles: Readonly<Record<string, ChatStyle>> = {
  android: plainStyle,
  'iphone with media': { ...plainStyle, phone: 'iphone', withMedia: true, clock: 12 },
  chinese: { ...plainStyle, phone: 'iphone', language: 'zh' },
  renamed: { ...plainStyle, names: { me: 'Li Wei', her: 'Mother' }, title: 'Mother' },
  edited: { ...plainStyle, phone: 'iphone', edited: 13 },
  deleted: { ...plainStyle, deleted: 8 },
  older: { ...plainStyle, to: 12 },
};

const files = (name: string): Record<string, string | Uint8Array> => writeChat(styles[name] ?? plainStyle);

describe.each([
  ['memory', async () => makeMemoryArchive()],
  ['real vault', openRealVault],
] as const)('on the %s', (_name, open) => {
  test('into an empty vault: all of it, in one commit', async () => {
    const drive = makeDrive();
    const old = drive.device();
    for (const name of Object.keys(styles)) await old.import(files(name));
    const fresh = drive.device({ vault: await open() });
    const plan = await fresh.planRestore(await old.backUp());
    expect(plan.archives).toMatchObject([
      {
        source: 'camphor',
        messages: chat.length,
        mediaFound: 3,
        mediaMissing: 0,
        conversations: [{ name: 'Mother', proposal: { kind: 'new' } }],
      },
    ]);
    const receipts = await fresh.restore(await old.backUp());
    expect(receipts).toHaveLength(Object.keys(styles).length);
    expect(receipts.reduce((sum, { added }) => sum + added, 0)).toBe(chat.length);
    expect(await fresh.canonical()).toBe(await old.canonical());
    expect(await fresh.dump()).toBe(await old.dump());
  });

  test('into a vault that holds some of it', async () => {
    const drive = makeDrive();
    const old = drive.device();
    for (const name of Object.keys(styles)) await old.import(files(name));
    const other = drive.device({ vault: await open() });
    for (const name of ['chinese', 'older']) await other.import(files(name));
    const plan = await other.planRestore(await old.backUp());
    expect(plan.archives[0]?.conversations[0]?.proposal).toMatchObject({ kind: 'continues', known: chat.length, added: 0 });
    await other.restore(await old.backUp());
    expect(await other.canonical()).toBe(await old.canonical());
    const again = await other.restore(await old.backUp());
    expect(again).toEqual([]);
    const { rootNumber } = await other.vault.openReader();
    await other.restore(await old.backUp());
    expect((await other.vault.openReader()).rootNumber).toBe(rootNumber);
    expect(await other.canonical()).toBe(await old.canonical());
  });
});

test('a folder that stock restic restored, and a vault that holds all of it', async () => {
  const drive = makeDrive();
  const old = drive.device();
  for (const name of Object.keys(styles)) await old.import(files(name));
  const folder = await asFolder(await old.backUp());
  const fresh = drive.device();
  const plan = await fresh.plan(folder);
  expect(plan).toMatchObject({ unrecognised: [], problems: [], archives: [{ format: 'camphor-snapshot', questions: [] }] });
  await fresh.import(folder);
  expect(await fresh.canonical()).toBe(await old.canonical());
  const known = await fresh.plan(folder);
  expect(known.archives[0]?.conversations[0]?.proposal).toMatchObject({ kind: 'continues', known: chat.length, added: 0 });
  expect((await (await fresh.backUp()).list(0)).map(({ path }) => path)).toEqual(
    (await (await old.backUp()).list(0)).map(({ path }) => path),
  );
});

test('equal vaults give equal snapshots, also after a restore', async () => {
  const drive = makeDrive();
  const old = drive.device();
  for (const name of Object.keys(styles)) await old.import(files(name));
  const fresh = drive.device();
  await fresh.restore(await old.backUp());
  expect(await asFolder(await fresh.backUp())).toEqual(await asFolder(await old.backUp()));
});

const pairs = Object.keys(styles).flatMap((first) =>
  Object.keys(styles)
    .filter((second) => second !== first)
    .map((second) => [first, second] as const),
);

test.each(pairs)('%s here, %s there: each restores the other, and both hold the same as one that imported both', async (here, there) => {
  const drive = makeDrive();
  const [one, two, both] = [drive.device(), drive.device(), drive.device()];
  await one.import(files(here));
  await two.import(files(there));
  for (const name of [here, there]) await both.import(files(name));
  const snapshot = await one.backUp();
  await one.restore(await two.backUp());
  await two.restore(snapshot);
  expect(await two.canonical()).toBe(await one.canonical());
  expect(await one.canonical()).toBe(await both.canonical());
});

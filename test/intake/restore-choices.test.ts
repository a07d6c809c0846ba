// Restores of a part, of what was removed or said, with media here or elsewhere, and of clocks that were read otherwise.

import { describe, expect, test } from 'vitest';
import type { IntakeEnvironment } from '../../src/intake/environment';
import type { ConversationId, Sha256Hex } from '../../src/model/ids';
import { conversationSubject, messageSubject, personSubject, receiptSubject } from '../../src/model/overlay-index';
import { readMedia } from '../../src/timeline/media';
import { importers } from '../../src/importers/registry';
import { chat, plainStyle, writeChat } from './chat-text';
import { openRealVault } from './intake-harness';
import { recordImporter, writeRecords } from './record-importer';
import { asFolder, type Device, makeDrive, takeAll } from './restore-harness';

const known = [...importers, recordImporter];
const startMs = Date.UTC(2024, 5, 1, 9);

/** One archive of three chats. */
const account = {
  'account.records': writeRecords(
    ['Ann', 'Bo', 'Kim'].flatMap((name, chatNumber) =>
      [0, 1, 2, 3].map((each) => ({
        sentAtMs: startMs + each * 90_000,
        sender: each % 2 === 0 ? `${name}#${chatNumber}` : 'Me#9',
        owner: 'Me#9',
        text: `${name} and me, number ${each}`,
        id: String(each),
        conversation: `chat ${name}`,
      })),
    ),
  ),
};

async function entryOf(device: Device, index = 0): Promise<{ id: ConversationId; names: readonly string[] }> {
  const reader = await device.vault.openReader();
  const entry = (await reader.conversations())[index];
  reader.release();
  if (entry === undefined) throw new Error('no conversation');
  return entry;
}

test('chosen conversations, then the others: as all at once', async () => {
  const drive = makeDrive();
  const [old, fresh] = [drive.device({ importers: known }), drive.device({ importers: known })];
  await old.import(account);
  const first = await fresh.restore(await old.backUp(), { conversations: { 1: 'skip', 2: 'skip' } });
  expect(first).toMatchObject([{ messagesRead: 4, added: 4, conversations: [{ read: 4 }] }]);
  expect(await fresh.messages()).toHaveLength(4);
  const second = await fresh.restore(await old.backUp());
  expect(second).toMatchObject([{ messagesRead: 12, added: 12, known: 0 }]);
  expect(await fresh.canonical()).toBe(await old.canonical());
  const plan = await fresh.planRestore(await old.backUp());
  expect(plan.archives[0]?.conversations.map(({ proposal }) => proposal)).toMatchObject([
    { kind: 'continues', known: 4, added: 0 },
    { kind: 'continues', known: 4, added: 0 },
    { kind: 'continues', known: 4, added: 0 },
  ]);
});

test('new means apart, and nothing at all is nothing', async () => {
  const drive = makeDrive();
  const [old, other] = [drive.device(), drive.device()];
  await old.import(writeChat(plainStyle));
  await other.import(writeChat({ ...plainStyle, phone: 'iphone' }));
  expect(await other.restore(await old.backUp(), { conversations: { 0: 'skip' } })).toEqual([]);
  await other.restore(await old.backUp(), { conversations: { 0: 'new' } });
  expect(await other.messages()).toHaveLength(2 * chat.length);
});

describe('what was removed', () => {
  test('here stays away, unless it is asked for by name', async () => {
    const drive = makeDrive();
    const [old, other] = [drive.device(), drive.device()];
    for (const device of [old, other]) await device.import(writeChat({ ...plainStyle, withMedia: true }));
    const { id } = await entryOf(other);
    await other.intake.removeConversation(id, () => {});
    const plan = await other.planRestore(await old.backUp());
    expect(plan.archives[0]?.conversations[0]?.proposal).toEqual({
      kind: 'continues',
      conversation: id,
      name: 'Mum',
      known: 0,
      added: chat.length,
      removed: true,
    });
    expect(await other.restore(await old.backUp())).toEqual([]);
    expect(await other.messages()).toEqual([]);
    await other.restore(await old.backUp(), { conversations: { 0: id } });
    expect((await entryOf(other)).id).toBe(id);
    expect((await other.messages()).map(({ seq }) => seq)[0]).toBe(chat.length);
    expect([...other.overlays.values()].map(({ fields }) => fields['value']?.value)).toEqual([null]);
    other.overlays.clear();
    expect(await other.canonical()).toBe(await old.canonical());
  });

  test('there is hidden here where the own repository says so, and stays where a stranger does', async () => {
    const drive = makeDrive();
    const [old, other, third] = [drive.device(), drive.device(), drive.device()];
    for (const device of [old, other, third]) await device.import(writeChat(plainStyle));
    await old.intake.removeConversation((await entryOf(old)).id, () => {});
    await other.restore(await old.backUp());
    const { id } = await entryOf(other);
    expect(other.overlays.get(`removed ${conversationSubject(id)}`)?.fields['value']?.value).toBe('yes');
    const before = await third.canonical();
    const plan = await third.plan(await asFolder(await old.backUp()));
    await third.intake.run(plan.planId, [{ ...takeAll, archiveId: plan.archives[0]?.archiveId ?? '' }], () => {});
    expect(
      (await third.canonical())
        .split('\n')
        .filter((line) => !line.startsWith('overlay removed conversation nothing'))
        .join('\n'),
    ).toBe(before);
  });

  test('there is remembered here', async () => {
    const drive = makeDrive();
    const [old, fresh] = [drive.device({ importers: known }), drive.device({ importers: known })];
    await old.import(account);
    await old.import(writeChat(plainStyle));
    await old.intake.removeConversation((await entryOf(old, 1)).id, () => {});
    await old.intake.removeConversation((await entryOf(old, 2)).id, () => {});
    for (let time = 0; time < 2; time++) await fresh.restore(await old.backUp());
    expect(await fresh.messages()).toHaveLength(8);
    const chats = await fresh.plan(writeChat(plainStyle));
    expect(chats.archives[0]?.conversations[0]?.proposal).toMatchObject({ kind: 'continues', name: 'Mum', removed: true });
    const plan = await fresh.plan(account);
    expect(plan.archives[0]?.conversations.map(({ proposal }) => proposal.kind === 'continues' && proposal.removed)).toEqual([
      false,
      true,
      false,
    ]);
    expect([...fresh.overlays.values()].filter(({ kind }) => kind === 'removed')).toHaveLength(2);
  });
});

test('what was taken back there and comes from a stranger takes nothing away here', async () => {
  const drive = makeDrive();
  const [old, other] = [drive.device(), drive.device()];
  for (const device of [old, other]) await device.import(writeChat(plainStyle));
  const [receipt] = await (await old.vault.openReader()).receipts();
  if (receipt === undefined) throw new Error('no receipt');
  await old.undo(receipt.id);
  const folder = await asFolder(await old.backUp());
  const before = await other.canonical();
  const plan = await other.plan(folder);
  await other.intake.run(plan.planId, [{ ...takeAll, archiveId: plan.archives[0]?.archiveId ?? '' }], () => {});
  expect(await other.canonical()).toBe(before);
  await other.restore(await old.backUp());
  expect(await other.messages()).toEqual([]);
  expect(other.overlays.get(`undone ${receiptSubject(receipt.id)}`)?.fields['value']?.value).toBe('yes');
});

test('what the owner said goes where it belongs, in new and in merged conversations', async () => {
  const drive = makeDrive();
  const [old, fresh, other] = [drive.device(), drive.device(), drive.device()];
  await old.import(writeChat({ ...plainStyle, phone: 'iphone', withMedia: true, edited: 13 }));
  await other.import(writeChat({ ...plainStyle, language: 'zh', from: 2 }));
  const { id } = await entryOf(old);
  const messages = await old.messages();
  for (const at of [1, 4, 8, 13]) old.say('bookmark', messageSubject({ conversation: id, seq: messages[at]?.seq ?? -1 }), 'yes');
  old.say('conversation-name', conversationSubject(id), 'Mum at home');
  const [person, second] = [...(await (await old.vault.openReader()).people()).values()];
  old.say('different-people', personSubject(person?.id ?? ('' as never)), 'yes', second?.id);
  old.say('person-name', personSubject(person?.id ?? ('' as never)), 'Someone');
  const saved = `search:${'5a'.repeat(16)}`;
  old.say('saved-search', saved, '{"query":"wine"}');
  old.say('note', 'message:nowhere/4', 'of what is gone');
  await fresh.restore(await old.backUp());
  old.overlays.delete('note message:nowhere/4');
  expect(await fresh.canonical()).toBe(await old.canonical());
  await other.restore(await old.backUp());
  for (const device of [fresh, other]) {
    const people = await (await device.vault.openReader()).people();
    const [different] = [...device.overlays.values()].filter(({ kind }) => kind === 'different-people');
    const pair = [different?.subject.slice('person:'.length) ?? '', ...Object.keys(different?.fields ?? {})];
    expect(pair.map((id) => people.get(id as never)?.names[0])).toEqual([person?.names[0], second?.names[0]]);
  }
  for (const device of [fresh, other])
    expect(device.overlays.get(`saved-search ${saved}`)).toEqual(old.overlays.get(`saved-search ${saved}`));
  const here = new Map((await other.messages()).map((message) => [message.seq, message.text]));
  const marked = [...other.overlays.values()].flatMap(({ kind, subject }) =>
    kind === 'bookmark' ? [here.get(Number(subject.split('/')[1]))] : [],
  );
  expect(marked.sort()).toEqual([1, 4, 8, 13].map((at) => messages[at]?.text).sort());
});

describe('media', () => {
  const withMedia = writeChat({ ...plainStyle, phone: 'iphone', withMedia: true });
  const describing: Partial<IntakeEnvironment> = {
    describeMedium: () => ({ mime: 'image/jpeg', widthPx: 40, heightPx: 30 }),
    makeThumbnail: async (medium) => ({ bytes: medium.slice(0, 8), mime: 'image/webp', widthPx: 4, heightPx: 3 }),
  };

  test.each(['none', 'thumbnails', 'all'] as const)('%s, from a repository', async (media) => {
    const drive = makeDrive();
    const old = drive.device({ changes: describing });
    await old.import(withMedia);
    const fresh = drive.device({ vault: await openRealVault(), changes: describing });
    await fresh.restore(await old.backUp(), { media });
    expect(await fresh.canonical(false)).toBe(await old.canonical(false));
    const reader = await fresh.vault.openReader();
    for await (const entry of reader.mediaEntries()) {
      expect(entry.places).toEqual([{ repository: drive.repository.id, blobs: [entry.sha256] }]);
      expect(entry.chunks).toHaveLength(media === 'all' ? 1 : 0);
      expect(entry.thumbnail === null).toBe(media === 'none');
      const blob = readMedia(reader, entry.sha256, { has: () => true });
      if (media === 'all') expect((await blob).size).toBe(entry.sizeBytes);
      else await expect(blob).rejects.toMatchObject({ code: 'not-found', facts: { what: 'medium-elsewhere' } });
    }
    reader.release();
    await fresh.restore(await old.backUp());
    expect(await fresh.canonical()).toBe(await old.canonical());
    for (const { id } of await (await fresh.vault.openReader()).receipts()) await fresh.undo(id);
    expect(await fresh.dump()).toBe('');
  });

  test('an archive brings what lies elsewhere', async () => {
    const drive = makeDrive();
    const [old, fresh] = [drive.device(), drive.device()];
    await old.import(withMedia);
    await fresh.restore(await old.backUp(), { media: 'none' });
    await fresh.import(writeChat({ ...plainStyle, withMedia: true }));
    await old.import(writeChat({ ...plainStyle, withMedia: true }));
    expect(await fresh.canonical()).toBe(await old.canonical());
  });

  test('that are not what their names say are left out, and said', async () => {
    const drive = makeDrive();
    const [old, fresh] = [drive.device(), drive.device()];
    await old.import(withMedia);
    const folder = await asFolder(await old.backUp());
    const path = Object.keys(folder).find((each) => each.includes('/media/')) ?? '';
    await fresh.import({ ...folder, [path]: new TextEncoder().encode('quite another picture') });
    const sha256 = path.slice(path.lastIndexOf('/') + 1, -4) as Sha256Hex;
    const reader = await fresh.vault.openReader();
    expect(await reader.media(sha256)).toMatchObject({ chunks: [] });
    const media = [];
    for await (const entry of reader.mediaEntries()) media.push(entry);
    expect(media).toHaveLength(3);
    const receipts = await reader.receipts();
    expect(receipts.map(({ source, problemCounts }) => [source, problemCounts])).toEqual(
      expect.arrayContaining([['camphor', { 'media-damaged': 1 }]]),
    );
  });
});

describe('clocks', () => {
  const hours = 3_600_000;

  test('of a common import tell the shift of all', async () => {
    const drive = makeDrive();
    const [one, two] = [drive.device(), drive.device()];
    const plain = writeChat(plainStyle);
    await one.import(plain);
    await one.import(writeChat({ ...plainStyle, phone: 'iphone', edited: 13 }));
    await two.import(writeChat({ ...plainStyle, shiftMs: 8 * hours, language: 'zh' }));
    await two.import(plain);
    await two.restore(await one.backUp());
    const messages = await two.messages();
    expect(messages).toHaveLength(chat.length);
    expect(messages.filter(({ clock }) => clock === 'second')).toHaveLength(chat.length);
    expect(messages[0]?.sentAtMs).toBe((chat[0]?.atMs ?? 0) + 8 * hours);
  });

  test('are asked about where only texts tell', async () => {
    const drive = makeDrive();
    const [one, two] = [drive.device(), drive.device()];
    await one.import(writeChat(plainStyle));
    await two.import(writeChat({ ...plainStyle, shiftMs: -2 * hours, phone: 'iphone' }));
    const plan = await two.planRestore(await one.backUp());
    expect(plan.archives[0]?.questions).toMatchObject([{ kind: 'clock-shift', answer: '-120' }]);
    expect(plan.archives[0]?.conversations[0]?.proposal).toMatchObject({ known: chat.length, added: 0 });
    await two.restore(await one.backUp(), { answers: { 'clock-shift:0': '0' } });
    expect(await two.messages()).toHaveLength(2 * chat.length);
  });

  test('read in another zone there are read in this one', async () => {
    const drive = makeDrive();
    const [one, two, both] = [drive.device(), drive.device(), drive.device()];
    const [first, second] = [writeChat(plainStyle), writeChat({ ...plainStyle, phone: 'iphone', deleted: 8 })];
    await one.import(first, { answers: { zone: 'Europe/Berlin' } });
    await one.import(second);
    await two.import(writeChat({ ...plainStyle, language: 'zh' }), { answers: { zone: 'Asia/Shanghai' } });
    await two.restore(await one.backUp());
    await both.import(writeChat({ ...plainStyle, language: 'zh' }), { answers: { zone: 'Asia/Shanghai' } });
    for (const files of [first, second]) await both.import(files);
    expect(await two.messages()).toHaveLength(chat.length);
    const idless = (messages: Awaited<ReturnType<Device['messages']>>) => messages.map((message) => ({ ...message, seq: 0, sender: null }));
    expect(idless(await two.messages())).toEqual(idless(await both.messages()));
  });
});

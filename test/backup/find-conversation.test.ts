// A conversation in snapshots that have it under another id, in two, or from other imports.

import { beforeAll, describe, expect, test } from 'vitest';
import { describeConversation, findInSnapshot, openReceiptCache } from '../../src/backup/find-conversation';
import { pushBackup } from '../../src/backup/push';
import { createMemoryDrive } from '../../src/drives/memory';
import type { Repository } from '../../src/repository/repository';
import { chat, plainStyle, writeChat } from '../intake/chat-text';
import type { TestFiles } from '../intake/intake-harness';
import { create, restoreFiles } from '../repository/operations/small-repository';
import { makeRealVault, type RealVault } from './real-vault';

const whole = writeChat(plainStyle);
const end = writeChat({ ...plainStyle, from: 10 });
const beginning = writeChat({ ...plainStyle, to: 9 });
const bo = writeChat(
  { ...plainStyle, title: 'Bo', names: { me: 'Li Wei', her: 'Bo' } },
  chat.map((said, at) => ({ ...said, text: `${at}. word`, atMs: said.atMs + 1e10 })),
);
/** Another chat with the same beginning and the same name. */
const namesake = writeChat(
  plainStyle,
  chat.map((said, at) => (at < 2 ? said : { ...said, text: said.media === undefined ? `other ${at}` : '', atMs: said.atMs + 1e9 })),
);

const telegram = (first: number, last: number): TestFiles => ({
  'result.json': JSON.stringify({
    name: 'Choir',
    type: 'private_group',
    id: 4222,
    messages: Array.from({ length: last - first }, (_, at) => ({
      id: first + at,
      type: 'message',
      date: '2024-05-01T10:00:00',
      date_unixtime: String(Date.UTC(2024, 4, 1, 10) / 1000 + (first + at) * 60),
      from: 'Cem',
      from_id: 'user88',
      text: `rehearsal ${first + at}`,
      text_entities: [{ type: 'plain', text: `rehearsal ${first + at}` }],
    })),
  }),
});

let repository: Repository;
let devices = 0;

beforeAll(async () => {
  repository = await create(createMemoryDrive());
});

async function idOf({ vault }: RealVault, name: string) {
  const reader = await vault.openReader();
  const found = (await reader.conversations()).find(({ names }) => names.includes(name));
  reader.release();
  if (found === undefined) throw new Error(`no conversation is called ${name}`);
  return found.id;
}

/** Ids, in a snapshot of a vault with the one archives, of the conversation that a vault with the others has by that name. */
async function find(there: readonly TestFiles[], here: RealVault, name: string, id = idOf(here, name)) {
  const vault = await makeRealVault(there);
  const environment = vault.environment(repository, `device-${devices++}`);
  const { snapshot } = await pushBackup(environment, { evenIfSmaller: true }, () => {});
  const reader = await here.vault.openReader();
  const known = await describeConversation(reader, await id).finally(() => reader.release());
  const tree = snapshot?.tree ?? '';
  const found = await findInSnapshot(repository, { tree }, known, openReceiptCache(repository));
  const files = await restoreFiles(repository, tree);
  const names = [...found.conversations].map(
    (each) => (JSON.parse(files[`archive/conversations/${each}/conversation.json`] ?? '{}') as { names?: string[] }).names?.[0],
  );
  return { found, names, portableId: known.portableId };
}

describe('a conversation is found in a snapshot', () => {
  test('by an import that both know, although what is older gives it another id', async () => {
    const { names, found, portableId } = await find([end, bo], await makeRealVault([end, whole]), 'Mum');
    expect(names).toEqual(['Mum']);
    expect(found.conversations.has(portableId ?? '')).toBe(false);
    expect(found.receipts).toHaveLength(1);
  });

  test('in two, where it came in two', async () => {
    const { names } = await find([beginning, end], await makeRealVault([beginning, end, whole]), 'Mum');
    expect(names.every((name) => name === 'Mum')).toBe(true);
    expect(names.length).toBeGreaterThan(0);
  });

  test('by the id of its source, and by its first message, where they know no import in common', async () => {
    expect((await find([telegram(1, 5), bo], await makeRealVault([telegram(3, 9)]), 'Choir')).names).toEqual(['Choir']);
    expect((await find([beginning, bo], await makeRealVault([whole]), 'Mum')).names).toEqual(['Mum']);
  });

  test('not by its name, nor by its beginning where an import tells better', async () => {
    expect((await find([bo], await makeRealVault([whole, bo]), 'Mum')).names).toEqual([]);
    const { found } = await find([namesake, whole], await makeRealVault([whole]), 'Mum');
    expect(found.conversations.size).toBe(1);
    expect(found.receipts).toHaveLength(1);
  });

  test('when it was removed from the vault before', async () => {
    const here = await makeRealVault([whole, bo]);
    const id = await idOf(here, 'Mum');
    await here.intake.intake.removeConversation(id, () => {}, 'later-backups');
    expect((await find([whole, bo], here, 'Mum', Promise.resolve(id))).names).toEqual(['Mum']);
  });
});

// Archives with words that must not be found again, and snapshots as a restore gives them.

import { loadDrives } from '../../src/backup/drive-record';
import { fromBase64Url } from '../../src/crypto/base64url';
import type { Drive } from '../../src/drives/drive';
import { createMemoryDrive, type MemoryDrive } from '../../src/drives/memory';
import type { ConversationId } from '../../src/model/ids';
import type { Repository } from '../../src/repository/repository';
import { chat, plainStyle, type Said, writeChat } from '../intake/chat-text';
import type { TestFiles } from '../intake/intake-harness';
import { reopen, restoreFiles } from '../repository/operations/small-repository';
import { copyOf, type Device, makeDevice } from './faults-device';

/** Names, texts and names of files of what is removed: none of them is in anything else. */
export const canaries = ['Magdalena', 'kestrel', 'Orinoco', 'quince jelly', 'sealed-letter', 'mothwing'] as const;

const startMs = Date.UTC(2024, 2, 14, 8, 30);
const dayMs = 86_400_000;

const secret: readonly Said[] = Array.from({ length: 30 }, (_, at) => ({
  atMs: startMs + at * 3 * dayMs,
  sender: at % 2 === 0 ? ('me' as const) : ('her' as const),
  text:
    at === 9 || at === 10
      ? ''
      : at === 11
        ? 'sealed-letter.pdf (file attached)'
        : `kestrel number ${at} over the Orinoco, with quince jelly`,
  ...(at === 9 ? { media: '0001' } : at === 10 ? { media: '0009' } : {}),
}));

const secretStyle = { ...plainStyle, title: 'Magdalena', names: { me: 'Li Wei', her: 'Magdalena' }, withMedia: true };
/** Two exports of the chat that is removed: the first has a document besides pictures, the second shows a message otherwise. */
export const secretArchives: readonly TestFiles[] = [
  { ...writeChat({ ...secretStyle, to: 18 }, secret), 'WhatsApp Chat - Magdalena/sealed-letter.pdf': '%PDF-1.4 quince jelly for all' },
  writeChat({ ...secretStyle, from: 5, edited: 7 }, secret),
];

/** A chat that has one of its pictures too, later. */
export const boArchive: TestFiles = writeChat(
  { ...plainStyle, title: 'Bo', names: { me: 'Li Wei', her: 'Bo' }, withMedia: true },
  chat.map((said, at) => ({ ...said, text: said.media === undefined ? `${at}. word` : '', atMs: said.atMs + 1e10 })),
);
export const anArchive: TestFiles = writeChat(
  { ...plainStyle, title: 'An', names: { me: 'Li Wei', her: 'An' } },
  chat.map((said, at) => ({ ...said, text: `An says ${at}`, atMs: said.atMs + 2e10 })),
);

const telegramMessage = (id: number, from: string, fromId: string, text: string) => ({
  id,
  type: 'message',
  date: '2024-05-01T10:00:00',
  date_unixtime: String(Date.UTC(2024, 4, 1, 10) / 1000 + id * 60),
  from,
  from_id: fromId,
  text,
  text_entities: text === '' ? [] : [{ type: 'plain', text }],
});

/** One export of two chats: what is removed shares its import, and one person, with what stays. */
export const telegramArchive: TestFiles = {
  'result.json': JSON.stringify({
    about: 'Here is the data you requested.',
    chats: {
      about: 'This page lists all chats from this export.',
      list: [
        {
          name: 'Magdalena',
          type: 'private_group',
          id: 4111,
          messages: [
            ...[1, 2, 3, 4].map((id) => telegramMessage(id, 'Magdalena', 'user77', `kestrel ${id} of the Orinoco`)),
            telegramMessage(5, 'Cem', 'user88', 'quince jelly for all'),
            { id: 6, type: 'mothwing', date: 'never', text: 'mothwing' },
          ],
        },
        {
          name: 'Choir',
          type: 'private_group',
          id: 4222,
          messages: [1, 2, 3, 4].map((id) => telegramMessage(id, 'Cem', 'user88', `rehearsal ${id}`)),
        },
      ],
    },
  }),
};

/** The repository, without the cost of its password. */
export async function openDrive(drive: MemoryDrive, { environment }: Device): Promise<Repository> {
  const [record] = await loadDrives(environment.vault.notes);
  return reopen(drive, fromBase64Url(record?.masterKeyB64Url ?? '') ?? new Uint8Array());
}

export interface RemovalBase {
  readonly drive: MemoryDrive;
  readonly device: Device;
  readonly id: string;
  readonly conversation: ConversationId;
  /** The device and a copy of its drive as they were; the vault is shared. */
  begin(wrap?: (drive: MemoryDrive) => Drive): RemovalBase;
}

/** Two snapshots: the second has more of what is to be removed, and Bo. */
export async function twoSnapshots(): Promise<RemovalBase> {
  const original = createMemoryDrive();
  const device = await makeDevice([secretArchives[0] ?? {}, anArchive], original);
  const id = await device.addDrive();
  await device.run(id);
  await device.vault.intake.import(secretArchives[1] ?? {});
  await device.vault.intake.import(boArchive);
  await device.run(id);
  const conversation = await conversationOf(device, 'Magdalena');
  const entries = new Map(device.entries);
  const begin = (wrap = (drive: MemoryDrive): Drive => drive): RemovalBase => {
    const drive = copyOf(original);
    device.entries.clear();
    for (const [key, value] of entries) device.entries.set(key, value);
    device.restart(wrap(drive));
    return { drive, device, id, conversation, begin };
  };
  return { drive: original, device, id, conversation, begin };
}

/** Every file of every snapshot, by its time and device. */
export async function restoreAll(repository: Repository): Promise<Map<string, Readonly<Record<string, string>>>> {
  const restored = new Map<string, Readonly<Record<string, string>>>();
  for (const { takenAtMs, hostname, tree } of (await repository.snapshots()).snapshots)
    restored.set(`${takenAtMs} ${hostname}`, await restoreFiles(repository, tree));
  return restored;
}

/** Paths, below snapshots, of files in which a canary stands. */
export function leaks(restored: ReadonlyMap<string, Readonly<Record<string, string>>>): string[] {
  return [...restored].flatMap(([snapshot, files]) =>
    Object.entries(files).flatMap(([path, text]) =>
      canaries.filter((canary) => text.includes(canary) || path.includes(canary)).map((canary) => `${snapshot}/${path}: ${canary}`),
    ),
  );
}

export async function conversationOf({ vault }: Device, name: string): Promise<ConversationId> {
  const reader = await vault.vault.openReader();
  const found = (await reader.conversations()).find(({ names }) => names.includes(name));
  reader.release();
  if (found === undefined) throw new Error(`no conversation is called ${name}`);
  return found.id;
}

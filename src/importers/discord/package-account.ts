// The files of a data package as they pass by: whose it is, what channels are called, and the lists of messages.

import type { Json, JsonObject } from '../../model/json';
import type { ConversationRecord, NeutralRecord, Span } from '../../model/record';
import { idOf, isObject, membersBeyond, objectOf, words } from '../json-fields';
import type { JsonTaker } from '../json-pieces';
import { problemOf, structureOf } from '../problem-record';
import type { PieceReader, PlacedRow } from '../record-batches';
import { shapeOf, titleOf } from './channel';
import { indexName } from './package-layout';
import type { PackageFolder } from './package-layout';
import { toPackageMessage } from './package-message';

/** What is known of the account so far. */
export interface PackageAccount {
  owner: { readonly id: string; readonly name: string | null } | null;
  /** Names of conversations by ids, from the index. */
  readonly names: Map<string, string>;
  readonly conversations: Map<PackageFolder, number>;
  /** Numbers of the owner as a person: one, or without `user.json` one a conversation. */
  readonly senders: Map<number | 'owner', number>;
}

export function userTaker(account: PackageAccount): JsonTaker {
  return wholeTaker((value) => {
    const id = idOf(value['id']);
    if (id !== null) account.owner = { id, name: words(value['global_name']) ?? words(value['username']) };
    return id === null ? null : 'user';
  });
}

export function indexTaker({ names }: PackageAccount): JsonTaker {
  return wholeTaker((value) => {
    for (const [id, name] of Object.entries(value)) {
      const title = indexName(name);
      if (title !== null) names.set(id, title);
    }
    return 'index';
  });
}

export function channelTaker(account: PackageAccount, folder: PackageFolder): JsonTaker {
  return wholeTaker((value, out) => {
    openConversation(account, folder, value, out);
    return 'channel';
  });
}

/** Takes the messages of a list in JSON. */
export function listTaker(account: PackageAccount, folder: PackageFolder): JsonTaker {
  return {
    takeItem: (element, { span, text }, out) => takeMessage(account, folder, element, text, span, out),
    takeMember: () => null,
  };
}

/** Takes the messages of a list in CSV. */
export function rowReader(account: PackageAccount, folder: PackageFolder): PieceReader<PlacedRow> {
  let header: readonly string[] | null = null;
  return {
    take({ fields, raw, span }, out) {
      if (header === null) {
        header = fields.map((name) => name.replace('\ufeff', ''));
        out.push(structureOf('header', span));
        return;
      }
      const names = header;
      const element = Object.fromEntries(fields.map((field, column) => [names[column] ?? `column ${column + 1}`, field]));
      takeMessage(account, folder, element, raw, span, out);
    },
  };
}

function takeMessage(
  account: PackageAccount,
  folder: PackageFolder,
  element: JsonObject,
  raw: string,
  span: Span,
  out: NeutralRecord[],
): void {
  const conversation = openConversation(account, folder, null, out);
  const message = toPackageMessage(element, conversation, senderIndex(account, conversation, out), span);
  out.push(message ?? problemOf('bad-time', raw, span));
}

/** Number of the folder's conversation; emitted where new. */
function openConversation(account: PackageAccount, folder: PackageFolder, channel: JsonObject | null, out: NeutralRecord[]): number {
  const { conversations, names } = account;
  const known = conversations.get(folder);
  if (known !== undefined) return known;
  const index = conversations.size;
  conversations.set(folder, index);
  out.push(toConversation(folder, channel, index, names));
  return index;
}

function senderIndex({ owner, senders }: PackageAccount, conversation: number, out: NeutralRecord[]): number {
  const key = owner === null ? conversation : 'owner';
  const known = senders.get(key);
  if (known !== undefined) return known;
  const index = senders.size;
  senders.set(key, index);
  const { id: sourceId, name } = owner ?? { id: null, name: null };
  out.push({ type: 'person', index, sourceId, name, conversation: owner === null ? conversation : null, isOwner: true });
  return index;
}

/** For a file that is one object; `take` gives the name of its structure, or null. */
function wholeTaker(take: (value: JsonObject, out: NeutralRecord[]) => string | null): JsonTaker {
  return {
    takeItem: (_element, { span, text }, out) => void out.push(problemOf('not-understood', text, span)),
    takeMember: (value: Json, _place, out) => (isObject(value) ? take(value, out) : null),
  };
}

const ownKeys = new Set(['id', 'name', 'guild']);

function toConversation(
  { folderId }: PackageFolder,
  channel: JsonObject | null,
  index: number,
  names: ReadonlyMap<string, string>,
): ConversationRecord {
  const sourceId = idOf(channel?.['id']) ?? folderId;
  const guild = objectOf(channel?.['guild']);
  const name = titleOf({ name: words(channel?.['name']), guildName: words(guild?.['name']) }) ?? names.get(sourceId ?? '') ?? null;
  const extra = channel === null ? null : { ...membersBeyond(channel, ownKeys), ...(guild === null ? {} : { guild }) };
  const record = { type: 'conversation', index, sourceId, name, shape: shapeOf(idOf(channel?.['type'])) } as const;
  return extra === null ? record : { ...record, extra };
}

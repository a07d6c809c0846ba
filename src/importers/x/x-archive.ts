// The archive of X (Twitter): its direct messages. See README.md.

import type { FileSet } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import type { ConversationRecord, NeutralRecord } from '../../model/record';
import { candidates, folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer, ReadOptions } from '../importer';
import { idOf, objectOf, objectsOf, parseJson, words } from '../json-fields';
import { createJsonReader } from '../json-pieces';
import type { JsonTaker } from '../json-pieces';
import { createPeople } from '../people';
import type { People } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { readJsonRecords } from '../record-batches';
import type { EntryPlace } from '../record-batches';
import { readPart, sourceFrom } from './archive-part';
import { toMessage } from './message';

const wantedPaths: readonly string[] = ['[*].dmConversation.messages[*]'];
const messageParts = new Set(['direct_messages', 'direct_messages_group', 'direct_message', 'direct_message_group']);

/** Importer of `direct-messages*.js`; all parts of a set are one archive. */
export const xArchive: Importer = {
  format: 'x-archive',
  source: 'x',
  detect,
  // The archive names its owner in account.js; all times are instants.
  ask: async () => [],
  read,
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const lists: number[] = [];
  const accounts: number[] = [];
  for (const [entry, file] of candidates(files, /(?:^|\/)(?:direct-messages?(?:-group)?(?:-part\d+)?|account)\.js$/i)) {
    const part = await readPart(file.open());
    if (part !== null && messageParts.has(part.name)) lists.push(entry);
    else if (part?.name === 'account') accounts.push(entry);
  }
  if (lists.length === 0) return [];
  const account = accounts.slice(0, 1);
  const owner = await readOwner(files, account[0] ?? -1);
  return [
    {
      format: 'x-archive',
      formatVersion: 'direct-messages',
      source: 'x',
      entries: [...lists, ...account],
      title: owner === null ? null : (owner.name ?? owner.username),
    },
  ];
}

interface Owner {
  readonly id: string;
  readonly name: string | null;
  readonly username: string | null;
}

const accountBytes = 64 * 1024;

/** Whose archive it is; null where `account.js` is missing or says nothing. */
async function readOwner(files: FileSet, entry: number): Promise<Owner | null> {
  const source = files.entries[entry]?.open();
  const part = source === undefined ? null : await readPart(source);
  if (source === undefined || part?.name !== 'account') return null;
  const root = parseJson(new TextDecoder().decode(await source.read(part.jsonAtByte, part.jsonAtByte + accountBytes)));
  const account = objectOf(objectsOf(root)[0]?.['account']);
  const id = idOf(account?.['accountId']);
  return id === null ? null : { id, name: words(account?.['accountDisplayName']), username: words(account?.['username']) };
}

async function* read(files: FileSet, { entries }: Detection, { onBytes }: ReadOptions): ReturnType<Importer['read']> {
  const owner = await findOwner(files, entries);
  const people = createPeople((id) => id === owner?.id);
  if (owner !== null) {
    const out: NeutralRecord[] = [];
    people.withId(owner.id, owner.name ?? owner.username, out, owner.username === null ? null : { username: owner.username });
    yield out;
  }
  const conversations = new Map<string, number>();
  yield* readInTurn(files, entries, onBytes, (place) => readScript(files, place, { people, conversations, owner }));
}

async function findOwner(files: FileSet, entries: readonly number[]): Promise<Owner | null> {
  for (const entry of entries) {
    const owner = await readOwner(files, entry);
    if (owner !== null) return owner;
  }
  return null;
}

interface Archive {
  readonly people: People;
  /** Numbers of the conversations by ids; those of parts may be the same. */
  readonly conversations: Map<string, number>;
  readonly owner: Owner | null;
}

/** The beginning of a script is structure; the rest is JSON, whose pieces are moved behind it. */
async function* readScript(files: FileSet, place: EntryPlace, archive: Archive): ReturnType<Importer['read']> {
  const { source, entry, onBytes, doneBefore = 0 } = place;
  const part = await readPart(source);
  const fromByte = part?.jsonAtByte ?? 0;
  if (fromByte > 0) yield [structureOf('script', { entry, offsetBytes: 0, lengthBytes: fromByte })];
  onBytes?.(doneBefore + fromByte);
  const isList = part !== null && messageParts.has(part.name);
  const taker = isList ? createTaker(files, entry, archive) : accountTaker;
  const rest = { source: sourceFrom(source, fromByte), entry, onBytes, doneBefore: doneBefore + fromByte };
  const reader = createJsonReader(entry, taker, fromByte);
  yield* readJsonRecords(rest, { paths: isList ? wantedPaths : [] }, reader);
}

const accountTaker: JsonTaker = {
  takeItem: (_element, { span, text }, out) => void out.push(problemOf('not-understood', text, span)),
  takeMember: () => 'account',
};

function createTaker(files: FileSet, entry: number, { people, conversations, owner }: Archive): JsonTaker {
  const folder = folderOf(files.entries[entry]?.path ?? '');
  let parent: unknown = null;
  let current: ConversationRecord | null = null;
  const key = (at: string | number) => `entry ${entry} ${at}`;
  /** The conversation around a piece; its id stands before its messages. */
  const open = (at: string | number, id: string | null, out: NeutralRecord[]): ConversationRecord => {
    const name = id ?? key(at);
    const index = conversations.get(name) ?? conversations.size;
    const isNew = !conversations.has(name);
    conversations.set(name, index);
    const { shape, others } = sidesOf(id, owner?.id ?? null);
    const record = { type: 'conversation', index, sourceId: id, name: null, shape, extra: others } as const;
    if (isNew) out.push(record);
    return record;
  };
  return {
    takeItem(element: JsonObject, { parent: path, span, text }, out) {
      const at = path[0] ?? 0;
      if (parent !== at) current = open(at, null, out);
      parent = at;
      const conversation = current?.index ?? 0;
      out.push(toMessage(element, { files, folder, conversation, people }, span, out) ?? problemOf('bad-time', text, span));
    },
    takeMember(value, { parent: path, key: name }, out) {
      if (name !== 'conversationId' || path[1] !== 'dmConversation') return 'other';
      parent = path[0] ?? 0;
      current = open(path[0] ?? 0, idOf(value), out);
      return 'conversation';
    },
  };
}

/** A direct chat's id is made of both sides' ids: `111-222`; a group's is one number. */
function sidesOf(id: string | null, owner: string | null): { shape: ConversationRecord['shape']; others: JsonObject } {
  const sides = /^(\d{1,20})-(\d{1,20})$/.exec(id ?? '');
  if (sides === null) return { shape: id === null ? 'unknown' : 'group', others: {} };
  const [, one = '', other = ''] = sides;
  if (one === other) return { shape: 'self', others: { participants: [one] } };
  return { shape: 'direct', others: { participants: owner === one ? [other] : owner === other ? [one] : [one, other] } };
}

// Messenger's and Instagram's "Download your information" as JSON: threads of many files, the newest first. See README.md.

import type { Json, JsonObject } from '../../model/json';
import type { ConversationRecord, NeutralRecord } from '../../model/record';
import { readInTurn } from '../entry-sequence';
import type { Importer } from '../importer';
import { isObject, objectsOf, words } from '../json-fields';
import { createJsonReader } from '../json-pieces';
import type { JsonTaker } from '../json-pieces';
import { createPeople } from '../people';
import { problemOf } from '../problem-record';
import { readJsonRecords } from '../record-batches';
import { askAccount, detectAccounts, openAccount } from './account';
import type { AccountForm } from './account';
import { toMessage } from './message';
import type { MessageContext } from './message';
import { repairAll } from './mojibake';
import { readThreadHead, readThreadId, wantedPaths } from './thread-head';

const form: AccountForm = {
  format: 'messenger-json',
  extension: 'json',
  isThread: async (source) => (await readThreadHead(source)) !== null,
  readThreadId,
  async readNames(files, entry) {
    const file = files.entries[entry];
    return (file === undefined ? null : await readThreadHead(file.open())) ?? [];
  },
};

/** Importer of the JSON form; an account's threads are one archive. */
export const messengerJson: Importer = {
  format: 'messenger-json',
  source: 'messenger',
  detect: (files) => detectAccounts(files, form),
  ask: (files, detection) => askAccount(files, detection, form),
  async *read(files, detection, { answers, onBytes }) {
    const { root, threads, profile } = await openAccount(files, detection, form);
    const owner = answers['owner'] ?? (await askAccount(files, detection, form))[0]?.guess ?? null;
    const people = createPeople((name) => name === owner);
    const conversationOf = new Map(threads.flatMap(({ entries }, index) => entries.map((entry) => [entry, index] as const)));
    const known = new Map<number, ConversationRecord>();
    const order = profile === -1 ? [...conversationOf.keys()] : [...conversationOf.keys(), profile];
    yield* readInTurn(files, order, onBytes, async function* (place) {
      const conversation = conversationOf.get(place.entry);
      if (conversation === undefined) return yield* readJsonRecords(place, { paths: [] }, createJsonReader(place.entry, profileTaker));
      const threadId = threads[conversation]?.threadId ?? null;
      const before = known.get(conversation) ?? startConversation(conversation, threadId);
      if (!known.has(conversation)) yield [before];
      const context = { files, root, conversation, people };
      const taker = createTaker(context, before, (changed) => known.set(conversation, changed));
      yield* readJsonRecords(place, { paths: wantedPaths }, createJsonReader(place.entry, taker));
    });
  },
};

const profileTaker: JsonTaker = {
  takeItem: (_element, { span, text }, out) => void out.push(problemOf('not-understood', text, span)),
  takeMember: () => 'profile',
};

function startConversation(index: number, sourceId: string | null): ConversationRecord {
  return { type: 'conversation', index, sourceId, name: null, shape: 'unknown' };
}

const keptMembers = new Set<string | number>(['is_still_participant', 'thread_path', 'thread_type', 'joinable_mode', 'image']);
const knownMembers = new Set<string | number>([...keptMembers, 'participants', 'title', 'magic_words']);

function createTaker(context: MessageContext, before: ConversationRecord, remember: (known: ConversationRecord) => void): JsonTaker {
  let conversation = before;
  let isChanged = false;
  return {
    takeItem(element, { span, text }, out) {
      const repaired = repairAll(element);
      const message = isObject(repaired) ? toMessage(repaired, context, span, out) : null;
      out.push(message ?? problemOf('bad-time', text, span));
    },
    takeMember(value, { key }, out) {
      const repaired = repairAll(value);
      if (key === 'participants') takeParticipants(repaired, context, out);
      const next = withMember(conversation, key, repaired);
      isChanged ||= next !== conversation;
      conversation = next;
      return knownMembers.has(key) ? String(key) : 'other';
    },
    end(out) {
      remember(conversation);
      if (isChanged) out.push(conversation);
    },
  };
}

function takeParticipants(value: Json, { people, conversation }: MessageContext, out: NeutralRecord[]): void {
  for (const { name } of objectsOf(value)) {
    const word = words(name);
    if (word !== null) people.named(word, conversation, out);
  }
}

/** The conversation with what a member of the file's root says of it. */
function withMember(conversation: ConversationRecord, key: string | number, value: Json): ConversationRecord {
  if (key === 'title') return { ...conversation, name: words(value) ?? conversation.name };
  if (key === 'participants' && conversation.shape === 'unknown') return { ...conversation, shape: shapeOfCount(objectsOf(value).length) };
  if (!keptMembers.has(key)) return conversation;
  const extra: JsonObject = { ...conversation.extra, [key]: value };
  if (key === 'joinable_mode' || value === 'RegularGroup') return { ...conversation, shape: 'group', extra };
  return value === 'Regular' ? { ...conversation, shape: 'direct', extra } : { ...conversation, extra };
}

/** A group that others left may look like a direct chat, until its `joinable_mode` is read. */
function shapeOfCount(participants: number): ConversationRecord['shape'] {
  if (participants === 0) return 'unknown';
  return participants > 2 ? 'group' : participants === 2 ? 'direct' : 'self';
}

// Conversations of messages.json as their pieces pass by: id, name and thread first, then the messages, newest first.

import type { FileSet } from '../../bytes/source';
import type { JsonPath } from '../../bytes/json-elements';
import type { Json, JsonObject } from '../../model/json';
import type { ConversationShape, NeutralRecord } from '../../model/record';
import { isObject, words } from '../json-fields';
import type { JsonTaker } from '../json-pieces';
import type { People } from '../people';
import { problemOf } from '../problem-record';
import { indexMedia } from './media';
import { toMessage } from './message';

interface Conversation {
  readonly index: number;
  readonly parent: Json;
  id: string | null;
  name: string | null;
  thread: JsonObject | null;
  /** True where what was said of it is out of date. */
  isStale: boolean;
}

interface Conversations {
  /** The conversation that pieces below `parent` belong to. Leaving one announces it, if nothing has yet. */
  enter(parent: JsonPath, out: NeutralRecord[]): Conversation;
  /** Tells of the one at hand where it is new or changed. */
  announce(out: NeutralRecord[]): void;
}

function createConversations(owner: string | null): Conversations {
  let current: Conversation | null = null;
  let count = 0;
  const announce = (out: NeutralRecord[]) => {
    if (current === null || !current.isStale) return;
    current.isStale = false;
    const { index, id } = current;
    out.push({ type: 'conversation', index, sourceId: id, name: nameOf(current), shape: shapeOf(id, owner), ...extraOf(current) });
  };
  return {
    announce,
    enter(parent, out) {
      const key = parent[1] ?? 0;
      if (current?.parent === key) return current;
      announce(out);
      current = { index: count++, parent: key, id: null, name: null, thread: null, isStale: true };
      return current;
    },
  };
}

/** A taker of the pieces of one messages.json. */
export function createTaker(files: FileSet, entry: number, owner: string | null, people: People): JsonTaker {
  const media = indexMedia(files, files.entries[entry]?.path ?? '');
  const { enter, announce } = createConversations(owner);
  return {
    takeItem(element, { parent, span, text }, out) {
      const { index, id, name } = enter(parent, out);
      announce(out);
      const place = { conversation: index, conversationId: id, conversationName: name, people, media, span };
      out.push(toMessage(element, text, place, out) ?? problemOf('bad-time', text, span));
    },
    takeMember(value, { parent, key }, out) {
      if (parent[0] !== 'conversations') return parent.length === 0 ? 'account' : null;
      if (typeof parent[1] !== 'number') return null;
      takeNote(enter(parent, out), key, value);
      return 'conversation';
    },
    end: announce,
  };
}

/** Ids, names and threads are told again where they come late. */
function takeNote(conversation: Conversation, key: string | number, value: Json): void {
  if (key === 'id') conversation.id = words(value);
  else if (key === 'displayName') conversation.name = words(value);
  else if (key === 'threadProperties') conversation.thread = isObject(value) ? value : null;
  else return;
  conversation.isStale = true;
}

function nameOf({ name, thread }: Conversation): string | null {
  return name ?? words(thread?.['topic']);
}

/** By the kind of id: `8:` a person, `28:` a bot, `19:` a thread, `48:` a list of one's own. */
function shapeOf(id: string | null, owner: string | null): ConversationShape {
  if (id === null) return 'unknown';
  if (id === owner || id === '48:notes') return 'self';
  if (id.startsWith('8:') || id.startsWith('28:')) return 'direct';
  return id.startsWith('19:') ? 'group' : 'unknown';
}

function extraOf({ thread }: Conversation): { extra?: JsonObject } {
  return thread === null ? {} : { extra: { threadProperties: thread } };
}

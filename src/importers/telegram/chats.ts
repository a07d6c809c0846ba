// The chats of an export as their pieces pass by: name, type and id first, then the messages.

import type { JsonPath } from '../../bytes/json-elements';
import type { Json, JsonObject } from '../../model/json';
import type { ConversationRecord, MessageRecord } from '../../model/record';
import { conversationPeerId, shapeOf } from './peers';

export interface Chat {
  /** Number of the conversation in the archive. */
  readonly index: number;
  /** Which chat of the file: `chats/0`, `left_chats/3`; '' for a file that is one chat. */
  readonly key: string;
  name: string | null;
  type: string | null;
  id: Json | undefined;
  /** The id in the newer form; null until it was announced, and where it has none. */
  peer: string | null;
  /** True where what was announced of it, if anything, is out of date. */
  isStale: boolean;
  lastMessage: MessageRecord | null;
}

export interface Chats {
  /** The chat that pieces below `parent` belong to. Leaving a chat announces it, if nothing has yet. */
  enter(parent: JsonPath): Chat;
  /** Emits the chat where it is new or changed. `integerIds`: the export is of the years of integer ids. */
  announce(chat: Chat, integerIds: boolean): void;
  /** Announces the last one. */
  end(): void;
}

export function createChats(emit: (conversation: ConversationRecord) => void): Chats {
  let current: Chat | null = null;
  let currentParent: JsonPath | null = null;
  let count = 0;
  let wereIntegers = false;

  const announce = (chat: Chat, integerIds: boolean) => {
    wereIntegers = integerIds;
    if (!chat.isStale) return;
    chat.isStale = false;
    chat.peer = conversationPeerId(chat.type, chat.id, integerIds);
    emit({
      type: 'conversation',
      index: chat.index,
      sourceId: chat.peer,
      name: chat.name,
      shape: shapeOf(chat.type),
      extra: extraOf(chat),
    });
  };
  const end = () => {
    if (current !== null) announce(current, wereIntegers);
  };
  return {
    announce,
    end,
    enter(parent) {
      if (current !== null && parent === currentParent) return current;
      currentParent = parent;
      const key = parent.length >= 3 ? `${parent[0]}/${parent[2]}` : '';
      if (current?.key === key) return current;
      end();
      current = { index: count++, key, name: null, type: null, id: undefined, peer: null, isStale: true, lastMessage: null };
      return current;
    },
  };
}

function extraOf(chat: Chat): JsonObject {
  const type = chat.type === null ? {} : { type: chat.type };
  return chat.key.startsWith('left_chats') ? { ...type, left: true } : type;
}

// The shapes of JSON in which exporters write WeChat messages, and how each is known by its first elements.

import type { Json, JsonObject } from '../../model/json';
import type { ProblemCode } from '../../model/problem';
import { idOf, isObject, words } from '../json-fields';
import { readApiMessage } from './api-json';
import type { ExportedChat, ExportedMessage } from './ledger';
import type { NameOf } from './message-body';
import { readPageMessage } from './page-messages';
import { readSenders, readSession, readSessionMessage } from './session-json';
import type { SendersByNumber } from './session-json';
import { readWordRow } from './table-rows';

/** What the members of the root said so far. */
export interface RootFacts {
  chat: ExportedChat | null;
  senders: SendersByNumber;
  /** Keys of members that were seen. */
  readonly keys: Set<string>;
  generator: string | null;
}

export interface JsonForm {
  /** What `formatVersion` says. */
  readonly version: string;
  readonly hasWallClock: boolean;
  toMessage(element: JsonObject, root: RootFacts, nameOf: NameOf): ExportedMessage | ProblemCode;
}

/** Elements of these are messages or people. */
export const wantedPaths: readonly string[] = ['messages[*]', 'groupMembers[*]', '[*]'];
const unknownChat: ExportedChat = { id: null, name: null };

export function emptyRoot(): RootFacts {
  return { chat: null, senders: new Map(), keys: new Set(), generator: null };
}

/** Takes a member of the root object. */
export function takeRootMember(root: RootFacts, key: string, value: Json | undefined): void {
  root.keys.add(key);
  if (key === 'session' && isObject(value)) root.chat = readSession(value);
  if (key === 'senders') root.senders = readSenders(value);
  if (key === 'exportInfo' && isObject(value)) root.generator = words(value['generator']);
}

const sessionForm = (version: string): JsonForm => ({
  version,
  hasWallClock: false,
  toMessage: (element, { chat, senders }, nameOf) => readSessionMessage(element, { chat: chat ?? unknownChat, senders, nameOf }),
});
const weflow = sessionForm('weflow');
const weflowShort = sessionForm('weflow-short');
const ciphertalk = sessionForm('ciphertalk');
const echotrace = sessionForm('echotrace');
const chatlog: JsonForm = { version: 'chatlog', hasWallClock: false, toMessage: (element, _, nameOf) => readApiMessage(element, nameOf) };
const pywxdump: JsonForm = {
  version: 'pywxdump',
  hasWallClock: true,
  toMessage: (element, _, nameOf) => readWordRow((column) => idOf(element[column]), nameOf),
};
const memotrace: JsonForm = {
  version: 'memotrace-3',
  hasWallClock: false,
  toMessage: (element) => readPageMessage(element, { chat: unknownChat, isHtml: false }),
};

/** The form of a document whose first message is `element`; null where it is none of them. */
export function formOf(element: JsonObject, isRootArray: boolean, root: RootFacts): JsonForm | null {
  const has = (...keys: readonly string[]): boolean => keys.every((key) => element[key] !== undefined);
  if (isRootArray) {
    if (has('seq', 'time', 'talker', 'isChatRoom', 'isSelf')) return chatlog;
    if (has('MsgSvrID', 'type_name', 'is_sender', 'CreateTime')) return pywxdump;
    return has('type', 'is_send', 'timestamp', 'server_id', 'display_name') ? memotrace : null;
  }
  if (root.chat === null || root.keys.has('chatlab') || !has('createTime', 'localType', 'isSend')) return null;
  if (root.keys.has('weflow')) return element['senderID'] === undefined ? weflow : weflowShort;
  if (root.keys.has('exportInfo')) return root.generator === 'CipherTalk' ? ciphertalk : null;
  return echotrace;
}

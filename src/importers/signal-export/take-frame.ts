// One frame of a Signal backup as JSON, readable or not: recipients and chats are remembered, chat items become messages.

import type { JsonObject } from '../../model/json';
import type { NeutralRecord, Span } from '../../model/record';
import { isObject } from '../json-fields';
import { problemOf, structureOf } from '../problem-record';
import { type MessageContext, toSignalMessage } from './jsonl-message';

export const frameNames = [
  'account',
  'recipient',
  'chat',
  'chatItem',
  'stickerPack',
  'adHocCall',
  'notificationProfile',
  'chatFolder',
] as const;

/** Appends what the frame gives; `raw` is it as text, for what is not understood. */
export function takeFrame(frame: JsonObject, span: Span, raw: () => string, context: MessageContext, out: NeutralRecord[]): void {
  const { recipients } = context;
  const { recipient, chat, chatItem } = frame;
  if (isObject(chatItem)) {
    const message = toSignalMessage(chatItem, span, context, out);
    out.push(message ?? problemOf('not-understood', raw(), span));
    return;
  }
  if (isObject(recipient)) recipients.addRecipient(recipient);
  if (isObject(chat)) recipients.addChat(chat, out);
  const name = frameNames.find((each) => frame[each] !== undefined) ?? (frame['backupTimeMs'] === undefined ? null : 'backup info');
  out.push(name === null ? problemOf('unknown-kind', raw(), span) : structureOf(name, span));
}

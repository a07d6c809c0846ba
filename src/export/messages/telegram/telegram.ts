// The JSON that Telegram Desktop exports, of one chat or of an account with several (src/importers/telegram/README.md has where its
// fields are known from). Times have no fractions of a second there.

import type { MessageFormatting, MessageWriter, WrittenConversation, WrittenPerson } from '../message-writer';
import { chatOf, personId } from './ids';
import { encodeMessage } from './message';

const about = 'Written by Camphor in the form of an export of Telegram Desktop.';

/** The owner of all of them, where they are one and the same. */
function ownerOf(conversations: readonly WrittenConversation[]): WrittenPerson | null {
  const owners = new Map(
    conversations.flatMap(({ people }) => people.filter(({ isOwner }) => isOwner)).map((owner) => [owner.number, owner]),
  );
  const [owner, ...others] = owners.values();
  return owner === undefined || others.length > 0 ? null : owner;
}

function beginAccount(conversations: readonly WrittenConversation[]): string {
  const owner = ownerOf(conversations);
  const information = owner === null ? '' : `"personal_information":${JSON.stringify({ user_id: Number(personId(owner).replace(/^\D+/, '')), first_name: owner.name, last_name: '' })},`; // prettier-ignore
  return `{"about":${JSON.stringify(about)},${information}"chats":{"about":"","list":[`;
}

function createWriter(): MessageWriter {
  let isAccount = false;
  let chats = 0;
  let current: WrittenConversation | null = null;
  let isFirst = true;
  return {
    begin: (conversations) => {
      isAccount = conversations.length > 1;
      return isAccount ? beginAccount(conversations) : '';
    },
    beginConversation: (conversation) => {
      current = conversation;
      isFirst = true;
      const { type, id } = chatOf(conversation);
      const separator = isAccount ? (chats++ === 0 ? '\n' : ',\n') : '';
      return `${separator}{"name":${JSON.stringify(conversation.name)},"type":"${type}","id":${id},"messages":[`;
    },
    messages: (messages) => {
      const lines = messages.map((written) => (current === null ? '' : `\n${JSON.stringify(encodeMessage(current, written))}`));
      const text = (isFirst ? '' : ',') + lines.join(',');
      isFirst = false;
      return text;
    },
    endConversation: () => '\n]}',
    end: () => (isAccount ? '\n]}}\n' : '\n'),
  };
}

export const telegramFormatting: MessageFormatting = { createWriter };

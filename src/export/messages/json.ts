// One JSON document: conversations with their messages and people, each as docs/format.md has them. A message stands on a line of
// its own.

import type { MessageFormatting, MessageWriter, WrittenConversation, WrittenMessage, WrittenPerson } from './message-writer';
import { conversationIdOf, portableConversation, portableMessage, portablePerson, type PortableEncoding } from './portable';

function createWriter(encoding: PortableEncoding): MessageWriter {
  const { writeJson } = encoding;
  let current: WrittenConversation | null = null;
  let people = new Map<number, WrittenPerson>();
  let isFirst = true;
  let conversations = 0;
  const line = (written: WrittenMessage): string => {
    const { sender } = written;
    if (sender !== null) people.set(sender.number, sender);
    const separator = isFirst ? '\n' : ',\n';
    isFirst = false;
    return separator + writeJson(portableMessage(written, encoding));
  };
  return {
    begin: () => '{"format":"camphor-messages","version":1,"conversations":[',
    beginConversation: (conversation) => {
      current = conversation;
      people = new Map(conversation.people.map((person) => [person.number, person]));
      isFirst = true;
      return `${conversations++ === 0 ? '' : ','}\n{"conversation":${writeJson(portableConversation(conversation, encoding))},"messages":[`;
    },
    messages: (messages) => messages.map(line).join(''),
    endConversation: () => {
      const id = current === null ? '' : conversationIdOf(current, encoding);
      const lines = [...people.values()].map((person) => `\n${writeJson(portablePerson(person, id, encoding))}`);
      return `\n],"people":[${lines.join(',')}\n]}`;
    },
    end: () => '\n]}\n',
  };
}

export function jsonFormatting(encoding: PortableEncoding): MessageFormatting {
  return { createWriter: () => createWriter(encoding) };
}

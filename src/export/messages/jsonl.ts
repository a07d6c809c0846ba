// JSON Lines: each line is a message as docs/format.md has it, and says besides whose it is and in which conversation, so that it
// can be read by itself.

import type { MessageFormatting, WrittenConversation, WrittenMessage } from './message-writer';
import { conversationIdOf, portableMessage, type PortableEncoding } from './portable';

export function jsonlFormatting(encoding: PortableEncoding): MessageFormatting {
  return {
    createWriter: () => {
      let conversation = {};
      const begin = (begun: WrittenConversation): void => {
        conversation = { conversation: conversationIdOf(begun, encoding), conversationName: begun.name, source: begun.source };
      };
      const line = (written: WrittenMessage): string => {
        const { sender } = written;
        const from = sender === null ? {} : { senderName: sender.name, ...(sender.isOwner && { isOwn: true }) };
        return `${encoding.writeJson({ ...portableMessage(written, encoding), ...conversation, ...from })}\n`;
      };
      return {
        begin: () => '',
        beginConversation: (begun) => {
          begin(begun);
          return '';
        },
        messages: (messages) => messages.map(line).join(''),
        endConversation: () => '',
        end: () => '',
      };
    },
  };
}

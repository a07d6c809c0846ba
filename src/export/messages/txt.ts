// Plain text, a message a line: `[2024-03-14 08:30:05] Ada: text`. Further lines of a message are indented, so that no text can
// pass itself off as a message of its own.

import { writeDay, writeTime } from './clock';
import { describeMessage } from './describe-message';
import type { MessageFormatting, WrittenMessage } from './message-writer';
import type { ExportWords } from './words';

/** All that ends a line in some program. */
const lineEnds = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

const onOneLine = (text: string): string => text.split(lineEnds).join(' ');

function writeLine(written: WrittenMessage, words: ExportWords): string {
  const { message, sender, clockMs } = written;
  const from = sender === null ? '' : `${onOneLine(sender.name) || words.unnamed}: `;
  const lines = describeMessage(written, words).split(lineEnds).join('\n    ');
  return `[${writeDay(clockMs)} ${writeTime(clockMs, message.clock)}] ${from}${lines}\n`;
}

export function txtFormatting(words: ExportWords): MessageFormatting {
  return {
    createWriter: () => ({
      // Editors of Windows take a text without the mark for one of the local code page.
      begin: () => '\ufeff',
      beginConversation: ({ number, name }) => `${number === 1 ? '' : '\n'}=== ${onOneLine(name) || words.unnamed} ===\n\n`,
      messages: (messages) => messages.map((written) => writeLine(written, words)).join(''),
      endConversation: () => '',
      end: () => '',
    }),
  };
}

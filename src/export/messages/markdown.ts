// CommonMark: a heading for each conversation and day, each message a quotation under its sender, so that what a text holds cannot
// end it. All that means something to Markdown or HTML is escaped; addresses of the web are links by themselves.

import { writeDay, writeTime } from './clock';
import { describeMessage } from './describe-message';
import type { MessageFormatting, WrittenMessage } from './message-writer';
import type { ExportWords } from './words';

const lineEnds = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
/** Addresses, which nothing is to be escaped in: as autolinks they are taken literally. */
const addresses = /(https?:\/\/[^\s<>"'\\`\u3000-\u303f\uff00-\uffef]+)/;

const escapePlain = (text: string): string => text.replace(/[\\`*_{}[\]<>()#+.!|~&$=:@^-]/g, String.raw`\$&`);

/** A line of text as it is, whatever Markdown would make of it. */
export function escapeMarkdown(line: string): string {
  const words = line.trimStart();
  const escaped = words.split(addresses).map((part, at) => (at % 2 === 1 ? `<${part}>` : escapePlain(part)));
  // Blanks at the beginning of a line would be code, or nothing.
  return '&nbsp;'.repeat(line.length - words.length) + escaped.join('');
}

const onOneLine = (text: string): string => escapeMarkdown(text.split(lineEnds).join(' ').trim());

function writeMessage(written: WrittenMessage, words: ExportWords): string {
  const { message, sender, clockMs, files } = written;
  const from = sender === null ? '' : `**${onOneLine(sender.name) || words.unnamed}** `;
  const lines = describeMessage(written, words)
    .split(lineEnds)
    .map((line) => `> ${escapeMarkdown(line)}`.trimEnd());
  const pictures = files.flatMap(({ path, attachment }) => (path === null ? [] : [`> ${attachment.kind === 'image' ? '!' : ''}[${words.file[attachment.kind]}](${path})`])); // prettier-ignore
  return `${from}${writeTime(clockMs, message.clock)}\n\n${[...lines, ...pictures].join('  \n')}\n\n`;
}

export function markdownFormatting(words: ExportWords): MessageFormatting {
  return {
    createWriter: () => {
      let day = '';
      const write = (written: WrittenMessage): string => {
        const its = writeDay(written.clockMs);
        const heading = its === day ? '' : `## ${its}\n\n`;
        day = its;
        return heading + writeMessage(written, words);
      };
      return {
        begin: () => '',
        beginConversation: ({ name }) => {
          day = '';
          return `# ${onOneLine(name) || words.unnamed}\n\n`;
        },
        messages: (messages) => messages.map(write).join(''),
        endConversation: () => '',
        end: () => '',
      };
    },
  };
}

// All formats by name.

import type { MessageExport, MessageFormat } from '../../model/export';
import { chatLabFormatting } from './chatlab';
import { csvFormatting } from './csv';
import { htmlFormatting } from './html/html';
import { jsonFormatting } from './json';
import { jsonlFormatting } from './jsonl';
import { markdownFormatting } from './markdown';
import type { MessageFormatting } from './message-writer';
import type { PortableEncoding } from './portable';
import { telegramFormatting } from './telegram/telegram';
import { txtFormatting } from './txt';
import type { ExportWords } from './words';

export interface FormatInput {
  readonly words: ExportWords;
  readonly encoding: PortableEncoding;
  readonly language: MessageExport['language'];
  readonly nowMs: number;
}

const formattings: Readonly<Record<MessageFormat, (input: FormatInput) => MessageFormatting>> = {
  html: ({ language, nowMs }) => htmlFormatting(language, nowMs),
  txt: ({ words }) => txtFormatting(words),
  markdown: ({ words }) => markdownFormatting(words),
  csv: ({ words }) => csvFormatting(words),
  json: ({ encoding }) => jsonFormatting(encoding),
  jsonl: ({ encoding }) => jsonlFormatting(encoding),
  chatlab: ({ nowMs }) => chatLabFormatting(nowMs),
  telegram: () => telegramFormatting,
};

export function formattingOf(format: MessageFormat, input: FormatInput): MessageFormatting {
  return formattings[format](input);
}

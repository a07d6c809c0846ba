// All formats by name.

import type { MessageExport, MessageFormat } from '../../model/export';
import { csvFormatting } from './csv';
import { htmlFormatting } from './html/html';
import { jsonlFormatting } from './jsonl';
import type { MessageFormatting } from './message-writer';
import type { PortableEncoding } from './portable';
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
  csv: ({ words }) => csvFormatting(words),
  jsonl: ({ encoding }) => jsonlFormatting(encoding),
};

export function formattingOf(format: MessageFormat, input: FormatInput): MessageFormatting {
  return formattings[format](input);
}

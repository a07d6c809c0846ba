// All formats by name.

import type { MessageExport, MessageFormat } from '../../model/export';
import { chatLabFormatting } from './chatlab';
import { csvFormatting } from './csv';
import { htmlFormatting } from './html/html';
import { jsonFormatting } from './json';
import { jsonlFormatting } from './jsonl';
import { markdownFormatting } from './markdown';
import type { AnyFormatting } from './message-writer';
import type { PictureSource } from './picture-shelf';
import type { PortableEncoding } from './portable';
import { telegramFormatting } from './telegram/telegram';
import { txtFormatting } from './txt';
import type { ExportWords } from './words';

export interface FormatInput {
  readonly words: ExportWords;
  readonly encoding: PortableEncoding;
  readonly nowMs: number;
  readonly request: Pick<MessageExport, 'language' | 'fromMs' | 'toMs' | 'zone'>;
  /** For formats that draw pictures. */
  readonly pictures: PictureSource;
}

const formattings: Readonly<Record<MessageFormat, (input: FormatInput) => AnyFormatting | Promise<AnyFormatting>>> = {
  html: ({ request, nowMs }) => htmlFormatting(request.language, nowMs),
  pdf: async (input) => (await import('./pdf/pdf')).pdfFormatting(input),
  txt: ({ words }) => txtFormatting(words),
  markdown: ({ words }) => markdownFormatting(words),
  csv: ({ words }) => csvFormatting(words),
  json: ({ encoding }) => jsonFormatting(encoding),
  jsonl: ({ encoding }) => jsonlFormatting(encoding),
  chatlab: ({ nowMs }) => chatLabFormatting(nowMs),
  telegram: () => telegramFormatting,
};

/** Throws CamphorError `canvas-blocked` where this browser cannot write it. */
export async function formattingOf(format: MessageFormat, input: FormatInput): Promise<AnyFormatting> {
  return formattings[format](input);
}

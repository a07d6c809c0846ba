// PDF 1.7 with the pictures of the messages, written as it is made: docs/decisions/0009-pdf.md.

import { clockOf, writeDay } from '../clock';
import type { FormatInput } from '../formats';
import type { ByteFormatting, ByteWriter, WrittenConversation } from '../message-writer';
import { cleanLine } from './clean-text';
import { createGlyphFonts, type GlyphFonts } from './glyph-fonts';
import { createGlyphPainter } from './glyph-painter';
import { createMessagePrinter, type MessagePrinter } from './message-printer';
import { putOutline } from './outline';
import { page } from './page-canvas';
import { createPageFlow, type PageFlow } from './page-flow';
import { createPageTree, type PageTree } from './page-tree';
import { createPdfFile, type PdfFile } from './pdf-file';
import { dateString, textString } from './pdf-syntax';
import { createPictures } from './pictures';
import { createStructure, type Structure } from './structure';

export type PdfInput = Pick<FormatInput, 'words' | 'nowMs' | 'request' | 'pictures'>;

/** Throws CamphorError `canvas-blocked` where this browser does not draw letters for us. */
export function pdfFormatting(input: PdfInput): ByteFormatting {
  return { createByteWriter: () => createWriter(input) };
}

interface Document {
  readonly file: PdfFile;
  readonly tree: PageTree;
  readonly fonts: GlyphFonts;
  readonly structure: Structure;
  readonly flow: PageFlow;
  readonly printer: MessagePrinter;
}

function createDocument({ words, request, pictures }: PdfInput): Document {
  const file = createPdfFile(crypto.randomUUID().replaceAll('-', ''));
  const tree = createPageTree(file, `/MediaBox [0 0 ${page.width} ${page.height}]`);
  const fonts = createGlyphFonts(file, createGlyphPainter(request.language));
  const structure = createStructure(file);
  const flow = createPageFlow(file, tree, fonts, structure);
  const pictureOf = createPictures(file, pictures);
  const printer = createMessagePrinter({
    flow,
    structure,
    words,
    language: request.language,
    picture: async ({ attachment: { sha256 } }) => (sha256 === null ? null : pictureOf(sha256)),
  });
  return { file, tree, fonts, structure, flow, printer };
}

function createWriter(input: PdfInput): ByteWriter {
  const { file, tree, fonts, structure, flow, printer } = createDocument(input);
  let title = 'Camphor';
  return {
    async *begin(conversations) {
      if (conversations.length === 1) title = cleanLine(conversations[0]?.name ?? '') || title;
      yield* await file.take();
    },
    async *beginConversation(conversation) {
      printer.beginConversation(conversation, rangeOf(conversation, input));
      yield* await file.take();
    },
    async *messages(messages) {
      for (const written of messages) {
        await printer.message(written);
        if (file.isFull()) yield* await file.take();
      }
    },
    async *endConversation() {
      printer.endConversation();
      yield* await file.take();
    },
    async *end() {
      // A file without any page is none.
      structure.open('H1');
      if (flow.pages === 0) flow.text(title, { sizePt: 18, weight: 700, colour: [0, 0, 0], left: page.left, linked: false });
      structure.close();
      flow.turn();
      fonts.end();
      tree.end();
      const [root, info] = [file.reserve(), file.reserve()];
      const outline = putOutline(file, printer.outline);
      const mode = printer.outline.length === 0 ? '' : '/PageMode /UseOutlines ';
      const view = `${mode}/Lang (${input.request.language}) /ViewerPreferences << /DisplayDocTitle true >>`;
      const tags = `/MarkInfo << /Marked true >> /StructTreeRoot ${structure.end()} 0 R`;
      file.put(root, `<< /Type /Catalog /Pages ${tree.root} 0 R /Outlines ${outline} 0 R ${view} ${tags} >>`);
      file.put(info, `<< /Title ${textString(title)} /Producer (Camphor) /CreationDate ${dateString(input.nowMs)} >>`);
      yield* await file.end(root, info);
    },
  };
}

/** First and last day on which messages may have been sent that were asked for, by the clock of the export. */
function rangeOf({ entry }: WrittenConversation, { request }: PdfInput): string {
  const dayOf = (sentAtMs: number): string => writeDay(clockOf({ sentAtMs, clock: 'absolute', zoneOffsetMin: 0 }, request.zone));
  const from = dayOf(Math.max(entry.firstAtMs ?? -Infinity, request.fromMs ?? -Infinity));
  const to = dayOf(Math.min(entry.lastAtMs ?? Infinity, (request.toMs ?? Infinity) - 1));
  return from === to ? from : `${from} – ${to}`;
}

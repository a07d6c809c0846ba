// Conversations and messages on pages: a heading, a line for each day, the name where the sender changes, the time beside each
// message, and all that the other formats say of it.

import type { MessageExport } from '../../../model/export';
import { writeDay, writeTime } from '../clock';
import { type MessagePart, partsOf } from '../describe-message';
import type { WrittenConversation, WrittenFile, WrittenMessage, WrittenPerson } from '../message-writer';
import type { ExportWords } from '../words';
import { cleanLine } from './clean-text';
import type { OutlineEntry } from './outline';
import { type Colour, grey, page } from './page-canvas';
import { type PageFlow, plainLook, type TextLook } from './page-flow';
import type { PutPicture } from './pictures';
import type { Structure } from './structure';

export interface PrinterInput {
  readonly flow: PageFlow;
  readonly structure: Structure;
  readonly words: ExportWords;
  readonly language: MessageExport['language'];
  picture(file: WrittenFile): Promise<PutPicture | null>;
}

export interface MessagePrinter {
  readonly outline: readonly OutlineEntry[];
  /** `range`: from when to when, as people read it. */
  beginConversation(conversation: WrittenConversation, range: string): void;
  message(written: WrittenMessage): Promise<void>;
  endConversation(): void;
}

/** Left of the texts: a time, right-aligned, and a gap that programs take for a blank. */
const textLeft = page.left + 42;
const timeGap = 5;
const textLook: TextLook = { ...plainLook, left: textLeft, linked: true };
const noteLook: TextLook = { ...textLook, sizePt: 9, colour: grey };
const titleLook: TextLook = { ...plainLook, sizePt: 18, weight: 700 };
const dayLook: TextLook = { ...plainLook, sizePt: 9, weight: 700, colour: grey };
const timeLook: TextLook = { ...plainLook, sizePt: 7.5, colour: grey };

/** By hue of a person: dark enough for small letters on paper. */
const nameColours: readonly Colour[] = [[0.62, 0.12, 0.18], [0.62, 0.29, 0.04], [0.45, 0.38, 0.02], [0.15, 0.43, 0.14], [0.02, 0.42, 0.42], [0.07, 0.34, 0.62], [0.32, 0.24, 0.64], [0.54, 0.16, 0.5]]; // prettier-ignore

/** Largest sizes of pictures, in points. */
const pictureBox = { width: 240, height: 270 };
const stickerBox = { width: 96, height: 96 };

const sizeUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1.2 MB` */
function writeSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < sizeUnits.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${sizeUnits[unit]}`;
}

export function createMessagePrinter({ flow, structure, words, language, picture }: PrinterInput): MessagePrinter {
  const outline: OutlineEntry[] = [];
  const days = createDays({ flow, structure, language }, (entry) => outline.at(-1)?.entries.push(entry));
  const senders = createSenders(flow, words);
  return {
    outline,
    beginConversation({ name }, range) {
      const title = cleanLine(name) || words.unnamed;
      flow.turn();
      outline.push({ title, page: flow.page(0).number, top: page.top + 20, entries: [] });
      structure.open('Sect');
      tagged(structure, 'H1', () => flow.text(title, titleLook));
      tagged(structure, 'P', () => flow.text(range, { ...plainLook, sizePt: 9, colour: grey }));
      flow.head(title);
      senders.forget();
    },
    async message(written) {
      if (days.begin(written.clockMs)) senders.forget();
      const parts = partsOf(written, words);
      const first = parts[0]?.file ?? null;
      structure.open('P');
      senders.begin(written.sender, first === null ? 0 : roomOf(await sizedPicture(first, picture)));
      const time = writeTime(written.clockMs, written.message.clock);
      let isFirst = true;
      const print = (text: string, look: TextLook): void => {
        flow.text(text, look, isFirst ? (on, y) => flow.line(time, timeLook, { on, y, align: 1, right: textLeft - timeGap }) : undefined);
        isFirst = false;
      };
      for (const part of parts.length === 0 ? [nothing] : parts) await printPart(part, written, { flow, structure, print, picture });
      const reactions = written.message.facts?.reactions ?? [];
      if (reactions.length > 0) print(reactions.map(({ emoji, count }) => `${emoji} ${count}`).join('   '), noteLook);
      structure.close();
    },
    endConversation() {
      days.end();
      structure.close();
      flow.turn();
    },
  };
}

/** Draws an element that shows nothing else. */
function tagged(structure: Structure, role: 'H1' | 'H2' | 'P', draw: () => void): void {
  structure.open(role);
  draw();
  structure.close();
}

/** A heading where another day begins, and what was written on it below; what is written on is known by its day in a conversation. */
function createDays(
  { flow, structure, language }: Pick<PrinterInput, 'flow' | 'structure' | 'language'>,
  onMonth: (entry: OutlineEntry) => void,
) {
  const inUtc = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { ...options, timeZone: 'UTC' });
  const dayFormat = inUtc({ dateStyle: 'full' });
  const monthFormat = inUtc({ year: 'numeric', month: 'long' });
  let day = '';
  const end = (): void => {
    if (day !== '') structure.close();
    day = '';
  };
  return {
    end,
    /** True where it is another day. */
    begin(clockMs: number): boolean {
      const its = writeDay(clockMs);
      if (its === day) return false;
      flow.space(10);
      const on = flow.page(64);
      if (its.slice(0, 7) !== day.slice(0, 7)) onMonth({ title: monthFormat.format(clockMs), page: on.number, top: on.y + 4, entries: [] });
      on.fill(page.left, on.y, page.right - page.left, 0.5, [0.82, 0.82, 0.82]);
      end();
      structure.open('Sect');
      tagged(structure, 'H2', () => flow.line(dayFormat.format(clockMs), dayLook, { on, y: on.y - 14, align: 0.5 }));
      on.y -= 24;
      day = its;
      return true;
    },
  };
}

/** A name where another person speaks, and at the top of each page. */
function createSenders(flow: PageFlow, words: ExportWords) {
  let current: number | null = null;
  let namedOn = 0;
  return {
    forget: (): void => void (current = null),
    /** `room`: what has to have room below the name. */
    begin(from: WrittenPerson | null, room: number): void {
      const number = from?.number ?? 0;
      flow.space(number === current ? 2 : 7);
      const on = flow.page((number === 0 ? 0 : 14) + Math.max(14, room));
      if (number === current && namedOn === on.number) return;
      current = number;
      namedOn = on.number;
      if (from === null) return;
      const look: TextLook = { ...textLook, sizePt: 9, weight: 700, colour: nameColours[from.hue] ?? grey, linked: false };
      flow.line(cleanLine(from.name) || words.unnamed, look, { on, y: on.y - 9, align: 0 });
      on.y -= 13;
    },
  };
}

const nothing: MessagePart = { role: 'note', text: '[–]', file: null };

async function printPart(
  { role, text, file }: MessagePart,
  { message, sender }: WrittenMessage,
  { flow, structure, print, picture }: Pick<PrinterInput, 'flow' | 'structure' | 'picture'> & { print(text: string, look: TextLook): void },
): Promise<void> {
  if (role === 'text') return print(text, message.kind === 'system' || sender === null ? { ...textLook, colour: grey } : textLook);
  if (file === null) return print(text, noteLook);
  const sized = await sizedPicture(file, picture);
  const { sizeBytes } = file.attachment;
  flow.page(roomOf(sized));
  // What cannot be looked at is at least told in full.
  print(sized === null && sizeBytes !== null && sizeBytes > 0 ? `${text} ${writeSize(sizeBytes)}` : text, noteLook);
  if (sized === null) return;
  structure.open('Figure', cleanLine(text));
  flow.picture(sized.picture, textLeft, sized.widthPt, sized.heightPt);
  structure.close();
}

interface SizedPicture {
  readonly picture: PutPicture;
  readonly widthPt: number;
  readonly heightPt: number;
}

/** With its name above it, and what keeps it apart. */
const roomOf = (sized: SizedPicture | null): number => (sized === null ? 14 : sized.heightPt + 20);

/** A picture as large as it is shown; null for a file that is not drawn. */
async function sizedPicture(file: WrittenFile, picture: PrinterInput['picture']): Promise<SizedPicture | null> {
  const drawn = file.inside === null ? null : await picture(file);
  if (drawn === null) return null;
  const box = file.attachment.kind === 'sticker' ? stickerBox : pictureBox;
  // Never larger than 96 pixels an inch make it.
  const scale = Math.min(0.75, box.width / drawn.widthPx, box.height / drawn.heightPx);
  return { picture: drawn, widthPt: Math.max(1, drawn.widthPx * scale), heightPt: Math.max(1, drawn.heightPx * scale) };
}

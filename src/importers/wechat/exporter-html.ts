// Pages of WechatExporter: a chat's first messages are elements of its page, the others texts of HTML in scripts. See README.md.

import type { HtmlElement } from '../../bytes/html-elements';
import { elementsIn, isElement } from '../../bytes/html-query';
import { parseHtml } from '../../bytes/html-tree';
import type { NeutralRecord, Span } from '../../model/record';
import { readInTurn } from '../entry-sequence';
import type { Importer } from '../importer';
import { parseJson } from '../json-fields';
import { createLedger, noOwner } from './ledger';
import { problemOf } from '../problem-record';
import { readHtmlRecords, type PieceReader, type PlacedElement } from '../record-batches';
import { readArrayRecords, takeScript, type TakeElement } from '../script-array';
import type { ExportedBody } from './exported-text';
import { isBox, readBox } from './exporter-box';
import { arrayLead, findPages } from './exporter-files';
import type { ExportedChat, Ledger } from './ledger';

const format = 'wechat-exporter-html';
/** A script may hold all but the first messages of a chat. */
const pieceLimitBytes = 64 << 20;

/** Importer of WechatExporter's pages; a chat is an archive. */
export const wechatExporterHtml: Importer = {
  format,
  source: 'wechat',
  async detect(files) {
    const pages = await findPages(files);
    return pages.map(({ title, entries }) => ({ format, formatVersion: 'html', source: 'wechat', entries, title, isSingle: true }));
  },
  // Which messages are the owner's, the page shows.
  ask: async () => [{ id: 'zone', options: [], guess: null, certain: false }],
  async *read(files, { entries, title }, { onBytes }) {
    const [first = 0] = entries;
    const boxes = createBoxReader(createLedger(files, first, noOwner), { id: null, name: title });
    const start: NeutralRecord[] = [];
    boxes.open(start);
    yield start;
    yield* readInTurn(files, entries, onBytes, (place) =>
      /\.html?$/i.test(files.entries[place.entry]?.path ?? '')
        ? readHtmlRecords(place, { isWanted: (tag) => isBox(tag) || tag.name === 'script', nests: true, pieceLimitBytes }, boxes.ofPage)
        : readArrayRecords(place, arrayLead, boxes.takeElement),
    );
    const end: NeutralRecord[] = [];
    boxes.end(end);
    yield end;
  },
};

interface BoxReader {
  /** Appends the conversation. */
  open(out: NeutralRecord[]): void;
  readonly ofPage: PieceReader<PlacedElement>;
  readonly takeElement: TakeElement;
  /** Appends what waits for a time that does not come. */
  end(out: NeutralRecord[]): void;
}

interface WaitingNotice {
  readonly content: ExportedBody;
  readonly raw: string;
  readonly span: Span;
}

/** So many notices may stand before the first message. */
const waitingLimit = 1000;

/** Lines of the app have no time: they have that of the message before them, the first of them that of the one behind. */
function createBoxReader(ledger: Ledger, chat: ExportedChat): BoxReader {
  const waiting: WaitingNotice[] = [];
  let last: { readonly sentAtMs: number; readonly clock: 'second' | 'minute' } | null = null;
  const addNotice = ({ content, span }: WaitingNotice, time: NonNullable<typeof last>, which: string, out: NeutralRecord[]) =>
    ledger.addMessage({ chat, sender: null, sourceId: null, ...time, body: content.body, extra: { time: which } }, span, out);
  const takeBox = (element: HtmlElement, raw: string, span: Span, out: NeutralRecord[]): void => {
    const box = readBox(element);
    if (box.kind === 'notice') {
      const notice = { content: box.content, raw, span };
      if (last !== null) addNotice(notice, last, 'of the message before', out);
      else if (waiting.length < waitingLimit) waiting.push(notice);
      else out.push(problemOf('bad-time', raw, span));
      return;
    }
    if (box.time === null) return void out.push(problemOf('bad-time', raw, span));
    last = box.time;
    for (const notice of waiting.splice(0)) addNotice(notice, last, 'of the message behind', out);
    const { sender, content } = box;
    ledger.addMessage({ chat, sender, sourceId: null, ...box.time, body: content.body, mediaPath: content.mediaPath }, span, out);
  };
  const takeElement: TakeElement = (text, span, out) => {
    const html = parseJson(text);
    const boxes = typeof html === 'string' ? boxesIn(html) : [];
    if (boxes.length === 0) return void out.push(problemOf('not-understood', text, span));
    const end = { ...span, offsetBytes: span.offsetBytes + span.lengthBytes, lengthBytes: 0 };
    for (const [at, box] of boxes.entries()) takeBox(box, text, at === 0 ? span : end, out);
  };
  return {
    open: (out) => ledger.addChat(chat, out),
    ofPage: {
      take: ({ element, raw, span }, out) =>
        element.name === 'script' ? takeScript({ raw, span }, arrayLead, takeElement, out) : takeBox(element, raw, span, out),
    },
    takeElement,
    end: (out) => void out.push(...waiting.map(({ raw, span }) => problemOf('bad-time', raw, span))),
  };
}

/** The outermost boxes of a text; as a rule one. */
function boxesIn(html: string): readonly HtmlElement[] {
  const nodes = parseHtml(html).filter(isElement);
  const own = nodes.filter(isBox);
  return own.length > 0 ? own : nodes.flatMap((node) => [...elementsIn(node)].filter(isBox)).slice(0, 1);
}

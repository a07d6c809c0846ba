// WeChat messages that exporters wrote into a page, as an array in its script. The array is read as data over its range of
// bytes; what stands around it is the page. See README.md.

import { readJsonPieces } from '../../bytes/json-elements';
import { parseObjectLiteral, readLiteralPieces } from '../../bytes/js-literals';
import type { ByteSource, FileEntry, FileSet } from '../../bytes/source';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { JsonObject } from '../../model/json';
import type { NeutralRecord, Span } from '../../model/record';
import { candidates, detectBytes, entryOf } from '../archive-files';
import { parseExactJson } from '../exact-json';
import type { Detection, Importer, ReadOptions } from '../importer';
import { isObject } from '../json-fields';
import { problemOf, rawOf, structureOf } from '../problem-record';
import { batchesOf } from '../record-batches';
import { sourceFrom } from '../script-array';
import { withExtra } from './exported-text';
import { formsIn, titleOf } from './html-forms';
import type { HtmlForm } from './html-forms';
import { createLedger, noOwner } from './ledger';
import type { ExportedChat, Ledger } from './ledger';

interface HtmlHead {
  readonly form: HtmlForm;
  readonly title: string | null;
  /** Where the array's bracket is. */
  readonly startByte: number;
}

/** An element of the array, or what else there is of it. */
interface Piece extends Pick<Span, 'offsetBytes' | 'lengthBytes'> {
  readonly kind: 'item' | 'page' | 'problem';
  readonly element: JsonObject | null;
  readonly text: string;
}

/** Importer of `.html` files of WeChat chats whose messages stand in a script; `formatVersion` says which tool's page it is. */
export const wechatHtml: Importer = {
  format: 'wechat-html',
  source: 'wechat',
  async detect(files) {
    const found: Detection[] = [];
    for (const [index, entry] of candidates(files, /\.html?$/i)) {
      const head = await readHead(entry);
      if (head === null) continue;
      const formatVersion = head.form.version;
      found.push({ format: 'wechat-html', formatVersion, source: 'wechat', entries: [index], title: head.title, isSingle: true });
    }
    return found;
  },
  // Times are instants, and each message says whether the owner sent it.
  ask: async () => [],
  read,
};

async function* read(files: FileSet, detection: Detection, { onBytes }: ReadOptions): ReturnType<Importer['read']> {
  const entry = entryOf(files, detection);
  const [index = 0] = detection.entries;
  const source = entry.open();
  const head = await readHead(entry);
  const startByte = head?.startByte ?? source.sizeBytes;
  const before = { entry: index, offsetBytes: 0, lengthBytes: startByte };
  if (startByte > 0) yield [head === null ? problemOf('ends-early', '', before) : structureOf('page', before)];
  onBytes?.(startByte);
  if (head === null) return;
  const ledger = createLedger(files, index, noOwner);
  const chat: ExportedChat = { id: null, name: head.title };
  for await (const pieces of piecesOf(sourceFrom(source, startByte), head.form)) {
    const out: NeutralRecord[] = [];
    let doneBytes = startByte;
    for (const piece of pieces) {
      const span = { entry: index, offsetBytes: startByte + piece.offsetBytes, lengthBytes: piece.lengthBytes };
      takePiece(piece, span, head.form, chat, ledger, out);
      doneBytes = span.offsetBytes + span.lengthBytes;
    }
    yield* batchesOf(out);
    onBytes?.(doneBytes);
  }
}

function takePiece(
  { kind, element, text }: Piece,
  span: Span,
  form: HtmlForm,
  chat: ExportedChat,
  ledger: Ledger,
  out: NeutralRecord[],
): void {
  if (kind === 'page') return void out.push(structureOf('page', span));
  if (kind === 'problem' || element === null)
    return void out.push(problemOf(kind === 'problem' ? 'ends-early' : 'not-understood', text, span));
  const message = form.toMessage(element, chat);
  if (message === null) out.push(structureOf('date', span));
  else if (typeof message === 'string') out.push(problemOf(message, text, span));
  else {
    const body = message.body.kind === 'unknown' ? withExtra(message.body, 'raw', rawOf(text)) : message.body;
    ledger.addMessage({ ...message, body }, span, out);
  }
}

async function* piecesOf(source: ByteSource, form: HtmlForm): AsyncGenerator<readonly Piece[], void, void> {
  if (form.isLiteral) {
    for await (const pieces of readLiteralPieces(source)) {
      yield pieces.map(({ kind, text, ...span }) => ({
        ...span,
        kind: kind === 'rest' ? 'page' : kind,
        element: kind === 'item' ? parseObjectLiteral(text) : null,
        text,
      }));
    }
    return;
  }
  for await (const pieces of readJsonPieces(source, { paths: ['[*]'] })) {
    yield pieces.map(({ kind, code, key, text, offsetBytes, lengthBytes }) => {
      // What follows the array is out of place for JSON alone.
      const isPage = kind === 'structure' || (code === 'bad-json' && key === -1);
      const value = kind === 'item' ? parseExactJson(text) : undefined;
      return {
        kind: isPage ? ('page' as const) : kind === 'problem' ? ('problem' as const) : ('item' as const),
        element: isObject(value) ? value : null,
        text,
        offsetBytes,
        lengthBytes,
      };
    });
  }
}

/** Null where the file's beginning is none of the pages. Never throws for foreign bytes. */
async function readHead(entry: FileEntry): Promise<HtmlHead | null> {
  const bytes = await entry.open().read(0, detectBytes);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (!/^\ufeff?\s{0,64}</.test(text)) return null;
  for (const [form, at] of formsIn(text)) {
    const startByte = new TextEncoder().encode(text.slice(0, at)).length;
    // Letters that are no UTF-8 would have moved the place.
    if (bytes[startByte] !== 0x5b) continue;
    const first = await firstElement(bytes.subarray(startByte), form);
    if (first !== null && form.isElement(first)) return { form, title: titleOf(text), startByte };
  }
  return null;
}

async function firstElement(bytes: Uint8Array, form: HtmlForm): Promise<JsonObject | null> {
  for await (const pieces of piecesOf(sourceOfBytes(bytes), form)) {
    const first = pieces.find(({ kind }) => kind === 'item');
    if (first !== undefined) return first.element;
  }
  return null;
}

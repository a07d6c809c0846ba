// Pages of qq-chat-exporter: one page with all messages, or a viewer with chunks in scripts. See ../README.md.

import type { FileSet } from '../../../bytes/source';
import type { JsonObject } from '../../../model/json';
import type { MessageRecord, NeutralRecord, Span } from '../../../model/record';
import { baseName, detectBytes, folderOf } from '../../archive-files';
import { readInTurn } from '../../entry-sequence';
import type { Detection, Importer, Question } from '../../importer';
import { isObject, objectsOf, words } from '../../json-fields';
import { parseExactJson } from '../../exact-json';
import { problemOf, structureOf } from '../../problem-record';
import { readHtmlRecords, type EntryPlace, type PieceReader, type PlacedElement } from '../../record-batches';
import { readArrayRecords, takeScript, type TakeElement } from '../../script-array';
import { parseHtml } from '../../../bytes/html-tree';
import { isElement } from '../../../bytes/html-query';
import { toConversation } from './export-head';
import { toMessage, type MessageContext } from './message';
import { askOwner, ownerBytes } from './owner-question';
import { isBlock, readBlock, withRecord, type PageBlock } from './page-block';
import { embed } from './page-data';
import { chunkLead, findPages, readManifest, readPageChat, type PageArchive } from './page-files';
import { createSenders } from './senders';

const format = 'qq-qce-html';
/** A script may hold a whole chunk, and a message the files of a page that stands alone. */
const pieceLimitBytes = 64 << 20;

/** Importer of qq-chat-exporter's `.html` pages and of its viewer's chunks. */
export const qceHtml: Importer = {
  format,
  source: 'qq',
  async detect(files) {
    const archives = await findPages(files);
    return Promise.all(
      archives.map(async (archive): Promise<Detection> => {
        const { chat } = await readPageChat(files, archive, detectBytes);
        const title = words(chat['name']) ?? titleOf(files, archive.entries[0] ?? -1);
        return { format, formatVersion: archive.version, source: 'qq', entries: archive.entries, title, isSingle: true };
      }),
    );
  },
  async ask(files, detection) {
    const archive = archiveOf(files, detection);
    const zone: Question = { id: 'zone', options: [], guess: null, certain: false };
    const owner = askOwner(await readPageChat(files, archive, ownerBytes));
    // Records of chunks are instants.
    return archive.version === 'chunks' ? owner : [...owner, zone];
  },
  async *read(files, detection, { answers, onBytes }) {
    const archive = archiveOf(files, detection);
    const head = await readPageChat(files, archive, ownerBytes);
    const [first = -1] = archive.entries;
    const path = files.entries[first]?.path ?? '';
    yield [toConversation(head, `${files.name}/${path}`, detection.title ?? titleOf(files, first))];
    const reader = createPageReader(files, rootOf(archive, path), head.chat, answers['owner'] ?? null);
    yield* readInTurn(files, archive.entries, onBytes, (place) => {
      if (place.entry === archive.manifest) return readChunkList(files, place, folderOf(folderOf(path).slice(0, -1)));
      if (archive.version === 'chunks') return readArrayRecords(place, chunkLead, reader.takeRecord);
      return readHtmlRecords(
        place,
        { isWanted: (tag) => isBlock(tag) || tag.name === 'script', nests: true, pieceLimitBytes },
        reader.ofPage,
      );
    });
  },
};

function archiveOf(files: FileSet, { entries, formatVersion }: Detection): PageArchive {
  const named = entries.find((entry) => /^manifest\.js(?:on)?$/.test(baseName(files.entries[entry]?.path ?? ''))) ?? -1;
  const isChunks = formatVersion === 'chunks';
  return { version: isChunks ? 'chunks' : 'page', entries, manifest: isChunks ? named : -1 };
}

/** Where `resources/` lies: beside a page, two folders above a chunk, one above the manifest. */
function rootOf({ version, manifest }: PageArchive, path: string): string {
  const folder = folderOf(path);
  if (version === 'page') return folder;
  const above = folderOf(folder.slice(0, -1));
  return manifest === -1 ? folderOf(above.slice(0, -1)) : above;
}

function titleOf(files: FileSet, entry: number): string {
  return baseName(files.entries[entry]?.path ?? '').replace(/\.(?:html?|js|json)$/i, '');
}

/** The manifest holds no messages; a chunk that it names and that is not there is a problem. */
async function* readChunkList(
  files: FileSet,
  { source, entry, onBytes, doneBefore = 0 }: EntryPlace,
  root: string,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  const span = { entry, offsetBytes: 0, lengthBytes: source.sizeBytes };
  const manifest = await readManifest(files, entry);
  const isThere = (path: string) =>
    files.indexOf(root + path) !== -1 ||
    files.indexOf(`${folderOf(files.entries[entry]?.path ?? '')}${path.replace(/^data\//, '')}`) !== -1;
  const named = objectsOf(manifest?.['chunks']).flatMap((chunk) => words(chunk['file']) ?? []);
  const missing = named.filter((path) => !isThere(path)).map((path) => problemOf('media-missing', path, { ...span, lengthBytes: 0 }));
  yield [...missing, manifest === null ? problemOf('not-understood', '', span) : structureOf('manifest', span)];
  onBytes?.(doneBefore + source.sizeBytes);
}

interface PageReader {
  readonly ofPage: PieceReader<PlacedElement>;
  readonly takeRecord: TakeElement;
}

function createPageReader(files: FileSet, root: string, chat: JsonObject, owner: string | null): PageReader {
  let out: NeutralRecord[] = [];
  const senders = createSenders(chat, owner, (person) => void out.push(person));
  const context: MessageContext = { place: { files, folders: [root] }, senders };
  const takeRecord: TakeElement = (text, span, target) => {
    out = target;
    const record = parseExactJson(text);
    if (!isObject(record)) return void target.push(problemOf('not-understood', text, span));
    const block = blockIn(words(record['html']) ?? '');
    const message = toMessage(withRecord(block, record), context, span);
    target.push(message === null ? problemOf('bad-time', text, span) : withFiles(message, block?.embedded ?? [], text, span));
  };
  const takeBlock = (block: PageBlock | null, raw: string, span: Span) => {
    if (block === null) return void out.push(structureOf('date', span));
    const { message, clockMs } = block;
    const read = clockMs === null ? null : toMessage({ ...message, timestamp: clockMs }, context, span);
    if (read === null) out.push(problemOf('bad-time', raw, span));
    else out.push({ ...withFiles(read, block.embedded, raw, span), clock: 'second' });
  };
  return {
    takeRecord,
    ofPage: {
      take({ element, raw, span }, target) {
        out = target;
        if (element.name === 'script') takeScript({ raw, span }, chunkLead, takeRecord, target);
        else takeBlock(readBlock(element), raw, span);
      },
    },
  };
}

function blockIn(html: string): PageBlock | null {
  const node = parseHtml(html).find((each) => isElement(each) && isBlock(each));
  return node !== undefined && isElement(node) ? readBlock(node) : null;
}

/** Files that the page itself holds are ranges of it. */
function withFiles(message: MessageRecord, embedded: PageBlock['embedded'], raw: string, span: Span): MessageRecord {
  if (embedded.every((address) => address === null)) return message;
  const attachments = message.attachments.map((attachment, at) => {
    const address = embedded[at] ?? null;
    return address === null ? attachment : embed(attachment, address, raw, span);
  });
  return { ...message, attachments };
}

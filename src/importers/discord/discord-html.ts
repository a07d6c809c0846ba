// What DiscordChatExporter writes as HTML: one channel a page, or a part of one. See README.md.

import { findElement, hasClass } from '../../bytes/html-query';
import type { FileSet } from '../../bytes/source';
import type { ConversationRecord, MessageFacts } from '../../model/record';
import { candidates, folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer, Question } from '../importer';
import { createPeople, type People } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { readHtmlRecords, type PieceReader, type PlacedElement } from '../record-batches';
import { compareIds } from './channel';
import { findAuthor, toJsonAuthor } from './html-author';
import { readHtmlMessage } from './html-message';
import { isWanted, readHtmlHead, type HtmlHead } from './html-page';
import { personIndex, toMessage, type MessageContext } from './message';
import { askOwner } from './owner';

/** Importer of DiscordChatExporter's `.html` pages; all of a set are one archive, the parts of a channel one conversation. */
export const discordHtml: Importer = { format: 'discord-html', source: 'discord', detect, ask, read };

interface Page {
  readonly entry: number;
  readonly head: HtmlHead;
}

/** A page whose name does not tell the channel is a channel of its own. */
function channelKey({ entry, head }: Page): string {
  return head.channelId ?? `entry ${entry}`;
}

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const pages: Page[] = [];
  for (const [entry, file] of candidates(files, /\.html?$/i)) {
    const head = await readHtmlHead(file.open(), file.path);
    if (head !== null) pages.push({ entry, head });
  }
  const [first] = pages;
  if (first === undefined) return [];
  // Channels in the order of the set; the parts of one follow each other by their first messages.
  const order = new Map([...pages].reverse().map((page) => [channelKey(page), page.entry]));
  const placeOf = (page: Page) => order.get(channelKey(page)) ?? 0;
  pages.sort((one, other) => placeOf(one) - placeOf(other) || compareIds(one.head.firstId, other.head.firstId));
  const isSingle = order.size === 1;
  const isOneGuild = pages.every(({ head }) => head.guildName === first.head.guildName);
  const title = isSingle ? first.head.name : isOneGuild ? first.head.guildName : null;
  const entries = pages.map(({ entry }) => entry);
  return [{ format: 'discord-html', formatVersion: 'chat-exporter', source: 'discord', entries, title, isSingle }];
}

function ask(files: FileSet, { entries }: Detection): Promise<readonly Question[]> {
  return askOwner(entries, async (entry) => {
    const file = files.entries[entry];
    return file === undefined ? null : readHtmlHead(file.open(), file.path);
  });
}

async function* read(
  files: FileSet,
  detection: Detection,
  { answers, onBytes }: Parameters<Importer['read']>[2],
): ReturnType<Importer['read']> {
  const owner = answers['owner'] ?? (await ask(files, detection))[0]?.guess ?? null;
  const people = createPeople((id) => id === owner);
  const indexes = new Map<string, number>();
  yield* readInTurn(files, detection.entries, onBytes, async function* (place) {
    const path = files.entries[place.entry]?.path ?? '';
    const head = await readHtmlHead(place.source, path);
    const key = head === null ? `entry ${place.entry}` : channelKey({ entry: place.entry, head });
    const index = indexes.get(key) ?? indexes.size;
    if (!indexes.has(key)) yield [toConversation(head, index)];
    indexes.set(key, index);
    const context = { files, folder: folderOf(path), conversation: index, channelId: head?.channelId ?? null, people };
    yield* readHtmlRecords(place, { isWanted }, createReader(context, people));
  });
}

function toConversation(head: HtmlHead | null, index: number): ConversationRecord {
  if (head === null) return { type: 'conversation', index, sourceId: null, name: null, shape: 'unknown' };
  const record = { type: 'conversation', index, sourceId: head.channelId, name: head.name, shape: head.shape } as const;
  return head.lines.length === 0 ? record : { ...record, extra: { preamble: head.lines } };
}

function createReader(context: MessageContext, people: People): PieceReader<PlacedElement> {
  let lastSender = -1;
  return {
    take({ element, raw, span }, out) {
      const author = findAuthor(element);
      if (author !== null) lastSender = personIndex(toJsonAuthor(author), people, out);
      else if (findElement(element, '.chatlog__header') !== null) lastSender = -1;
      if (!element.attributes.has('data-message-id')) {
        const isAuthor = hasClass(element, 'chatlog__author-name');
        out.push(structureOf(isAuthor ? 'author' : hasClass(element, 'preamble') ? 'preamble' : 'postamble', span));
        return;
      }
      const message = readHtmlMessage(element, context);
      const record = message === null ? null : toMessage(message.fields, context, span, out);
      if (message === null || record === null) return void out.push(problemOf('bad-time', raw, span));
      const { editedWords, isUnknown } = message;
      const isEmpty = record.text === '' && record.attachments.length === 0;
      out.push({ ...record, sender: lastSender, facts: withMore(record.facts, editedWords, isUnknown || isEmpty ? raw : null) });
    },
  };
}

/** The facts with what only pages say: that a message was edited, and when in words; `raw` where something was not understood. */
function withMore(facts: MessageFacts | null, editedWords: string | null, raw: string | null): MessageFacts | null {
  if (editedWords === null && raw === null) return facts;
  const extra = { ...facts?.extra, ...(editedWords === null ? {} : { timestampEdited: editedWords }), ...(raw === null ? {} : { raw }) };
  return { ...facts, ...(editedWords === null ? {} : { edited: { editedAtMs: null } }), extra };
}

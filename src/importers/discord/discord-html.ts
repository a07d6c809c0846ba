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
import { keyOfChannel, numberChannels, orderParts, type ChannelPart } from './channel-parts';
import { findAuthor, toJsonAuthor } from './html-author';
import { readHtmlMessage } from './html-message';
import { isWanted, readHtmlHead, type HtmlHead } from './html-page';
import { personIndex, toMessage, type MessageContext } from './message';
import { askOwner } from './owner';

/** Importer of DiscordChatExporter's `.html` pages; all of a set are one archive, the parts of a channel one conversation. */
export const discordHtml: Importer = { format: 'discord-html', source: 'discord', detect, ask, read };

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: (ChannelPart & { readonly head: HtmlHead })[] = [];
  for (const [entry, file] of candidates(files, /\.html?$/i)) {
    const head = await readHtmlHead(file.open(), file.path);
    if (head !== null) found.push({ entry, head, key: keyOfChannel(head.channelId, entry), firstId: head.firstId });
  }
  const pages = orderParts(found);
  const [first] = pages;
  if (first === undefined) return [];
  const isSingle = pages.every(({ key }) => key === first.key);
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
  const channels = numberChannels();
  yield* readInTurn(files, detection.entries, onBytes, async function* (place) {
    const path = files.entries[place.entry]?.path ?? '';
    const head = await readHtmlHead(place.source, path);
    const { index, isNew } = channels.open(keyOfChannel(head?.channelId, place.entry));
    if (isNew) yield [toConversation(head, index)];
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

// Rows of QQ NT's tables of messages to records.

import { readProtobuf } from '../../../bytes/protobuf';
import type { Row } from '../../../bytes/sqlite/row';
import type { FileSet } from '../../../bytes/source';
import type { Json } from '../../../model/json';
import { noAttachments } from '../../../model/record';
import type { AttachmentRecord, MessageFacts, NeutralRecord } from '../../../model/record';
import { monthsOf } from '../../account-media';
import type { AccountMedia } from '../../account-media';
import type { ArchiveDatabase } from '../../archive-databases';
import { baseName } from '../../archive-files';
import { problemOf } from '../../problem-record';
import { rawRow } from '../../raw-row';
import type { PlacedRow } from '../../table-rows';
import { createPeople } from '../people';
import type { QqPeople } from '../people';
import type { Content, ElementFile } from './content';
import { readElements } from './elements';
import { base64Of, readRecords, takeRecords } from './records';
import { numberIn } from './profiles';
import type { Profiles } from './profiles';
import { column, messageTables } from './schema';
import type { MessageTable } from './schema';

export interface ReadInput {
  readonly files: FileSet;
  readonly profiles: Profiles;
  readonly media: AccountMedia;
}

export interface MessageReader {
  /** Records of all messages of a database, with the share that is read, from 0 to 1. */
  read(archive: ArchiveDatabase): Generator<{ readonly records: NeutralRecord[]; readonly share: number }, void, void>;
}

interface Context extends ReadInput {
  readonly archive: ArchiveDatabase;
  readonly table: MessageTable;
  readonly people: QqPeople;
  readonly conversations: Map<string, { readonly index: number; readonly isNamed: boolean }>;
}

const columns: readonly string[] = Object.values(column);
const greatestSeconds = 253_402_300_799;

/** One for all databases of an account. */
export function createMessageReader(input: ReadInput): MessageReader {
  let out: NeutralRecord[] = [];
  const people = createPeople(null, (person) => void out.push(person));
  const conversations: Context['conversations'] = new Map();
  return {
    *read(archive) {
      for (const [at, table] of messageTables.entries()) {
        const context: Context = { ...input, archive, table, people, conversations };
        for (const batch of archive.rows.scan(table.name, columns)) {
          out = [...batch.problems];
          for (const placed of batch.rows) readRow(context, placed, out);
          yield { records: out, share: (at + batch.share) / messageTables.length };
        }
      }
    },
  };
}

function readRow(context: Context, { row, span }: PlacedRow, out: NeutralRecord[]): void {
  const { archive, table, profiles } = context;
  const seconds = row.whole(column.time) ?? 0;
  if (seconds <= 0 || seconds > greatestSeconds)
    return void out.push(problemOf('bad-time', JSON.stringify(rawRow(archive.database, table.name, row)), span));
  const message = readProtobuf(row.blob(column.elements) ?? new Uint8Array());
  const content = readElements(message, (uid) => profiles.shownName(uid));
  takeRecords(
    content,
    readRecords(row.blob(column.records), (uid) => profiles.shownName(uid)),
  );
  const kind = content.kind ?? 'unknown';
  const isRaw = kind === 'unknown' || !message.isWhole;
  const chat = chatOf(context, row);
  const conversation = conversationIndex(context, chat, out);
  const sender = kind === 'system' ? null : senderOf(context, row, chat.id);
  const sentAtMs = seconds * 1000;
  const attachments = content.files.map((file) => attachmentOf(context, file, sentAtMs));
  out.push({
    type: 'message',
    conversation,
    sender: sender?.index ?? -1,
    sourceId: idOf(row),
    sentAtMs,
    clock: 'absolute',
    kind,
    text: content.text,
    attachments: attachments.length === 0 ? noAttachments : attachments,
    facts: factsOf(content, [
      ['senderName', sender?.otherName ?? null],
      // How reactions are written is not known.
      ['reactions', base64Of(row.blob(column.reactions))],
      ['raw', isRaw ? rawRow(archive.database, table.name, row) : null],
    ]),
    ...span,
  });
}

function idOf(row: Row): string | null {
  const id = row.words(column.messageId);
  return id === null || id === '0' ? null : id;
}

function factsOf(content: Content, more: readonly (readonly [string, Json])[]): MessageFacts | null {
  const { facts, entities, kept } = content;
  const extra: Record<string, Json> = { ...content.extra };
  for (const [name, value] of more) if (value !== null) extra[name] = value;
  if (kept.length > 0) extra['elements'] = kept;
  const all: MessageFacts = {
    ...facts,
    ...(entities.length > 0 && { entities }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
  return Object.keys(all).length === 0 ? null : all;
}

interface Chat {
  readonly id: string | null;
  /** As importers/qq/exporter names it. */
  readonly sourceId: string | null;
  readonly name: string | null;
}

function chatOf({ table, profiles }: Context, row: Row): Chat {
  const peer = row.words(column.peerUid);
  const number = numberIn(row, column.chatNumber) ?? profiles.numberOf(peer) ?? numberIn(row, column.peerNumber);
  const id = number ?? peer;
  if (id === null) return { id, sourceId: null, name: null };
  if (table.shape === 'group') return { id, sourceId: `group:${id}`, name: profiles.groupName(id) };
  const sourceId = table.shape === 'self' ? `device:${id}` : `private:${id}`;
  const ownName = peer !== null && row.words(column.senderUid) === peer ? row.words(column.nick) : null;
  return { id, sourceId, name: profiles.nameOf(id) ?? profiles.nameOf(peer) ?? ownName };
}

function conversationIndex({ conversations, table }: Context, { sourceId, name }: Chat, out: NeutralRecord[]): number {
  const key = sourceId ?? table.name;
  const known = conversations.get(key);
  if (known !== undefined && (known.isNamed || name === null)) return known.index;
  const index = known?.index ?? conversations.size;
  conversations.set(key, { index, isNamed: name !== null });
  out.push({ type: 'conversation', index, sourceId, name, shape: table.shape });
  return index;
}

function senderOf(
  { people, profiles, table }: Context,
  row: Row,
  chatId: string | null,
): { index: number; otherName: string | null } | null {
  const uid = row.words(column.senderUid);
  const number = numberIn(row, column.senderNumber) ?? profiles.numberOf(uid);
  const id = number ?? uid;
  if (id === null) return null;
  const nick = row.words(column.nick);
  profiles.see(uid, nick);
  const card = table.shape === 'group' ? (profiles.cardOf(chatId, id) ?? cardIn(row)) : null;
  const index = people.byId(id, profiles.nameOf(id) ?? nick ?? card, uid === null || uid === id ? null : { uid });
  // 1 was written on this device, 2 on another of the owner's.
  const ownership = row.whole(column.ownership);
  if (ownership === 1 || ownership === 2) people.markOwner(index);
  return { index, otherName: people.otherName(index, card ?? nick) };
}

/** Old rows have the number or the address behind the name. */
function cardIn(row: Row): string | null {
  const card = row.words(column.card);
  return card === null ? null : card.replace(/[(<][\w.@+-]{5,60}[)>]$/, '') || null;
}

/** Folders of media by the kind of file. */
const folders: ReadonlyMap<string, string> = new Map([
  ['image', 'Pic'],
  ['voice', 'Ptt'],
  ['video', 'Video'],
  ['file', 'File'],
]);

function attachmentOf({ files, media }: Context, file: ElementFile, sentAtMs: number): AttachmentRecord {
  const { kind, path, sizeBytes, widthPx, heightPx, durationMs } = file;
  const name = file.name ?? (path === null ? null : baseName(path.replaceAll('\\', '/')));
  const places = name === null ? [] : monthsOf(sentAtMs).flatMap((month) => ['Ori', 'Thumb'].map((folder) => `${month}/${folder}/${name}`));
  const found = media.find([...(path === null ? [] : [path]), ...places.map((place) => `nt_data/${folders.get(kind)}/${place}`)]);
  const entry = found === null ? -1 : files.indexOf(found);
  return {
    kind,
    name,
    entry: entry === -1 ? null : entry,
    missing: entry === -1 ? 'not-in-archive' : null,
    mime: null,
    sizeBytes: entry === -1 ? sizeBytes : (files.entries[entry]?.sizeBytes ?? sizeBytes),
    ...(widthPx !== null && widthPx > 0 && { widthPx }),
    ...(heightPx !== null && heightPx > 0 && { heightPx }),
    ...(durationMs !== null && { durationMs }),
  };
}

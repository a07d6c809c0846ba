// Removes a conversation and what only it holds. What remains is a tombstone by which it is known when it comes again.

import { CamphorError } from '../model/error';
import type { RemovalReach } from '../model/backup-view';
import type { ConversationId, PersonId, Sha256Hex } from '../model/ids';
import type { ReportProgress } from '../model/progress';
import type { Receipt } from '../model/receipt';
import type { ArchiveWriter, ConversationEntry, PersonEntry } from '../vault/archive';
import type { IntakeEnvironment } from './environment';
import { forgetMarks } from './follow-marks';
import { imagesNoteName } from './holder-notes';
import { keepJoined } from './join-conversations';
import type { ImportNote } from './import-note';
import { importNoteName } from './import-note';
import { forgetOriginalsOf } from './originals';
import { keepRemoved, loadRemoved, lowestHashes } from './removed';

/** See `ImportVerbs.removeConversation`. Throws `not-found`. */
export async function removeConversation(
  environment: IntakeEnvironment,
  id: ConversationId,
  report: ReportProgress,
  reach: RemovalReach = 'later-backups',
): Promise<void> {
  const writer = await environment.vault.openWriter();
  try {
    const entry = await writer.base.conversation(id);
    if (entry === null) throw new CamphorError('not-found');
    const content = await readContent(writer, entry, async (messages) => {
      report({ stage: 'reading', doneBytes: messages, totalBytes: entry.messageCount, messages, media: 0 });
      await environment.yieldToEvents();
    });
    const all = await writer.base.receipts();
    const receipts = all.filter(({ conversations }) => conversations.some(({ conversation }) => conversation === id));
    await addOrphans(writer, receipts, id, content.media);
    await letMediaGo(writer, id, content.media);
    const people = await peopleOnlyOf(
      writer,
      entry,
      all.filter((receipt) => !receipts.includes(receipt)),
    );
    await forgetSaid(writer, receipts, id, people);
    for (const person of people.values()) writer.setPerson({ ...person, names: [] });
    writer.removeConversation(id);
    if (reach === 'all-backups') for (const receipt of receipts) writer.setReceipt(withoutWords(receipt, entry));
    if (reach !== 'here') await keepTombstone(writer, entry, content.hashes, reach);
    await forgetOriginalsOf(writer, id);
    await keepJoined(environment, writer);
    (await writer.commit()).release();
    await forgetMarks(environment, id);
    if (reach !== 'here') await environment.onRemoved?.(id, true);
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

interface Content {
  readonly hashes: readonly number[];
  readonly media: Set<Sha256Hex>;
}

async function readContent(
  writer: ArchiveWriter,
  entry: ConversationEntry,
  onMessages: (messages: number) => Promise<void>,
): Promise<Content> {
  let hashes: readonly number[] = [];
  const media = new Set<Sha256Hex>();
  let messages = 0;
  for (const segment of entry.segments) {
    const read = await writer.base.readMessages(segment.id);
    for (const { attachments } of read) for (const { sha256 } of attachments) if (sha256 !== null) media.add(sha256);
    hashes = lowestHashes(hashes, read);
    await onMessages((messages += segment.messageCount));
  }
  return { hashes, media };
}

const isOnlyOf = ({ conversations }: Receipt, id: ConversationId): boolean =>
  conversations.every(({ conversation }) => conversation === id);

/** Adds media that no message refers to, of archives that held nothing but the conversation. */
async function addOrphans(writer: ArchiveWriter, receipts: readonly Receipt[], id: ConversationId, media: Set<Sha256Hex>): Promise<void> {
  const alone = new Set(receipts.filter((receipt) => isOnlyOf(receipt, id)).map((receipt) => receipt.id));
  if (alone.size === 0) return;
  for await (const medium of writer.base.mediaEntries()) {
    if (medium.receipts.length > 0 && medium.receipts.every((receipt) => alone.has(receipt))) media.add(medium.sha256);
  }
}

/** Those whom no other conversation names, nor any of `others`, the imports that held nothing of it. The owner stays. */
async function peopleOnlyOf(
  writer: ArchiveWriter,
  entry: ConversationEntry,
  others: readonly Receipt[],
): Promise<ReadonlyMap<PersonId, PersonEntry>> {
  const named = new Set([...entry.people, ...entry.ownerPeople]);
  for (const { id, people, ownerPeople } of await writer.base.conversations())
    if (id !== entry.id) for (const person of [...people, ...ownerPeople]) named.delete(person);
  if (named.size > 0) {
    for (const { id } of others) {
      const note = (await writer.base.readNote(importNoteName(id))) as ImportNote | null;
      for (const { person } of note?.people ?? []) named.delete(person);
    }
  }
  const all = [...(await writer.base.people()).values()];
  const isOnly = (person: PersonEntry): boolean => person.conversation === entry.id || (named.has(person.id) && !person.isOwner);
  return new Map(all.filter(isOnly).map((person) => [person.id, person]));
}

/** Removes those of `media` that no other conversation of the same imports refers to. */
async function letMediaGo(writer: ArchiveWriter, id: ConversationId, media: Set<Sha256Hex>): Promise<void> {
  if (media.size === 0) return;
  const imports = new Set(
    (await Promise.all([...media].map((sha256) => writer.base.media(sha256)))).flatMap((medium) => medium?.receipts ?? []),
  );
  const sharing = new Set<ConversationId>();
  for (const receipt of await writer.base.receipts())
    if (imports.has(receipt.id)) for (const { conversation } of receipt.conversations) sharing.add(conversation);
  sharing.delete(id);
  for (const conversation of sharing) {
    for (const segment of (await writer.base.conversation(conversation))?.segments ?? []) {
      const { rest } = await writer.base.readColumns(segment.id, ['rest']);
      for (const { sha256 } of (rest ?? []).flatMap(({ attachments }) => attachments)) if (sha256 !== null) media.delete(sha256);
    }
  }
  for (const sha256 of media) writer.removeMedia(sha256);
}

/** What imports said of it goes: names of people who belong to it alone, and images of its messages. */
async function forgetSaid(
  writer: ArchiveWriter,
  receipts: readonly Receipt[],
  id: ConversationId,
  gone: ReadonlyMap<PersonId, PersonEntry>,
): Promise<void> {
  for (const receipt of receipts) {
    writer.removeNote(imagesNoteName(receipt.id, id));
    const note = (await writer.base.readNote(importNoteName(receipt.id))) as ImportNote | null;
    if (note === null) continue;
    const conversations = note.conversations.filter(({ conversation }) => conversation !== id);
    await writer.putNote(importNoteName(receipt.id), {
      conversations,
      people: note.people.filter(({ conversation, person }) => conversation !== id && !gone.has(person)),
    });
  }
}

/** By what it is known when it comes again; its name is for nothing but the owner's eyes. */
async function keepTombstone(
  writer: ArchiveWriter,
  entry: ConversationEntry,
  hashes: readonly number[],
  reach: RemovalReach,
): Promise<void> {
  const { id: conversation, source, sourceId, nextSeq } = entry;
  const others = (await loadRemoved(writer.base)).filter((each) => each.conversation !== conversation);
  const name = reach === 'all-backups' ? null : entry.name;
  await keepRemoved(writer, [...others, { conversation, source, sourceId, name, nextSeq, hashes }]);
}

/** A receipt goes into every later backup: what may quote the conversation, or be called after it, is taken out. */
function withoutWords(receipt: Receipt, { id, names }: ConversationEntry): Receipt {
  const quotes = (text: string): boolean => names.some((name) => name !== '' && text.includes(name));
  const unnamed = <Item extends { readonly path: string }>(item: Item): Item =>
    isAlone || quotes(item.path) ? { ...item, path: '' } : item;
  const isAlone = isOnlyOf(receipt, id);
  return {
    ...receipt,
    files: receipt.files.map(unnamed),
    answers: Object.fromEntries(Object.entries(receipt.answers).filter(([, answer]) => !isAlone && !quotes(answer))),
    conversations: receipt.conversations.map((part) => (part.conversation === id ? { ...part, name: null } : part)),
    problems: [],
    accounting: receipt.accounting.map(unnamed),
  };
}

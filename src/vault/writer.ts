// The next state of the archive in the making, as intake sees it. docs/vault.md gives the order of writes.

import { CamphorError } from '../model/error';
import type { ConversationId, PersonId } from '../model/ids';
import { freeBytes } from '../model/free-bytes';
import type { Message } from '../model/message';
import { toBase64Url } from '../crypto/base64url';
import { type ArchiveWriter, type SegmentEntry, segmentMessageLimit } from './archive';
import { encodeJson } from './catalogue';
import { pack } from './codec';
import { columnNames, encodeColumns } from './columns/segment';
import { commitState } from './commit';
import type { VaultContext } from './context';
import type { WriterOptions } from './environment';
import type { HeldState } from './open-reader';
import { archiveReader, findValue, notePurpose, readNote } from './reader';
import { putColumns } from './put-columns';
import { storeMedium } from './store-medium';
import { endWriter, putObject, startState, type WriterState } from './writer-state';

const personIdBytes = 9;
const conversationIdBytes = 12;

/** Seals messages sorted by time. Throws RangeError for none, or more than a segment holds. */
export async function putSegment(state: WriterState, messages: readonly Message[]): Promise<SegmentEntry> {
  const [first, last] = [messages[0], messages.at(-1)];
  if (!first || !last || messages.length > segmentMessageLimit) throw new RangeError('a segment holds 1 to 4,096 messages');
  const encoded = encodeColumns(messages, state.options.signatureOf);
  const packed = columnNames.map((column) => pack(state.context.codec, encoded[column]));
  for (const column of columnNames) freeBytes(encoded[column]);
  const id = await putColumns(state, packed);
  return { id, messageCount: messages.length, firstAtMs: first.sentAtMs, lastAtMs: last.sentAtMs };
}

async function putThumbnail(state: WriterState, ...[sha256, image]: Parameters<ArchiveWriter['putThumbnail']>): Promise<void> {
  const entry = await findValue(state.next, 'media', sha256);
  if (entry === null) throw new CamphorError('not-found');
  const { mime, widthPx, heightPx, bytes } = image;
  const object = await putObject(state, 'thumbnail', bytes);
  state.edits.media.set(sha256, { ...entry, thumbnail: { object, mime, widthPx, heightPx } });
}

async function putNote(state: WriterState, name: string, value: unknown): Promise<void> {
  const object = await putObject(state, notePurpose(name), encodeJson(state.context.codec, value));
  state.edits.notes.set(name, { name, object });
}

/** A failed write ends the import; what it wrote is freed at once, and the failure is what the caller hears of. */
async function orEnd<Value>(state: WriterState, run: () => Promise<Value>): Promise<Value> {
  if (state.phase === 'ended') throw new CamphorError('unexpected', { writer: 'ended' });
  try {
    return await run();
  } catch (error) {
    const fatal = error instanceof CamphorError && error.code.startsWith('storage-');
    // Should the removal fail as well, the mark `unfinished` stays and the next opening sweeps.
    if (fatal) await endWriter(state).catch(() => undefined);
    throw error;
  }
}

/** A writer on top of `held`. `release` lets the next writer in; it is called when this one has ended, however it did. */
export function archiveWriter(context: VaultContext, held: HeldState, options: WriterOptions, release: () => void): ArchiveWriter {
  const state = startState(context, held, options, release);
  const { edits } = state;
  const newId = (sizeBytes: number) => toBase64Url(context.random(sizeBytes));
  return {
    base: archiveReader(state.base.state, () => {}),
    next: archiveReader(state.next, () => {}),
    newConversationId: () => newId(conversationIdBytes) as ConversationId,
    newPersonId: () => newId(personIdBytes) as PersonId,
    putSegment: (messages) => orEnd(state, () => putSegment(state, messages)),
    putMedia: (bytes, receipt, expectedBytes) => orEnd(state, () => storeMedium(state, bytes, receipt, expectedBytes)),
    setMedia: (entry) => void edits.media.set(entry.sha256, entry),
    removeMedia: (sha256) => void edits.media.set(sha256, null),
    putThumbnail: (sha256, image) => orEnd(state, () => putThumbnail(state, sha256, image)),
    setConversation: (entry) => void edits.conversations.set(entry.id, entry),
    removeConversation: (id) => void edits.conversations.set(id, null),
    setPerson: (entry) => void edits.people.set(entry.id, entry),
    setReceipt: (receipt) => void state.newReceipts.set(receipt.id, receipt),
    putNote: (name, value) => orEnd(state, () => putNote(state, name, value)),
    readNote: (name) => readNote(state.next, name),
    removeNote: (name) => void edits.notes.set(name, null),
    commit: () => commitState(state),
    commitMove: () => commitState(state, { keepPrevious: false, keepsContent: true }),
    abandon: () => endWriter(state),
  };
}

// The first passphrase makes a new vault key: the device's copy of the old one may be recoverable from the disk.
// Catalogue, segments, receipts and notes are sealed again before the switch; media afterwards, in steps.

import { importBaseKey, keySizeBytes } from '../crypto/aead';
import { checkPassphrase } from '../crypto/passphrase';
import { CamphorError } from '../model/error';
import type { ObjectId, SegmentId } from '../model/ids';
import type { ReportProgress } from '../model/progress';
import type { ConversationEntry, MediaEntry, SegmentEntry } from './archive';
import { createPageCache } from './catalogue';
import { rowOf } from './chunk-place';
import { columnRows } from './column-rows';
import { columnNames } from './columns/segment';
import { commitState } from './commit';
import type { VaultContext } from './context';
import type { HeaderRow } from './database';
import { type Header, sealHeader } from './header';
import { createKeyring, openRow } from './keyring';
import { replaceHeader } from './change-factor';
import { type LoadedHeader, proveFactor } from './keys';
import { entryKind, loadNotes, notesPages, overlayKind, putNotes, sealNotes, type SealedNotes } from './notes-root';
import { epochCount, epochOf } from './object-id';
import { holdCurrentState } from './open-reader';
import { putColumns } from './put-columns';
import { allValues, readObject, receiptPurpose } from './reader';
import { type Edits, type TableKind, tablePages, type TableState } from './table';
import type { Release } from './locks';
import type { Alongside } from './root';
import { sweepUnderLock } from './sweep';
import { type Share, wrapOldKey, wrapUnderPassphrase } from './wraps';
import { endWriter, movesOnly, notePurpose, putChunk, putObject, startState, type WriterState } from './writer-state';

/** Media sealed again in one step, so that a step ends soon. */
const stepBytes = 32 * 1024 * 1024;

async function resealSegment(state: WriterState, segment: SegmentEntry): Promise<SegmentEntry> {
  const rows = await columnRows(segment.id, columnNames);
  const sealed = await state.base.state.fetchRows(rows);
  const open = (row: string, at: number) => openRow(state.context.keyring, rowOf(row), `column ${columnNames[at]}`, sealed[at]);
  return { ...segment, id: await putColumns(state, await Promise.all(rows.map(open))) };
}

type Moved = Map<SegmentId, SegmentEntry>;

/** What joined conversations share with their parts is sealed once. */
async function resealConversation(state: WriterState, conversation: ConversationEntry, moved: Moved): Promise<void> {
  const segments: SegmentEntry[] = [];
  for (const segment of conversation.segments) {
    const entry = moved.get(segment.id) ?? (await resealSegment(state, segment));
    moved.set(segment.id, entry);
    segments.push(entry);
  }
  state.edits.conversations.set(conversation.id, { ...conversation, segments });
}

async function moveObject(state: WriterState, object: ObjectId, purpose: string): Promise<ObjectId> {
  return putObject(state, purpose, await readObject(state.next, object, purpose));
}

/** Everything but media. Setting a value again writes its page again, under the new key. */
async function resealCatalogue(state: WriterState, report: ReportProgress): Promise<void> {
  const { edits, base } = state;
  let messages = 0;
  const moved: Moved = new Map();
  for await (const conversation of allValues(base.state, 'conversations')) {
    await resealConversation(state, conversation, moved);
    messages += conversation.messageCount;
    report({ stage: 'sealing', doneBytes: 0, totalBytes: null, messages, media: 0 });
  }
  for await (const person of allValues(base.state, 'people')) edits.people.set(person.id, person);
  for await (const entry of allValues(base.state, 'media')) edits.media.set(entry.sha256, entry);
  for await (const receipt of allValues(base.state, 'receipts')) {
    edits.receipts.set(receipt.id, { ...receipt, object: await moveObject(state, receipt.object, receiptPurpose(receipt.id)) });
  }
  for await (const { name, object } of allValues(base.state, 'notes')) {
    edits.notes.set(name, { name, object: await moveObject(state, object, notePurpose(name)) });
  }
}

/** All of a table, to be written again. */
async function allEdits<Value>(context: VaultContext, kind: TableKind<Value>, table: TableState): Promise<Edits<Value>> {
  const all = new Map<string, Value>();
  for await (const page of tablePages(notesPages(context, new Map()), kind, table)) for (const [key, value] of page) all.set(key, value);
  return all;
}

async function resealNotes(context: VaultContext): Promise<SealedNotes> {
  const before = await loadNotes(context);
  const overlays = await allEdits(context, overlayKind, before.content.overlays);
  const entries = new Map<string, string | null>();
  for (const [part, table] of before.content.entries ?? []) {
    for (const [key, value] of await allEdits(context, entryKind(part), table)) entries.set(key, value);
  }
  return sealNotes(context, before, before.content, { overlays, entries });
}

/** Header and notes change in the transaction that switches the root: a vault is under one key or under the other. */
async function headerAlongside(context: VaultContext, loaded: LoadedHeader, row: HeaderRow): Promise<Alongside> {
  const { database } = context;
  const notes = await resealNotes(context);
  return {
    tables: [database.header, database.notes],
    write: async () => {
      const current = (await database.header.get('header')) as HeaderRow | undefined;
      if (current?.text !== loaded.row.text || !(await putNotes(context, notes))) throw new CamphorError('changed-meanwhile');
      await database.header.put(row, 'header');
      await database.header.delete('device-key');
    },
  };
}

interface NewKey {
  readonly header: Header;
  readonly key: CryptoKey;
}

/** The next epoch's key, under the passphrase, with all older keys under it. */
async function makeKey(context: VaultContext, { header }: LoadedHeader, passphrase: string, share?: Share): Promise<NewKey> {
  const { random, environment } = context;
  const name = { vaultId: header.vaultId, epoch: (header.epoch + 1) % epochCount };
  if (header.oldKeys.length > 0) throw new CamphorError('busy');
  const oldBytes = await proveFactor(context, header, null);
  const keyBytes = random(keySizeBytes);
  try {
    const key = await importBaseKey(keyBytes);
    const oldKey = await wrapOldKey(header, oldBytes, key, random);
    const wrap = await wrapUnderPassphrase(name, keyBytes, passphrase, random, { cost: environment.argon2, share });
    return { key, header: { ...header, ...name, wrap, oldKeys: [oldKey] } };
  } finally {
    oldBytes.fill(0);
    keyBytes.fill(0);
  }
}

/** `release` lets the next writer in; it is called in any case. Throws CamphorError `secret-too-weak`, `changed-meanwhile`. */
export async function setFirstPassphrase(
  context: VaultContext,
  loaded: LoadedHeader,
  passphrase: string,
  release: Release,
  report: ReportProgress,
  share?: Share,
): Promise<void> {
  let state: WriterState | null = null;
  try {
    checkPassphrase(passphrase);
    const { header, key } = await makeKey(context, loaded, passphrase, share);
    const keys = new Map([
      [header.epoch, key],
      [loaded.header.epoch, context.keyring.key(loaded.header.epoch)],
    ]);
    const keyring = createKeyring();
    keyring.fill(header.vaultId, header.epoch, keys);
    const next: VaultContext = { ...context, keyring, pages: createPageCache(context.caches) };
    state = startState(next, await holdCurrentState(next), movesOnly, release);
    await resealCatalogue(state, report);
    const alongside = await headerAlongside(next, loaded, await sealHeader(header, key, context.random));
    (await commitState(state, { keepPrevious: false, alongside })).release();
    context.keyring.fill(header.vaultId, header.epoch, keys);
    context.pages.clear();
  } finally {
    if (state) await endWriter(state);
    else release();
  }
}

function isOld(entry: MediaEntry, epoch: number): boolean {
  return [...entry.chunks, ...(entry.thumbnail ? [entry.thumbnail.object] : [])].some((row) => epochOf(row) !== epoch);
}

async function resealMedium(state: WriterState, entry: MediaEntry): Promise<void> {
  const chunks: ObjectId[] = [];
  for (const chunk of entry.chunks) chunks.push(await putChunk(state, await readObject(state.next, chunk, 'media')));
  const { thumbnail } = entry;
  const moved = thumbnail && { ...thumbnail, object: await moveObject(state, thumbnail.object, 'thumbnail') };
  state.edits.media.set(entry.sha256, { ...entry, chunks, thumbnail: moved });
}

async function resealSome(state: WriterState, report: ReportProgress): Promise<boolean> {
  const epoch = state.context.keyring.epoch();
  let doneBytes = 0;
  for await (const entry of allValues(state.base.state, 'media')) {
    if (!isOld(entry, epoch)) continue;
    await resealMedium(state, entry);
    doneBytes += entry.sizeBytes;
    report({ stage: 'sealing', doneBytes, totalBytes: null, messages: 0, media: state.edits.media.size });
    if (doneBytes >= stepBytes) break;
  }
  return state.edits.media.size > 0;
}

/**
 * One step: media sealed again under the new key, in a commit of its own, or in the end the old key let go. False when
 * there is nothing more to do now; while a reader holds a state from before, the old key stays. `release` lets the next
 * writer in.
 */
export async function resealMediaStep(
  context: VaultContext,
  loaded: LoadedHeader,
  release: Release,
  report: ReportProgress,
): Promise<boolean> {
  let state: WriterState | null = null;
  try {
    state = startState(context, await holdCurrentState(context), movesOnly, release);
    if (await resealSome(state, report)) {
      (await commitState(state, { keepPrevious: false, keepsContent: true })).release();
      return true;
    }
    const { epochs } = await sweepUnderLock(context, true);
    const isAllNew = [...epochs].every((epoch) => epoch === context.keyring.epoch());
    if (isAllNew) await replaceHeader(context, loaded, { ...loaded.header, oldKeys: [] }, null);
    return false;
  } finally {
    if (state) await endWriter(state);
    else release();
  }
}

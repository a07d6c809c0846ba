// Everything that a vault holds, as lines that name nothing random: two vaults with the same lines hold the same. Of an import,
// what depends on those before it (when it came, what was new in it, cut runs) is left out.

import { createHash } from 'node:crypto';
import { observeCell } from '../../src/intake/holder';
import { indexHolding, loadHolders } from '../../src/intake/holder-notes';
import { writeCanonical } from '../../src/intake/image';
import { startOfCell } from '../../src/intake/segment-cursor';
import type { ConversationId, PersonId } from '../../src/model/ids';
import type { Message } from '../../src/model/message';
import type { Overlay } from '../../src/model/overlay';
import type { Receipt } from '../../src/model/receipt';
import { type ArchiveReader, type ConversationEntry, isHere, type PersonEntry } from '../../src/vault/archive';
import type { TestVault } from './intake-harness';

interface Dump {
  readonly reader: ArchiveReader;
  readonly people: ReadonlyMap<PersonId, PersonEntry>;
  readonly receipts: readonly Receipt[];
  /** What stands for each conversation: a hash of its messages. */
  readonly keys: Map<ConversationId, string>;
  readonly messages: Map<ConversationId, readonly Message[]>;
  readonly lines: string[];
}

/** `withBytes` false: where media lie plays no part. */
export async function canonicalDump(vault: TestVault, overlays: readonly Overlay[] = [], withBytes = true): Promise<string> {
  const reader = await vault.openReader();
  const dump: Dump = {
    reader,
    people: await reader.people(),
    receipts: await reader.receipts(),
    keys: new Map(),
    messages: new Map(),
    lines: [],
  };
  for (const entry of await reader.conversations()) await dumpConversation(dump, entry);
  for (const entry of await reader.conversations()) await dumpImages(dump, entry);
  for (const receipt of dump.receipts) dumpReceipt(dump, receipt);
  for await (const entry of reader.mediaEntries()) {
    const { sha256, mime, receipts } = entry;
    dump.lines.push(`medium ${writeCanonical({ sha256, mime, receipts: receipts.toSorted(), here: withBytes && isHere(entry) })}`);
  }
  for (const overlay of overlays) dumpOverlay(dump, overlay);
  reader.release();
  return dump.lines.sort().join('\n');
}

function nameOf({ people }: Dump, id: PersonId | null): string {
  if (id === null) return '';
  const person = people.get(id);
  return person === undefined ? 'nobody' : `${person.sourceId ?? ''}${person.isOwner ? '*' : ''}${person.names.join(' / ')}`;
}

function write(dump: Dump, message: Message): string {
  return writeCanonical({ ...message, seq: 0, sender: nameOf(dump, message.sender) });
}

async function dumpConversation(dump: Dump, entry: ConversationEntry): Promise<void> {
  const { source, sourceId, name, names, shape, zone, messageCount, firstAtMs, lastAtMs, segments, last } = entry;
  const messages = (await Promise.all(segments.map(({ id }) => dump.reader.readMessages(id)))).flat();
  const people = entry.people.map((id) => nameOf(dump, id)).sort();
  const owners = entry.ownerPeople.map((id) => nameOf(dump, id)).sort();
  const sender = nameOf(dump, last?.sender ?? null);
  const head = { source, sourceId, name, names, shape, zone, messageCount, firstAtMs, lastAtMs, people, owners, last: { ...last, sender } };
  const written = messages.map((message) => write(dump, message));
  const key = createHash('sha256')
    .update([writeCanonical(head), ...written].join('\n'))
    .digest('hex')
    .slice(0, 12);
  dump.keys.set(entry.id, key);
  dump.messages.set(entry.id, messages);
  dump.lines.push(
    `conversation ${key} ${writeCanonical(head)}`,
    ...written.map((line, at) => `${key} ${String(at).padStart(6, '0')} ${line}`),
  );
}

/** What each import shows of each minute. */
async function dumpImages(dump: Dump, { id }: ConversationEntry): Promise<void> {
  const holders = await loadHolders(dump.reader, indexHolding(dump.receipts), id);
  const cells = new Map<number, Message[]>();
  for (const message of dump.messages.get(id) ?? []) {
    const atMs = startOfCell(message.sentAtMs);
    cells.set(atMs, [...(cells.get(atMs) ?? []), message]);
  }
  for (const [atMs, cell] of cells) {
    for (const {
      holders: [index = -1],
      items,
    } of observeCell(holders, cell)) {
      const shown = items.map(({ message }) => write(dump, message)).join(' ');
      dump.lines.push(`image ${holders[index]?.receipt ?? 'nobody'} ${dump.keys.get(id)} ${atMs} ${shown}`);
    }
  }
}

const mergeProblems = ['run-cut', 'ambiguous-merge'];

function dumpReceipt({ keys, lines }: Dump, receipt: Receipt): void {
  const { id, undoneAtMs, source, format, formatVersion, files, answers, byKind, mediaFound, mediaMissing, accounting } = receipt;
  const counts = Object.entries(receipt.problemCounts).filter(([code]) => !mergeProblems.includes(code));
  const problems = receipt.problems.filter(({ problem }) => !mergeProblems.includes(problem.code));
  const isLive = undoneAtMs === null;
  const parts = receipt.conversations.flatMap(({ conversation, name, read, openTicks, tickMs }) => {
    const key = keys.get(conversation);
    return key === undefined || !isLive ? [] : [writeCanonical({ key, name, read, openTicks, tickMs })];
  });
  const head = { isLive, source, format, formatVersion, files, answers, byKind, mediaFound, mediaMissing, accounting };
  lines.push(`receipt ${id} ${writeCanonical({ ...head, counts: Object.fromEntries(counts), problems, parts: parts.sort() })}`);
}

function dumpOverlay(dump: Dump, { kind, subject, fields }: Overlay): void {
  const [, type = '', rest = ''] = /^([a-z]+):([^]*)$/.exec(subject) ?? [];
  const [conversation = '', seq = ''] = rest.split('/');
  const key = dump.keys.get(conversation as ConversationId);
  const place = dump.messages.get(conversation as ConversationId)?.findIndex((message) => String(message.seq) === seq);
  const spoken = { receipt: rest, person: nameOf(dump, rest as PersonId), conversation: key, message: `${key} ${place}` }[type];
  const named = (text: string | null): string | null => (dump.people.has(text as PersonId) ? nameOf(dump, text as PersonId) : text);
  const values = Object.entries(fields).map(([name, { value, stamp }]) => [named(name), named(value), stamp]);
  dump.lines.push(`overlay ${kind} ${type} ${spoken ?? 'nothing'} ${JSON.stringify(values)}`);
}

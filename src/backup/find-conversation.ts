// Which conversation of a snapshot is one of the vault. Ids of snapshots hold within one snapshot only, so it is found by the
// imports that both know and what those said of it; by the source's own id, or its first message, where they know none in common.

import { CamphorError } from '../model/error';
import type { ConversationId, ReceiptId } from '../model/ids';
import type { JsonObject } from '../model/json';
import type { PortableHolding, PortableId, PortableReceipt } from '../model/portable';
import type { Snapshot, TreeNode } from '../repository/repository';
import type { ArchiveReader, ConversationEntry } from '../vault/archive';
import { readImportNote, readRemoved } from './import-notes';
import { conversationKey, firstKeyOf, portableId } from './portable-id';
import { findNode, readJsonFile, readWhole, type TreeReader } from './read-snapshot';

/** What an import showed of a conversation, whatever came before it. */
interface Shown {
  readonly read: number;
  readonly tickMs: number;
  readonly sourceIds: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  /** First and last open tick. */
  readonly ticks: string;
}

export interface KnownConversation {
  readonly id: ConversationId;
  readonly source: string;
  readonly sourceId: string | null;
  readonly names: readonly string[];
  /** By its key alone: the id that it has where no other has the same key. */
  readonly portableId: PortableId | null;
  /** By import. */
  readonly shown: ReadonlyMap<string, Shown>;
  /** Imports whose archives held nothing else. */
  readonly alone: ReadonlySet<string>;
}

interface Part {
  readonly read: number;
  readonly tickMs: number;
  readonly openTicks: readonly number[];
  readonly sourceId: string | null;
  readonly name: string | null;
}

const given = (texts: readonly (string | null | undefined)[]): Set<string> => new Set(texts.filter((text) => typeof text === 'string'));

/** Two chats of one archive that were put into one conversation count as one. */
function join(parts: readonly Part[]): Shown {
  const ticks = parts.flatMap(({ openTicks }) => openTicks);
  return {
    read: parts.reduce((sum, { read }) => sum + read, 0),
    tickMs: parts[0]?.tickMs ?? 0,
    sourceIds: given(parts.map(({ sourceId }) => sourceId)),
    names: given(parts.map(({ name }) => name)),
    ticks: ticks.length === 0 ? '' : `${Math.min(...ticks)}-${Math.max(...ticks)}`,
  };
}

/** Throws `not-found` for what is neither in the vault nor remembered as removed. */
export async function describeConversation(reader: ArchiveReader, id: ConversationId): Promise<KnownConversation> {
  const entry = await reader.conversation(id);
  const known = entry ?? (await readRemoved(reader)).find(({ conversation }) => conversation === id);
  if (known === undefined) throw new CamphorError('not-found');
  const shown = new Map<string, Shown>();
  const alone = new Set<string>();
  for (const receipt of await reader.receipts()) {
    const parts = receipt.conversations.filter(({ conversation }) => conversation === id);
    if (parts.length === 0) continue;
    if (parts.length === receipt.conversations.length) alone.add(receipt.id);
    shown.set(receipt.id, await readShown(reader, receipt.id, id, parts));
  }
  const { source, sourceId } = known;
  const names = entry?.names ?? (known.name === null ? [] : [known.name]);
  return { id, source, sourceId, names, portableId: entry === null ? null : await ownKeyId(reader, entry), shown, alone };
}

async function readShown(
  reader: ArchiveReader,
  receipt: ReceiptId,
  id: ConversationId,
  parts: readonly Pick<Part, 'read' | 'tickMs' | 'openTicks' | 'name'>[],
): Promise<Shown> {
  const said = (await readImportNote(reader, receipt)).conversations.find(({ conversation }) => conversation === id);
  return join(parts.map(({ read, tickMs, openTicks, name }) => ({ read, tickMs, openTicks, name, sourceId: said?.sourceId ?? null })));
}

async function ownKeyId(reader: ArchiveReader, entry: ConversationEntry): Promise<PortableId> {
  const [segment] = entry.segments;
  const [first] = segment === undefined || entry.sourceId !== null ? [] : await reader.readMessages(segment.id);
  return portableId(conversationKey(entry, first === undefined ? null : firstKeyOf(first)));
}

/** A receipt of a snapshot, as far as finding needs it. */
export interface ReceiptSummary {
  readonly held: ReadonlyMap<PortableId, Shown>;
  readonly hasProblems: boolean;
  readonly labels: readonly string[];
}

export interface ReceiptCache {
  /** Null for what is no receipt. */
  read(node: TreeNode): Promise<ReceiptSummary | null>;
}

/** As the reader of restores: the vault takes no larger note. */
export const receiptLimitBytes = 256 * 1024 * 1024;

/** Receipts that several snapshots share are read once. */
export function openReceiptCache(reader: TreeReader): ReceiptCache {
  const known = new Map<string, ReceiptSummary | null>();
  return {
    async read(node) {
      const key = node.content.join();
      const found = known.get(key);
      if (found !== undefined) return found;
      const receipt = await readReceiptFile(reader, node);
      const summary = receipt === null ? null : summarise(receipt);
      known.set(key, summary);
      return summary;
    },
  };
}

/** Null for what is no receipt. Throws what reading throws. */
export async function readReceiptFile(reader: TreeReader, node: TreeNode): Promise<PortableReceipt | null> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(await readWhole(reader, node, receiptLimitBytes)));
    const receipt = value as PortableReceipt;
    const lists = ['conversations', 'files', 'people', 'media', 'problems', 'accounting'] as const;
    const isObject = (each: unknown): boolean => typeof each === 'object' && each !== null;
    const isReceipt =
      isObject(value) &&
      lists.every((name) => Array.isArray(receipt[name])) &&
      isObject(receipt.answers) &&
      receipt.conversations.every((holding) => isObject(holding) && isObject(holding.said) && Array.isArray(holding.openTicks));
    return isReceipt ? receipt : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function partOf({ read, tickMs, openTicks, said }: PortableHolding): Part {
  return { read, tickMs, openTicks, sourceId: said.sourceId ?? null, name: said.name ?? null };
}

function summarise({ conversations, problems, files, accounting }: PortableReceipt): ReceiptSummary {
  const parts = new Map<PortableId, Part[]>();
  for (const holding of conversations) parts.set(holding.conversation, [...(parts.get(holding.conversation) ?? []), partOf(holding)]);
  const labels = [...files, ...accounting].flatMap(({ path }) => (typeof path === 'string' ? [path] : []));
  return { held: new Map([...parts].map(([id, each]) => [id, join(each)])), hasProblems: problems.length > 0, labels };
}

const meet = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === 0 || other.size === 0 || [...one].some((each) => other.has(each));

function isSame(known: Shown, shown: Shown): boolean {
  if (known.sourceIds.size > 0 && shown.sourceIds.size > 0) return meet(known.sourceIds, shown.sourceIds);
  return known.read === shown.read && known.tickMs === shown.tickMs && meet(known.names, shown.names);
}

/** Enough for the only chat of an archive: another device may have taken another part of it. */
const isCalledSame = (known: Shown, shown: Shown): boolean =>
  meet(known.sourceIds, shown.sourceIds) && [...known.names].some((name) => shown.names.has(name));

/** Those that are the conversation by what one import showed; of several alike those with its ticks, then the one with its id. */
function matchShown(known: Shown, held: ReceiptSummary['held'], isAlone: boolean, ownId: PortableId | null): PortableId[] {
  const alike = [...held].filter(([, shown]) => isSame(known, shown) || (isAlone && held.size === 1 && isCalledSame(known, shown)));
  const closer = alike.filter(([, { ticks }]) => ticks === known.ticks);
  const close = (closer.length > 0 ? closer : alike).map(([id]) => id);
  return ownId !== null && close.includes(ownId) ? [ownId] : close;
}

/** A conversation in one snapshot. */
export interface FoundInSnapshot {
  /** Ids that it has there: an older snapshot may have it in two. */
  readonly conversations: ReadonlySet<PortableId>;
  /** Receipts that held it and still say so, or still quote from its archive. */
  readonly receipts: readonly string[];
}

export async function findInSnapshot(
  reader: TreeReader,
  { tree }: Pick<Snapshot, 'tree'>,
  known: KnownConversation,
  cache: ReceiptCache,
): Promise<FoundInSnapshot> {
  const files = (await filesBelow(reader, tree, 'receipts')).filter(({ name }) => name.endsWith('.json'));
  const conversations = new Set<PortableId>();
  const speaking: string[] = [];
  for (const node of files) {
    const id = node.name.slice(0, -'.json'.length);
    const shown = known.shown.get(id);
    const summary = shown === undefined ? null : await cache.read(node);
    if (shown === undefined || summary === null) continue;
    const matches = matchShown(shown, summary.held, known.alone.has(id), known.portableId);
    for (const each of matches) conversations.add(each);
    if (matches.length > 0 || known.alone.has(id) || summary.hasProblems || summary.labels.some((label) => names(known, label)))
      speaking.push(id);
  }
  for (const each of await matchFolders(reader, tree, known, conversations.size > 0)) conversations.add(each);
  return { conversations, receipts: speaking };
}

/** True where a label quotes a name of it. */
export function names({ names: all }: Pick<KnownConversation, 'names'>, label: string): boolean {
  return all.some((name) => name !== '' && label.includes(name));
}

async function filesBelow(reader: TreeReader, tree: string, folder: string): Promise<readonly TreeNode[]> {
  const node = await findNode(reader, tree, ['archive', folder]);
  return node?.subtree ? reader.readTree(node.subtree) : [];
}

/** By the source's own id; by its key where there is nothing else. */
async function matchFolders(reader: TreeReader, tree: string, known: KnownConversation, isFound: boolean): Promise<PortableId[]> {
  const { source, sourceId } = known;
  if (sourceId === null && (isFound || known.portableId === null)) return [];
  const folders = await filesBelow(reader, tree, 'conversations');
  const wanted = sourceId === null ? known.portableId : portableId(['conversation', source, 'id', sourceId]);
  const matches: PortableId[] = [];
  for (const folder of folders.filter(({ name, subtree }) => name === wanted && subtree !== null)) {
    const content = await readConversation(reader, folder);
    if (sourceId === null || content === null || content['sourceId'] === sourceId) matches.push(folder.name);
  }
  return matches;
}

/** The conversation.json of a folder; null where there is none that can be read. */
export async function readConversation(reader: TreeReader, { subtree }: TreeNode): Promise<JsonObject | null> {
  const file = subtree === null ? undefined : (await reader.readTree(subtree)).find(({ name }) => name === 'conversation.json');
  return file === undefined ? null : readJsonFile(reader, file);
}

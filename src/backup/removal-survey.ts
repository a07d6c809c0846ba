// What of a snapshot belongs to a conversation that is to leave it, and what others share with it.

import type { PortableHolding, PortableId } from '../model/portable';
import type { Snapshot, TreeNode } from '../repository/repository';
import { findInSnapshot, type FoundInSnapshot, type KnownConversation, readReceiptFile, type ReceiptCache } from './find-conversation';
import { mediaOf, type MonthFacts, readMonthFacts, rememberByContent, type Wanted } from './month-facts';
import { findNode, readJsonFile, type TreeReader } from './read-snapshot';

export interface SnapshotFolders {
  readonly snapshot: Snapshot;
  /** Nodes of `archive`. */
  readonly nodes: readonly TreeNode[];
  readonly conversations: readonly TreeNode[];
  readonly receipts: readonly TreeNode[];
}

/** What leaves a snapshot. */
export interface Leaving extends FoundInSnapshot {
  readonly folders: SnapshotFolders;
  readonly messages: number;
  /** Whom only its folders name, as far as they are known yet. */
  readonly people: ReadonlySet<string>;
  /** Media that it refers to, or that came with it alone, with the earliest time of those. */
  readonly media: ReadonlyMap<string, number>;
}

/** What stays, of all that leaves. */
export interface Staying {
  readonly people: ReadonlySet<string>;
  /** The earliest message that refers to it; Infinity where only an import showed it so. */
  readonly media: ReadonlyMap<string, number>;
}

export interface RemovalTools {
  readonly reader: TreeReader;
  readonly known: KnownConversation;
  readonly receipts: ReceiptCache;
  /** Between files. May throw, which ends it. */
  onStep(): Promise<void>;
}

const listBelow = async (reader: TreeReader, nodes: readonly TreeNode[], name: string): Promise<readonly TreeNode[]> => {
  const subtree = nodes.find((node) => node.name === name)?.subtree ?? null;
  return subtree === null ? [] : reader.readTree(subtree);
};

/** Null for a snapshot that has no folder of ours. */
export async function openFolders(reader: TreeReader, snapshot: Snapshot): Promise<SnapshotFolders | null> {
  const archive = await findNode(reader, snapshot.tree, ['archive']);
  if (!archive?.subtree) return null;
  const nodes = await reader.readTree(archive.subtree);
  const receipts = await listBelow(reader, nodes, 'receipts');
  const conversations = await listBelow(reader, nodes, 'conversations');
  return { snapshot, nodes, conversations, receipts: receipts.filter(({ name }) => name.endsWith('.json')) };
}

export const receiptIdOf = ({ name }: Pick<TreeNode, 'name'>): string => name.slice(0, -'.json'.length);

const isMonth = ({ name, subtree }: TreeNode): boolean => subtree === null && name.endsWith('.jsonl');

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** People whom a conversation.json names. */
async function peopleOf(reader: TreeReader, file: TreeNode): Promise<readonly string[]> {
  const content = await readJsonFile(reader, file);
  return [...texts(content?.['people']), ...texts(content?.['ownerPeople'])];
}

/** Whom and what the images of a holding speak of. */
function imagesOf({ otherwise }: PortableHolding): { readonly people: string[]; readonly media: string[] } {
  const messages = (otherwise ?? []).map(([, message]) => message as unknown as Readonly<Record<string, unknown>>);
  return { people: messages.flatMap(({ from }) => (typeof from === 'string' ? [from] : [])), media: messages.flatMap(mediaOf) };
}

/** True where nothing of the receipt would be left. */
export function isOnlyOf(known: KnownConversation, receipt: string, held: Iterable<PortableId>, leaving: ReadonlySet<PortableId>): boolean {
  const all = [...held];
  return all.every((id) => leaving.has(id)) && (known.alone.has(receipt) || (!known.shown.has(receipt) && all.length > 0));
}

/** First reading: what leaves, of one snapshot. */
export async function surveyLeaving(tools: RemovalTools, folders: SnapshotFolders): Promise<Leaving> {
  const { reader, known, receipts, onStep } = tools;
  const found = await findInSnapshot(reader, folders.snapshot, known, receipts);
  const people = new Set<string>();
  const media = new Map<string, number>();
  const note = (sha256: string, atMs: number): unknown => media.set(sha256, Math.min(atMs, media.get(sha256) ?? Infinity));
  let messages = 0;
  for (const folder of folders.conversations.filter(({ name }) => found.conversations.has(name))) {
    for (const file of folder.subtree === null ? [] : await reader.readTree(folder.subtree)) {
      if (file.name === 'conversation.json') for (const person of await peopleOf(reader, file)) people.add(person);
      if (!isMonth(file)) continue;
      const facts = await readMonthFacts(reader, file, null);
      messages += facts.messages;
      for (const person of facts.senders) people.add(person);
      for (const [sha256, atMs] of facts.media) note(sha256, atMs);
      await onStep();
    }
  }
  for (const node of folders.receipts.filter((each) => found.receipts.includes(receiptIdOf(each)))) {
    const receipt = await readReceiptFile(reader, node);
    const holdings = receipt?.conversations ?? [];
    for (const holding of holdings.filter(({ conversation }) => found.conversations.has(conversation))) {
      for (const sha256 of imagesOf(holding).media) note(sha256, Infinity);
    }
    const held = holdings.map(({ conversation }) => conversation);
    if (isOnlyOf(known, receiptIdOf(node), held, found.conversations)) for (const sha256 of receipt?.media ?? []) note(sha256, Infinity);
    await onStep();
  }
  return { ...found, folders, messages, people, media };
}

interface SpokenOf {
  readonly people: readonly string[];
  readonly media: readonly string[];
}

/** What a receipt says of `wanted`: of each conversation, and of the import as a whole. */
interface ReceiptFacts extends SpokenOf {
  readonly holdings: readonly (SpokenOf & { readonly conversation: PortableId })[];
}

async function readReceiptFacts(reader: TreeReader, node: TreeNode, wanted: Wanted): Promise<ReceiptFacts> {
  const receipt = await readReceiptFile(reader, node);
  const limit = ({ people, media }: SpokenOf): SpokenOf => ({
    people: people.filter((person) => wanted.people.has(person)),
    media: media.filter((sha256) => wanted.media.has(sha256)),
  });
  const holdings = (receipt?.conversations ?? []).map((holding) => {
    const images = imagesOf(holding);
    const spoken = limit({ people: [...texts(holding.said.people), ...images.people], media: images.media });
    return { conversation: holding.conversation, ...spoken };
  });
  return { holdings, ...limit({ people: (receipt?.people ?? []).map(({ person }) => person), media: receipt?.media ?? [] }) };
}

interface StayingReaders {
  readonly tools: RemovalTools;
  month(node: TreeNode): Promise<MonthFacts>;
  people(node: TreeNode): Promise<readonly string[]>;
  receipt(node: TreeNode): Promise<ReceiptFacts>;
}

interface Gathered {
  readonly people: Set<string>;
  readonly media: Map<string, number>;
}

function gather({ people, media }: Gathered, spoken: SpokenOf, atMs = Infinity): void {
  for (const person of spoken.people) people.add(person);
  for (const sha256 of spoken.media) media.set(sha256, Math.min(atMs, media.get(sha256) ?? Infinity));
}

async function gatherFolders(readers: StayingReaders, { folders, conversations }: Leaving, found: Gathered): Promise<void> {
  const { reader, onStep } = readers.tools;
  for (const { name, subtree } of folders.conversations) {
    if (conversations.has(name) || subtree === null) continue;
    for (const file of await reader.readTree(subtree)) {
      if (file.name === 'conversation.json') gather(found, { people: await readers.people(file), media: [] });
      if (!isMonth(file)) continue;
      const { senders, media } = await readers.month(file);
      gather(found, { people: [...senders], media: [] });
      for (const [sha256, atMs] of media) gather(found, { people: [], media: [sha256] }, atMs);
      await onStep();
    }
  }
}

/** What an import of the conversation says of people and media as a whole it says of the conversation too: that does not count. */
async function gatherReceipts(readers: StayingReaders, leaving: Leaving, found: Gathered): Promise<void> {
  const speaking = new Set(leaving.receipts);
  for (const node of leaving.folders.receipts) {
    const receipt = await readers.receipt(node);
    for (const holding of receipt.holdings) if (!leaving.conversations.has(holding.conversation)) gather(found, holding);
    if (!speaking.has(receiptIdOf(node))) gather(found, receipt);
    await readers.tools.onStep();
  }
}

/** The second reading: who and what of `wanted` the rest of a snapshot speaks of. Each file is read once for all snapshots. */
export function createStayingSurvey(tools: RemovalTools, wanted: Wanted): (leaving: Leaving) => Promise<Staying> {
  const { reader } = tools;
  const readers: StayingReaders = {
    tools,
    month: rememberByContent((node) => readMonthFacts(reader, node, wanted)),
    people: rememberByContent(async (node) => (await peopleOf(reader, node)).filter((person) => wanted.people.has(person))),
    receipt: rememberByContent((node) => readReceiptFacts(reader, node, wanted)),
  };
  return async (leaving) => {
    const found: Gathered = { people: new Set(), media: new Map() };
    if (leaving.people.size + leaving.media.size === 0) return found;
    await gatherFolders(readers, leaving, found);
    await gatherReceipts(readers, leaving, found);
    return found;
  };
}

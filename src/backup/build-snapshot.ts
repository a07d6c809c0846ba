// The tree of a snapshot out of what the vault holds: docs/format.md says what lies where.

import type { ConversationId, PersonId, ReceiptId, Sha256Hex } from '../model/ids';
import type { Overlay } from '../model/overlay';
import type { Manifest, PortableConversation, PortableId } from '../model/portable';
import type { BlobId, TreeNode } from '../repository/repository';
import type { ArchiveReader, ConversationEntry } from '../vault/archive';
import type { BackupCache } from './backup-cache';
import type { BlobSink } from './blob-sink';
import { encodeJsonLine } from './canonical-json';
import { type Content, readContent } from './content';
import { encodeConversation, encodeManifest, encodePerson } from './encode-catalogue';
import { encodeOverlays } from './encode-overlays';
import { unknownPerson } from './encode-receipt';
import { createFileCutter, type FileBlobs, saveFile, wholeLimitBytes } from './file-blobs';
import { readRemoved } from './import-notes';
import { sendAhead } from './media-ahead';
import { listMedia, type PlacedMedium, saveMedium } from './media-files';
import { readMonths } from './month-shards';
import type { Naming } from './naming';
import { makePlaces, type OrderRun, type Places } from './places';
import { hashText } from './portable-id';
import { readAhead } from '../model/read-ahead';
import { readmeText } from './readme-text';
import { saveReceipt } from './receipt-files';
import { createTreeBuilder, fileNode, folderNode } from './tree-builder';

export interface AtOnce {
  readonly conversations: number;
  /** Of each conversation. */
  readonly months: number;
  readonly media: number;
}

export interface BuildInput {
  readonly reader: ArchiveReader;
  readonly overlays: readonly Overlay[];
  readonly cache: BackupCache;
  readonly sink: BlobSink;
  readonly repositoryId: string;
  /** False for a plan: media that the repository lacks are counted by their size. */
  readonly readsMedia: boolean;
  /** What is read and saved at once; blobs then come in any order. Default: one after the other. */
  readonly atOnce?: AtOnce;
  /** Where it was read before, from the same reader. */
  readonly content?: Content;
  /** Between steps: how many messages, and bytes of media, are done with. May throw, which ends the building. */
  onStep(done: { readonly messages: number; readonly mediaBytes: number }): Promise<void>;
}

export interface BuiltSnapshot {
  /** Of a plan it is not that of the snapshot. */
  readonly tree: BlobId;
  readonly manifest: Manifest;
  readonly months: number;
  /** Months, and media, that the repository did not have. */
  readonly changedMonths: number;
  readonly newMedia: number;
  /** Media of the vault that are not in it: their bytes are elsewhere, or damaged. */
  readonly leftOutMedia: number;
  readonly totalBytes: number;
  /** Plain bytes that a plan counted without reading them. */
  readonly unreadBytes: number;
}

interface Build extends Omit<BuildInput, 'content'>, Content {
  readonly naming: Naming;
  readonly orders: Map<ConversationId, readonly OrderRun[]>;
  readonly firsts: Map<Sha256Hex, number>;
  readonly counts: Counts;
  /** Imports whose kept original the owner lets travel. */
  readonly travelling: ReadonlySet<ReceiptId>;
}

interface Counts {
  messages: number;
  months: number;
  changedMonths: number;
  media: number;
  mediaBytes: number;
  doneMediaBytes: number;
  newMedia: number;
  leftOutMedia: number;
  totalBytes: number;
  unreadBytes: number;
}

/** Saves all blobs and trees. Throws what reading and saving throw. */
export async function buildSnapshot(input: BuildInput): Promise<BuiltSnapshot> {
  const build = await startBuild(input);
  const { conversations, sentAhead } = await saveConversationsAndAhead(build);
  const nodes: TreeNode[] = [
    await plainFile(build, 'README.txt', [new TextEncoder().encode(readmeText)]),
    folderNode('conversations', conversations),
    await plainFile(build, 'people.jsonl', peopleLines(build)),
    await plainFile(build, 'overlays.jsonl', await overlayLines(build)),
  ];
  const { tree: mediaTree, byReceipt } = await saveMedia(build, sentAhead);
  nodes.push(folderNode('media', mediaTree), folderNode('receipts', await saveReceipts(build, byReceipt)));
  const { counts, entries, personIds, receipts } = build;
  const { messages, media, mediaBytes, months, changedMonths, newMedia, leftOutMedia, unreadBytes } = counts;
  const people = personIds.size;
  const manifest = encodeManifest({ conversations: entries.length, messages, people, media, mediaBytes, receipts: receipts.length });
  nodes.push(await plainFile(build, 'manifest.json', [encodeJsonLine(manifest)]));
  const tree = await input.sink.saveTree([folderNode('archive', await input.sink.saveTree(nodes))]);
  return { tree, manifest, months, changedMonths, newMedia, leftOutMedia, totalBytes: counts.totalBytes, unreadBytes };
}

async function startBuild(input: BuildInput): Promise<Build> {
  const content = input.content ?? (await readContent(input));
  const { conversationIds, personIds } = content;
  const orders = new Map<ConversationId, readonly OrderRun[]>();
  return {
    ...input,
    ...content,
    orders,
    naming: makeNaming(conversationIds, personIds, orders),
    firsts: new Map(),
    travelling: travellingOriginals(input.overlays),
    counts: {
      messages: 0,
      months: 0,
      changedMonths: 0,
      media: 0,
      mediaBytes: 0,
      doneMediaBytes: 0,
      newMedia: 0,
      leftOutMedia: 0,
      totalBytes: 0,
      unreadBytes: 0,
    },
  };
}

function makeNaming(
  conversationIds: Content['conversationIds'],
  personIds: Content['personIds'],
  orders: ReadonlyMap<ConversationId, readonly OrderRun[]>,
): Naming {
  const made = new Map<ConversationId, Places>();
  return {
    conversation: (id) => conversationIds.get(id) ?? null,
    person: (id) => personIds.get(id) ?? null,
    places(id) {
      const order = orders.get(id);
      if (order === undefined) return null;
      const places = made.get(id) ?? makePlaces(order);
      made.set(id, places);
      return places;
    },
  };
}

const tell = ({ onStep, counts }: Build): Promise<void> => onStep({ messages: counts.messages, mediaBytes: counts.doneMediaBytes });

async function plainFile(build: Build, name: string, lines: Iterable<Uint8Array>): Promise<TreeNode> {
  const cutter = createFileCutter(build.sink.saveData);
  for (const line of lines) await cutter.push(line);
  return countedNode(build, name, await cutter.finish());
}

function countedNode({ counts }: Build, name: string, file: FileBlobs, atMs: number | null = null): TreeNode {
  counts.totalBytes += file.sizeBytes;
  return fileNode(name, file, atMs);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whatever comes of it, nothing is on its way afterwards. */
async function saveConversationsAndAhead(build: Build): Promise<{ conversations: BlobId; sentAhead: ReadonlySet<Sha256Hex> }> {
  const { counts, travelling, atOnce, readsMedia } = build;
  if (!readsMedia || atOnce === undefined) return { conversations: await saveConversations(build), sentAhead: new Set() };
  const onStep = async (bytes: number): Promise<void> => {
    counts.doneMediaBytes += bytes;
    await tell(build);
  };
  let isOver = false;
  const ahead = sendAhead({ ...build, onStep }, travelling, () => isOver);
  const conversations = saveConversations(build).finally(() => (isOver = true));
  await Promise.allSettled([ahead, conversations]);
  return { sentAhead: await ahead, conversations: await conversations };
}

async function saveConversations(build: Build): Promise<BlobId> {
  const { entries, conversationIds, sink } = build;
  const named = entries.map((entry) => ({ entry, id: conversationIds.get(entry.id) ?? '' })).sort((a, b) => compareText(a.id, b.id));
  const nodes: TreeNode[] = [];
  const save = async ({ entry, id }: (typeof named)[number]) =>
    folderNode(id, await sink.saveTree(await conversationNodes(build, entry, id)));
  for await (const node of readAhead(named, build.atOnce?.conversations ?? 1, save)) nodes.push(node);
  return sink.saveTree(nodes);
}

async function conversationNodes(build: Build, entry: ConversationEntry, id: PortableId): Promise<TreeNode[]> {
  const { counts, naming, orders, firsts, surveys } = build;
  const nodes: TreeNode[] = [];
  const months: PortableConversation['months'][number][] = [];
  const order: OrderRun[] = [];
  const survey = surveys.get(entry.id) ?? { segments: [], first: null, people: [] };
  const tools = {
    ...build,
    personOf: (person: PersonId) => naming.person(person) ?? unknownPerson,
    monthsAtOnce: build.atOnce?.months ?? 1,
    onStep: () => tell(build),
  };
  for await (const { shard, isNew } of readMonths(entry, survey, tools)) {
    const { month, messages, lastAtMs, media } = shard;
    months.push([month, messages]);
    for (const run of shard.order) order.push(run);
    for (const [sha256, atMs] of media) firsts.set(sha256, Math.min(atMs, firsts.get(sha256) ?? atMs));
    nodes.push(countedNode(build, `${month}.jsonl`, shard, lastAtMs));
    counts.messages += messages;
    counts.months++;
    if (isNew) counts.changedMonths++;
  }
  orders.set(entry.id, order);
  const conversation = encodeConversation(id, entry, months, naming);
  nodes.push(countedNode(build, 'conversation.json', await saveFile(build.sink.saveData, encodeJsonLine(conversation))));
  await tell(build);
  return nodes;
}

function* peopleLines({ people, personIds, naming }: Build): Generator<Uint8Array> {
  const sorted = [...personIds].sort(([, a], [, b]) => compareText(a, b));
  for (const [person, id] of sorted) {
    const entry = people.get(person);
    if (entry !== undefined) yield encodeJsonLine(encodePerson(id, entry, naming));
  }
}

async function overlayLines({ overlays, naming, reader }: Build): Promise<Uint8Array[]> {
  return encodeOverlays(overlays, naming, await readRemoved(reader)).map(encodeJsonLine);
}

/** Of media that are read at once. A longer one is there a piece at a time. */
const heldMedia = { limit: 16 * 1024 * 1024, weightOf: ({ sizeBytes }: PlacedMedium) => Math.min(sizeBytes, wholeLimitBytes) };

async function saveMedia(
  build: Build,
  sentAhead: ReadonlySet<Sha256Hex>,
): Promise<{ readonly tree: BlobId; readonly byReceipt: MediaByReceipt }> {
  const { firsts, sink, counts } = build;
  const { media, byReceipt } = await listMedia(build, firsts, build.travelling);
  const builder = createTreeBuilder(sink.saveTree, build.atOnce?.media);
  const place = async (medium: PlacedMedium) => ({ medium, saved: await placeMedium(build, medium, sentAhead.has(medium.sha256)) });
  try {
    for await (const { medium, saved } of readAhead(media, build.atOnce?.media ?? 1, place, heldMedia)) {
      await tell(build);
      if (saved === null) counts.leftOutMedia++;
      else await builder.add(medium.folders, countedNode(build, medium.fileName, saved, medium.firstAtMs));
    }
    return { tree: await builder.finish(), byReceipt };
  } finally {
    await builder.settle();
  }
}

/** Null for one that cannot be in the snapshot. */
async function placeMedium(build: Build, { sha256, sizeBytes, blobs }: PlacedMedium, wasSentAhead: boolean): Promise<FileBlobs | null> {
  const { reader, counts } = build;
  let leftBytes = wasSentAhead ? 0 : sizeBytes;
  const onStep = async (bytes: number): Promise<void> => {
    leftBytes -= bytes;
    counts.doneMediaBytes += bytes;
    await tell(build);
  };
  const entry = blobs === null ? await reader.media(sha256) : null;
  const unsent = entry === null ? null : await saveMedium(entry, { ...build, onStep });
  counts.doneMediaBytes += leftBytes;
  const saved = blobs === null ? unsent : { blobs, sizeBytes };
  if (saved === null) return null;
  counts.media++;
  counts.mediaBytes += sizeBytes;
  counts.unreadBytes += unsent?.unreadBytes ?? 0;
  if (wasSentAhead || unsent?.isNew === true) counts.newMedia++;
  return saved;
}

type MediaByReceipt = Awaited<ReturnType<typeof listMedia>>['byReceipt'];

async function saveReceipts(build: Build, media: MediaByReceipt): Promise<BlobId> {
  const { receipts, mentions, sink } = build;
  const stateOf = rememberStates(build);
  const nodes: TreeNode[] = [];
  for (const receipt of receipts.toSorted((a, b) => compareText(a.id, b.id))) {
    const file = await saveReceipt(receipt, { ...build, stateOf, media, people: mentions.byReceipt });
    nodes.push(countedNode(build, `${receipt.id}.json`, file));
    await tell(build);
  }
  return sink.saveTree(nodes);
}

/** Of all that a holding of a conversation depends on, beside the receipt. */
function rememberStates({ entries, naming }: Build): (id: ConversationId) => string {
  const states = new Map<ConversationId, string>();
  for (const { id, segments, people } of entries) {
    const parts = [naming.conversation(id), segments.map((segment) => segment.id).join(), people.map(naming.person).join()];
    states.set(id, hashText(parts.join('\n')));
  }
  return (id) => states.get(id) ?? '';
}

/** Imports whose kept original the owner lets travel. */
function travellingOriginals(overlays: readonly Overlay[]): ReadonlySet<ReceiptId> {
  const ticked = overlays.filter(({ kind, fields }) => kind === 'original' && Object.values(fields).some(({ value }) => value !== null));
  return new Set(ticked.map(({ subject }) => subject.slice('receipt:'.length) as ReceiptId));
}

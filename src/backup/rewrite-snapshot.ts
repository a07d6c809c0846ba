// The tree of a snapshot without a conversation: its folder, its people, what receipts and overlays say of it, and media that
// nothing else refers to. Everything else keeps its blobs.

import { CamphorError } from '../model/error';
import type { JsonObject } from '../model/json';
import { portableFormatVersion, type PortableOverlay, type PortablePerson } from '../model/portable';
import type { BlobId, TreeNode, TreeSaver } from '../repository/repository';
import { encodeJsonLine } from './canonical-json';
import { createFileCutter, saveFile } from './file-blobs';
import { readReceiptFile } from './find-conversation';
import { type Forgotten, forgetInOverlay, forgetInReceipt, isForgottenPerson } from './forget-lines';
import { forgetMedia, type ForgottenMedia } from './forget-media';
import { readObjects } from './month-facts';
import { readJsonFile } from './read-snapshot';
import { type Leaving, receiptIdOf, type RemovalTools, type Staying } from './removal-survey';
import { fileNode, folderNode } from './tree-builder';

interface Rewrite {
  readonly tools: RemovalTools;
  readonly save: TreeSaver;
  readonly leaving: Leaving;
  readonly staying: Staying;
}

const saveData = (save: TreeSaver) => (plain: Uint8Array<ArrayBuffer>) => save.saveBlob('data', plain);

interface Filtered {
  readonly node: TreeNode;
  readonly removed: number;
}

/** A file of JSON Lines with other lines; itself where none changed. `edit` gives null for one that goes. */
async function filterLines<Line>({ tools, save }: Rewrite, node: TreeNode, edit: (line: Line) => Line | null): Promise<Filtered> {
  let removed = 0;
  let changed = 0;
  for await (const line of readObjects(tools.reader, node)) {
    const kept = edit(line as Line);
    if (kept === null) removed++;
    if (kept !== line) changed++;
  }
  if (changed === 0) return { node, removed };
  const cutter = createFileCutter(saveData(save));
  for await (const line of readObjects(tools.reader, node)) {
    const kept = edit(line as Line);
    if (kept !== null) await cutter.push(encodeJsonLine(kept));
  }
  return { node: fileNode(node.name, await cutter.finish()), removed };
}

interface Receipts {
  readonly nodes: readonly TreeNode[];
  readonly removed: ReadonlySet<string>;
}

async function filterReceipts({ tools, save, leaving }: Rewrite, forgotten: Omit<Forgotten, 'receipts'>): Promise<Receipts> {
  const speaking = new Set(leaving.receipts);
  const removed = new Set<string>();
  const nodes: TreeNode[] = [];
  for (const node of leaving.folders.receipts) {
    const receipt = speaking.has(receiptIdOf(node)) ? await readReceiptFile(tools.reader, node) : null;
    if (receipt === null) {
      nodes.push(node);
      continue;
    }
    const kept = forgetInReceipt(receipt, { ...forgotten, receipts: removed });
    if (kept === null) removed.add(receiptIdOf(node));
    else nodes.push(fileNode(node.name, await saveFile(saveData(save), encodeJsonLine(kept))));
    await tools.onStep();
  }
  return { nodes, removed };
}

const minus = (counted: unknown, gone: number): number => Math.max(0, (typeof counted === 'number' ? counted : 0) - gone);

interface Gone {
  readonly conversations: number;
  readonly messages: number;
  readonly people: number;
  readonly media: number;
  readonly mediaBytes: number;
  readonly receipts: number;
}

function countLess(manifest: JsonObject, gone: Gone): JsonObject {
  return { ...manifest, ...Object.fromEntries(Object.entries(gone).map(([name, count]) => [name, minus(manifest[name], count)])) };
}

/** Throws CamphorError `unsupported-version` for a snapshot of a newer version, which may say it in ways unknown here. */
async function readManifest({ tools, leaving }: Rewrite): Promise<{ readonly node: TreeNode; readonly content: JsonObject } | null> {
  const node = leaving.folders.nodes.find(({ name }) => name === 'manifest.json');
  const content = node === undefined ? null : await readJsonFile(tools.reader, node);
  if (node === undefined || content === null || content['format'] !== 'camphor') return null;
  const readableBy = content['readableBy'];
  if (typeof readableBy === 'number' && readableBy > portableFormatVersion)
    throw new CamphorError('unsupported-version', { found: readableBy, known: portableFormatVersion });
  return { node, content };
}

async function rewriteMedia({ tools, save, leaving, staying }: Rewrite): Promise<ForgottenMedia | null> {
  const tree = leaving.folders.nodes.find(({ name }) => name === 'media')?.subtree ?? null;
  return tree === null ? null : forgetMedia(tools.reader, save, tree, { leaving: leaving.media, staying: staying.media });
}

/** Nodes of a folder of `archive`, where some of them are others now. */
async function keepFolder({ save }: Rewrite, folder: TreeNode, nodes: readonly TreeNode[] | null): Promise<TreeNode> {
  return nodes === null ? folder : folderNode(folder.name, await save.saveTree(nodes));
}

/** The snapshot's tree without what leaves; its own where nothing does. Throws what reading and saving throw. */
export async function rewriteTree(rewrite: Rewrite): Promise<BlobId> {
  const { tools, save, leaving, staying } = rewrite;
  const { folders, conversations } = leaving;
  const manifest = await readManifest(rewrite);
  if (manifest === null) return folders.snapshot.tree;
  const people = new Set([...leaving.people].filter((person) => !staying.people.has(person)));
  const media = await rewriteMedia(rewrite);
  const said = { known: tools.known, conversations, people, media: media?.gone ?? new Set<string>() };
  const receipts = await filterReceipts(rewrite, said);
  const forgotten: Forgotten = { ...said, receipts: receipts.removed };
  const stayingFolders = folders.conversations.filter(({ name }) => !conversations.has(name));
  let peopleGone = 0;
  const rewriteNode = async (node: TreeNode): Promise<TreeNode> => {
    if (node.name === 'conversations') return keepFolder(rewrite, node, conversations.size === 0 ? null : stayingFolders);
    if (node.name === 'receipts') return keepFolder(rewrite, node, leaving.receipts.length === 0 ? null : receipts.nodes);
    if (node.name === 'media' && media !== null) return media.tree === node.subtree ? node : folderNode('media', media.tree);
    if (node.name === 'overlays.jsonl')
      return (
        await filterLines<PortableOverlay>(rewrite, node, (line) =>
          Object.hasOwn(line, 'fields') ? forgetInOverlay(line, forgotten) : line,
        )
      ).node;
    if (node.name !== 'people.jsonl' || (people.size === 0 && conversations.size === 0)) return node;
    const filtered = await filterLines<PortablePerson>(rewrite, node, (line) => (isForgottenPerson(line, forgotten) ? null : line));
    peopleGone = filtered.removed;
    return filtered.node;
  };
  const nodes: TreeNode[] = [];
  for (const node of folders.nodes) if (node !== manifest.node) nodes.push(await rewriteNode(node));
  const counted = countLess(manifest.content, {
    conversations: folders.conversations.length - stayingFolders.length,
    messages: leaving.messages,
    people: peopleGone,
    media: said.media.size,
    mediaBytes: media?.goneBytes ?? 0,
    receipts: receipts.removed.size,
  });
  nodes.push(fileNode('manifest.json', await saveFile(saveData(save), encodeJsonLine(counted))));
  return save.saveTree(await withArchive(tools, folders.snapshot.tree, await save.saveTree(nodes)));
}

async function withArchive({ reader }: RemovalTools, tree: BlobId, archive: BlobId): Promise<readonly TreeNode[]> {
  return (await reader.readTree(tree)).map((node) => (node.name === 'archive' ? folderNode('archive', archive) : node));
}

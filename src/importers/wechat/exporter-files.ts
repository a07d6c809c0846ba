// Which files of a set are WechatExporter's: a page for each chat, and what did not fit into it in `<page>_files/Data/msg-<n>.js`.

import { readHtmlPieces } from '../../bytes/html-elements';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource, FileSet } from '../../bytes/source';
import { candidates, detectBytes, folderOf } from '../archive-files';
import { findArray, leadBytes } from '../script-array';
import { isBox, readBox } from './exporter-box';
import { titleOf } from './html-forms';

/** What leads to the array of messages, in a page's script and in a file. */
export const arrayLead = /(?:window\.moreWechatMsgs|\bmsgArray)\s{0,8}=\s{0,8}\[/;

export interface ExportedPage {
  readonly title: string | null;
  /** The page, where it is there, then its further files in their order. */
  readonly entries: readonly number[];
}

/** The chats of the set. Scripts whose page is not there are a chat too. */
export async function findPages(files: FileSet): Promise<readonly ExportedPage[]> {
  const pages: { readonly entry: number; readonly title: string | null; readonly path: string }[] = [];
  for (const [entry, file] of candidates(files, /\.html?$/i)) {
    const title = await readPageTitle(file.open());
    if (title !== null) pages.push({ entry, title: title.name, path: file.path });
  }
  const byOwner = new Map<string, number[]>();
  for (const [entry, file] of candidates(files, /(?:^|\/)Data\/[^/]{1,80}\.js$/i)) {
    if (!(await isScript(file.open()))) continue;
    const owner = ownerOf(file.path);
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), entry]);
  }
  const found = pages.map(({ entry, title, path }) => {
    const owner = path.replace(/\.html?$/i, '');
    const own = byOwner.get(owner) ?? (pages.length === 1 && byOwner.size === 1 ? ([...byOwner.values()][0] ?? []) : []);
    if (own.length > 0) byOwner.delete(byOwner.has(owner) ? owner : ([...byOwner.keys()][0] ?? ''));
    return { title, entries: [entry, ...inOrder(files, own)] };
  });
  const loose = [...byOwner].map(([owner, own]) => ({
    title: owner.slice(owner.lastIndexOf('/') + 1) || null,
    entries: inOrder(files, own),
  }));
  return [...found, ...loose];
}

/** `chat_files/Data/msg-1.js` belongs to `chat.html`. */
function ownerOf(path: string): string {
  return folderOf(path)
    .replace(/(?:^|\/)Data\/$/i, '')
    .replace(/_files$/i, '');
}

function inOrder(files: FileSet, entries: readonly number[]): readonly number[] {
  const numberOf = (entry: number) => Number(/(\d{1,9})\.js$/i.exec(files.entries[entry]?.path ?? '')?.[1] ?? 0);
  return entries.toSorted((one, other) => numberOf(one) - numberOf(other) || one - other);
}

/** The page's title; null where it is none of the exporter's. Never throws for foreign bytes. */
async function readPageTitle(source: ByteSource): Promise<{ readonly name: string | null } | null> {
  const bytes = await source.read(0, detectBytes);
  const text = new TextDecoder().decode(bytes);
  if (!text.includes('msgid="') || !/class="(?:nt-box|ntBox)"/.test(text)) return null;
  for await (const pieces of readHtmlPieces(sourceOfBytes(bytes), { isWanted: isBox, nests: true })) {
    for (const { element } of pieces) {
      const box = element === null ? null : readBox(element);
      if (box?.kind === 'message' && box.time !== null) return { name: titleOf(text)?.replace(/ - 微信聊天记录$/, '') ?? null };
    }
  }
  return null;
}

/** Never throws for foreign bytes. */
async function isScript(source: ByteSource): Promise<boolean> {
  const head = await source.read(0, leadBytes);
  const at = findArray(head, arrayLead);
  return at !== -1 && /^\[\s{0,64}"[^]{0,200}msgid=/.test(new TextDecoder().decode(head.subarray(at)));
}

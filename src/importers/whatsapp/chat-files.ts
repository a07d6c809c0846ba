// Which files of a set are chats. Content decides; names choose where a ZIP holds several texts.

import { decodeHead, detectEncoding } from '../../bytes/text-encoding';
import type { FileEntry, FileSet } from '../../bytes/source';
import { folderOf } from '../archive-files';
import { createHeaderReader } from './header-reader';
import { chatNameOf, findNameEnd, isIphoneChatFile } from './names';

export interface FoundChat {
  readonly entry: number;
  readonly bracketed: boolean;
  readonly title: string | null;
}

const headBytes = 65_536;
/** Lines that may stand before the first header, such as the end of a message that someone cut. */
const preambleLimit = 50;
/** In a set this small every file is looked into, whatever its name. */
const smallSet = 16;

/** The chats of a set; a ZIP has one in each folder, unless several carry the name of a chat. */
export async function findChats(files: FileSet): Promise<readonly FoundChat[]> {
  const folders = new Map<string, FoundChat[]>();
  for (let entry = 0; entry < files.entries.length; entry++) {
    const file = files.entries[entry]!;
    if (!mayBeChat(file, files)) continue;
    const bracketed = await readFamily(file);
    if (bracketed === null) continue;
    const folder = folderOf(file.path);
    folders.set(folder, [...(folders.get(folder) ?? []), { entry, bracketed, title: titleOf(files, entry) }]);
  }
  return [...folders.values()].flatMap((chats) => chooseChats(files, chats));
}

function mayBeChat(file: FileEntry, files: FileSet): boolean {
  if (file.sizeBytes === 0) return false;
  return (
    /\.txt$/i.test(file.path) ||
    (files.container !== 'zip' && files.entries.length <= smallSet && !/\.(?:zip|json|html?|jpe?g|png|mp4)$/i.test(file.path))
  );
}

/** True for an iPhone's text, false for Android's, null where it is no chat of WhatsApp. Reads one head. */
async function readFamily(file: FileEntry): Promise<boolean | null> {
  const head = await file.open().read(0, headBytes);
  const lines = decodeHead(head, detectEncoding(head).encoding).split(/\r?\n/, 2000);
  const reader = createHeaderReader();
  let bracketed: boolean | null = null;
  for (let at = 0; at < lines.length && (bracketed !== null || at < preambleLimit); at++) {
    const line = lines[at]!;
    if (!reader.read(line)) continue;
    const { format, restAt } = reader.header;
    if (bracketed === null && format.scope === signalScope) return null;
    bracketed ??= format.bracketed;
    // What others write in brackets has no seconds, or no name before a colon; a diary has dates, but rarely begins like this.
    if (findNameEnd(line, restAt) > 0 || (format.bracketed ? format.hasSeconds : at === 0)) return bracketed;
  }
  return null;
}

/** carderne/signal-export writes `[2019-12-24, 12:23] Name: text`; WhatsApp has seconds in brackets. */
const signalScope = '[YYYY-x-x h:mm]';

function chooseChats(files: FileSet, chats: readonly FoundChat[]): readonly FoundChat[] {
  if (chats.length <= 1) return chats;
  const nameOf = (chat: FoundChat) => files.entries[chat.entry]!.path.split('/').at(-1)!;
  const named = chats.filter((chat) => isIphoneChatFile(nameOf(chat)) || chatNameOf(nameOf(chat)) !== null);
  if (files.container !== 'zip') return named.length > 0 ? chats.filter((chat) => !isAttachedText(nameOf(chat))) : chats;
  // A chat may hold another chat's text as a document: the ZIP's own name, or `_chat.txt`, tells which is which.
  const own =
    named.find((chat) => isIphoneChatFile(nameOf(chat))) ?? named.find((chat) => chatNameOf(nameOf(chat)) === chatNameOf(files.name));
  if (own) return [own];
  if (named.length > 0) return named;
  const worded = chats
    .filter((chat) => /chat|whatsapp/i.test(nameOf(chat)))
    .sort((one, other) => nameOf(one).length - nameOf(other).length);
  const largest = [...chats].sort((one, other) => files.entries[other.entry]!.sizeBytes - files.entries[one.entry]!.sizeBytes);
  return [worded[0] ?? largest[0]!];
}

/** A text that was sent in a chat carries the name of an attachment. */
function isAttachedText(name: string): boolean {
  return /^(?:\d{8}-|DOC-\d{8}-WA\d)/i.test(name);
}

/** The chat's name: from the file, else from its folder, else from the ZIP or folder that was dropped. */
function titleOf(files: FileSet, entry: number): string | null {
  const names = files.entries[entry]!.path.split('/').reverse();
  for (const name of [...names, files.name]) {
    const title = chatNameOf(name);
    if (title !== null) return title;
  }
  return null;
}

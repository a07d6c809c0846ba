// Who is who in an account: the conversations that files are of, names of numbers, the owner's number.

import type { FileSet } from '../../bytes/source';
import type { ConversationShape } from '../../model/record';
import { folderOf } from '../archive-files';
import { readPageHead, type PageHead } from './page';

export interface Chat {
  /** The other's number, or of a group `group:` and all numbers, sorted; null where there is none. */
  readonly sourceId: string | null;
  readonly name: string | null;
  readonly shape: ConversationShape;
}

export interface Directory {
  readonly ownNumber: string | null;
  readonly names: ReadonlyMap<string, string>;
  /** By entry. */
  readonly chats: ReadonlyMap<number, Chat>;
}

const cardLimitBytes = 64 * 1024;

/** Reads the beginnings of all files. Throws what the files throw. */
export async function readDirectory(files: FileSet, entries: readonly number[]): Promise<Directory> {
  const heads = new Map<number, PageHead>();
  const names = new Map<string, string>();
  const numbers = new Map<string, string>();
  let ownNumber = await readOwnNumber(files, entries);
  for (const entry of entries) {
    const file = files.entries[entry];
    if (file === undefined) continue;
    const head = await readPageHead(file.open(), file.path);
    heads.set(entry, head);
    ownNumber ??= head.ownNumber;
    for (const { number, name } of head.others) if (number !== null && name !== null) names.set(number, name);
    const [other] = head.others;
    if (!head.isGroup && head.fileParty !== null && other !== undefined && other.number !== null) numbers.set(head.fileParty, other.number);
  }
  const chats = new Map([...heads].map(([entry, head]) => [entry, toChat(head, names, numbers)]));
  return { ownNumber, names, chats };
}

function toChat({ others, isGroup, fileParty }: PageHead, names: ReadonlyMap<string, string>, numbers: ReadonlyMap<string, string>): Chat {
  if (isGroup || others.length > 1) {
    const members = others.flatMap(({ number, name }) => number ?? name ?? []).sort();
    // Not a bare number, which would be that of a direct chat where only one member is known.
    return { sourceId: members.length === 0 ? null : `group:${members.join(',')}`, name: null, shape: 'group' };
  }
  // Where only the owner wrote, nothing but the file's name says to whom.
  const [other] = others;
  const number = other === undefined ? numberOf(fileParty, numbers) : other.number;
  const name = (number === null ? null : names.get(number)) ?? other?.name ?? (fileParty === number ? null : fileParty);
  return { sourceId: number, name, shape: 'direct' };
}

function numberOf(fileParty: string | null, numbers: ReadonlyMap<string, string>): string | null {
  if (fileParty === null) return null;
  return numbers.get(fileParty) ?? (/^\+?\d{3,20}$/.test(fileParty) ? fileParty : null);
}

/** The number of `Phones.vcf` that is labelled as Google Voice's, else null: the others are telephones of the owner. */
async function readOwnNumber(files: FileSet, entries: readonly number[]): Promise<string | null> {
  const folder = folderOf(files.entries[entries[0] ?? -1]?.path ?? '');
  const above = folderOf(folder.slice(0, -1));
  const card = files.entries[[files.indexOf(`${folder}Phones.vcf`), files.indexOf(`${above}Phones.vcf`)].find((at) => at !== -1) ?? -1];
  if (card === undefined) return null;
  const lines = new TextDecoder().decode(await card.open().read(0, cardLimitBytes)).split(/\r?\n/);
  const label = lines.find((line) => /^item\d{1,4}\.X-ABLabel:Google Voice$/i.test(line));
  const group = label?.slice(0, label.indexOf('.') + 1);
  const phone = group === undefined ? undefined : lines.find((line) => line.startsWith(`${group}TEL`));
  return phone?.slice(phone.lastIndexOf(':') + 1).trim() || null;
}

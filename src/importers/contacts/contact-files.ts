// Which files of a set are an address book, and which are a contact that someone sent in a chat.

import type { FileEntry, FileSet } from '../../bytes/source';
import { decodeHead } from '../../bytes/text-encoding';
import { detectBytes } from '../archive-files';

/** What lies beside contacts in their own exports: pictures of them, a page about them, and what systems leave everywhere. */
const besideContacts = /\.(?:vcf|vcard|csv|tsv|jpe?g|png|gif|html?|ini|db)$|(?:^|\/)(?:__MACOSX\/|\.DS_Store$|\._)/i;
const saysContacts = /contacts?|address ?book|phone ?book|phones|通讯录|通訊錄|联系人|聯絡人/i;

export interface ContactFile {
  readonly index: number;
  readonly entry: FileEntry;
  /** True where it was dropped beside files of other kinds and may be a contact that someone sent. */
  readonly isDoubtful: boolean;
}

/** Files with the extension that may be address books: of a set of nothing else, those called so, and those dropped by themselves. */
export function contactFiles(files: FileSet, extension: RegExp): readonly ContactFile[] {
  const isAlone = files.entries.length === 1;
  const isSure = isAlone || files.entries.every(({ path }) => besideContacts.test(path));
  return [...files.entries.entries()].flatMap(([index, entry]) => {
    if (entry.sizeBytes === 0 || !(isAlone || extension.test(entry.path)) || isOwnPhones(files, entry.path)) return [];
    const isDoubtful = !isSure && !isNamedContacts(entry.path);
    return isDoubtful && files.container !== 'files' ? [] : [{ index, entry, isDoubtful }];
  });
}

/** Google Voice's `Phones.vcf`, the owner's own numbers, which names nobody. */
function isOwnPhones({ entries }: FileSet, path: string): boolean {
  const calls = path.endsWith('Phones.vcf') ? path.replace(/Phones\.vcf$/, 'Calls/') : null;
  return calls !== null && entries.some((other) => other.path.startsWith(calls));
}

/** Its own name or its folder's. */
function isNamedContacts(path: string): boolean {
  const [name = '', folder = ''] = path.split('/').toReversed();
  return saysContacts.test(name) || saysContacts.test(folder);
}

/** The beginning of a file as text. */
export async function readHead(entry: FileEntry): Promise<string> {
  return decodeHead(await entry.open().read(0, detectBytes)).replace(/^\ufeff/, '');
}

// vCard files: the address books of phones, Google, iCloud and Outlook. See README.md.

import type { FileSet } from '../../bytes/source';
import { entryOf } from '../archive-files';
import type { Detection, Importer } from '../importer';
import { readLineRecords } from '../record-batches';
import type { Contact } from './contact-book';
import { openContactBook } from './contact-book';
import { contactFiles, readHead } from './contact-files';
import { answeredCode, askCountry } from './country-question';
import { createVcardReader } from './vcard-reader';

/** A picture may stand in one line. */
const lineLimitBytes = 8 * 1024 * 1024;
const begin = /^BEGIN:VCARD[ \t]*$/gim;
/** So many cards in one file are no card that someone sent. */
const manyCards = 3;
const version = /^VERSION:(\d\.\d)/im;

/** Importer of `.vcf` files, versions 2.1, 3.0 and 4.0. */
export const vcard: Importer = {
  format: 'contacts-vcard',
  source: 'contacts',
  detect,
  async ask(files, detection) {
    const phones: string[] = [];
    await readCards(files, detection, ({ phones: own }) => phones.push(...own));
    return askCountry(phones);
  },
  async *read(files, detection, { answers, onBytes }) {
    const [question] = answers['country'] === undefined ? await vcard.ask(files, detection) : [];
    const book = openContactBook(answeredCode({ country: answers['country'] ?? question?.guess ?? '' }));
    const entry = detection.entries[0] ?? -1;
    const source = entryOf(files, detection).open();
    yield* readLineRecords({ source, entry, onBytes }, { lineLimitBytes }, createVcardReader(book));
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const { index, entry, isDoubtful } of contactFiles(files, /\.(?:vcf|vcard)$/i)) {
    const head = (await readHead(entry)).trimStart();
    const [first = ''] = head.slice(0, 64).split('\n', 1);
    if (first.trim().toUpperCase() !== 'BEGIN:VCARD') continue;
    if (isDoubtful && (head.match(begin)?.length ?? 0) < manyCards) continue;
    const formatVersion = version.exec(head)?.[1] ?? '3.0';
    found.push({ format: 'contacts-vcard', formatVersion, source: 'contacts', entries: [index], title: null });
  }
  return found;
}

async function readCards(files: FileSet, detection: Detection, onContact: (contact: Contact) => void): Promise<void> {
  const source = entryOf(files, detection).open();
  const reader = createVcardReader({ take: onContact });
  for await (const _ of readLineRecords({ source, entry: 0 }, { lineLimitBytes }, reader)) void _;
}

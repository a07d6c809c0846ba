// Tables of contacts: the CSV exports of Google and Outlook, and those that tools make of an iPhone's. See README.md.

import type { FileSet } from '../../bytes/source';
import type { NeutralRecord, Span } from '../../model/record';
import { entryOf } from '../archive-files';
import type { Detection, Importer } from '../importer';
import { structureOf } from '../problem-record';
import type { PieceReader, PlacedLine } from '../record-batches';
import { readLineRecords } from '../record-batches';
import type { ContactBook } from './contact-book';
import { openContactBook } from './contact-book';
import { contactFiles, readHead } from './contact-files';
import { answeredCode, askCountry } from './country-question';
import { contactOfRow, findColumns } from './csv-columns';
import type { ContactColumns } from './csv-columns';
import type { Separator } from './csv-rows';
import { createRowReader, findSeparator, splitRow } from './csv-rows';

/** Importer of tables with a header that names a name and a number or an address. */
export const contactsCsv: Importer = {
  format: 'contacts-csv',
  source: 'contacts',
  detect,
  async ask(files, detection) {
    const phones: string[] = [];
    const source = entryOf(files, detection).open();
    const book: ContactBook = { take: (contact) => void phones.push(...contact.phones) };
    for await (const _ of readLineRecords({ source, entry: 0 }, {}, createTableReader(book))) void _;
    return askCountry(phones);
  },
  async *read(files, detection, { answers, onBytes }) {
    const [question] = answers['country'] === undefined ? await contactsCsv.ask(files, detection) : [];
    const book = openContactBook(answeredCode({ country: answers['country'] ?? question?.guess ?? '' }));
    const entry = detection.entries[0] ?? -1;
    const source = entryOf(files, detection).open();
    yield* readLineRecords({ source, entry, onBytes }, {}, createTableReader(book));
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const { index, entry } of contactFiles(files, /\.(?:csv|tsv)$/i)) {
    const [header = ''] = (await readHead(entry)).split(/\r?\n/, 1);
    const columns = findColumns(splitRow(header, findSeparator(header)));
    if (columns === null) continue;
    found.push({ format: 'contacts-csv', formatVersion: makerOf(header), source: 'contacts', entries: [index], title: null });
  }
  return found;
}

/** Who made it, by a column that only they have. */
function makerOf(header: string): string {
  if (/ - Value\b/.test(header)) return 'google';
  return /E-mail \d? ?Address|Mobile Phone|移动电话/i.test(header) ? 'outlook' : 'table';
}

function createTableReader(book: ContactBook): PieceReader<PlacedLine> {
  let table: { readonly separator: Separator; readonly columns: ContactColumns | null } | null = null;
  return createRowReader((text: string, span: Span, out: NeutralRecord[]) => {
    if (table === null) {
      const header = text.replace(/^\ufeff/, '');
      const separator = findSeparator(header);
      table = { separator, columns: findColumns(splitRow(header, separator)) };
      out.push(structureOf('header', span));
    } else if (text.trim() === '' || table.columns === null) out.push(structureOf('blank', span));
    else book.take(contactOfRow(splitRow(text, table.separator), table.columns), text, span, out);
  });
}

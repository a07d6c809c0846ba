// An iPhone's own address book, AddressBook.sqlitedb of its backups. See README.md.

import type { Row } from '../../bytes/sqlite/row';
import type { FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { entriesOfDatabase, findDatabases, openArchiveDatabase } from '../archive-databases';
import type { ArchiveDatabase } from '../archive-databases';
import type { Detection, Importer } from '../importer';
import { problemOf, structureOf } from '../problem-record';
import { rawRow } from '../raw-row';
import { batchesOf } from '../record-batches';
import type { Contact } from './contact-book';
import { openContactBook } from './contact-book';
import { answeredCode, askCountry } from './country-question';
import { composeName } from './vcard-line';

/** Of ABMultiValue.property. */
const phoneProperty = 3;
const mailProperty = 4;
/** More values than any address book has; each is held until its person is read. */
const valueLimit = 500_000;
const personColumns = ['First', 'Middle', 'Last', 'DisplayName', 'Nickname', 'Organization'];

export const contactsIphone: Importer = {
  format: 'contacts-iphone',
  source: 'contacts',
  async detect(files) {
    const found = await findDatabases(files, (schema) => schema.has('ABPerson') && schema.has('ABMultiValue'));
    return found.map((index): Detection => {
      return {
        format: 'contacts-iphone',
        formatVersion: 'sqlite',
        source: 'contacts',
        entries: entriesOfDatabase(files, index),
        title: null,
      };
    });
  },
  async ask(files, { entries }) {
    const archive = await openArchiveDatabase(files, entries[0] ?? -1);
    try {
      const values = readValues(archive, []);
      return askCountry([...values.values()].flatMap(({ phones }) => phones));
    } finally {
      archive.database.close();
    }
  },
  async *read(files, detection, { answers, onBytes }) {
    const [question] = answers['country'] === undefined ? await contactsIphone.ask(files, detection) : [];
    const code = answeredCode({ country: answers['country'] ?? question?.guess ?? '' });
    const archive = await openArchiveDatabase(files, detection.entries[0] ?? -1);
    try {
      const out: NeutralRecord[] = [...archive.beside];
      const values = readValues(archive, out);
      yield* batchesOf(out);
      for (const records of readPeople(archive, values, code)) yield* batchesOf(records);
      yield* batchesOf(archive.rows.close(new Set()));
    } finally {
      archive.database.close();
    }
    onBytes?.(totalBytes(files, detection));
  },
};

interface Values {
  readonly phones: string[];
  readonly mails: string[];
}

/** Numbers and addresses by the person's row. */
function readValues({ database, rows }: ArchiveDatabase, out: NeutralRecord[]): ReadonlyMap<number, Values> {
  const values = new Map<number, Values>();
  let count = 0;
  for (const batch of rows.scan('ABMultiValue', ['record_id', 'property', 'value'])) {
    for (const { row, span } of batch.rows) {
      const [person, property, value] = [row.whole('record_id'), row.whole('property'), row.words('value')];
      const isWanted = person !== null && value !== null && (property === phoneProperty || property === mailProperty);
      if (isWanted && ++count > valueLimit) {
        out.push(problemOf('limit-reached', JSON.stringify(rawRow(database, 'ABMultiValue', row)), span));
        continue;
      }
      out.push(structureOf('ABMultiValue', span));
      if (!isWanted) continue;
      const known = values.get(person) ?? { phones: [], mails: [] };
      values.set(person, known);
      (property === phoneProperty ? known.phones : known.mails).push(value);
    }
    out.push(...batch.problems);
  }
  return values;
}

function* readPeople(
  { database, rows }: ArchiveDatabase,
  values: ReadonlyMap<number, Values>,
  callingCode: string | null,
): Generator<readonly NeutralRecord[], void, void> {
  const book = openContactBook(callingCode);
  for (const batch of rows.scan('ABPerson', personColumns)) {
    const out: NeutralRecord[] = [...batch.problems];
    for (const { row, span } of batch.rows) {
      const { phones, mails } = values.get(Number(row.rowid)) ?? { phones: [], mails: [] };
      const contact: Contact = { name: nameOf(row), phones, mails };
      book.take(contact, JSON.stringify(rawRow(database, 'ABPerson', row)), span, out);
    }
    yield out;
  }
}

/** As the phone shows it: the name, else the nickname, else the company. */
function nameOf(row: Row): string {
  const [first = '', middle = '', last = ''] = ['First', 'Middle', 'Last'].map((column) => row.words(column) ?? '');
  const candidates = [composeName(first, middle, last), row.words('DisplayName'), row.words('Nickname'), row.words('Organization')];
  return candidates.find((name) => name !== null && name !== '') ?? '';
}

const totalBytes = (files: FileSet, { entries }: Detection): number =>
  entries.reduce((sum, entry) => sum + (files.entries[entry]?.sizeBytes ?? 0), 0);

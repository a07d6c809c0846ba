// WeChat's own databases, decrypted: one archive an account, with all of its databases of messages.

import type { Database } from '../../bytes/sqlite/database';
import { peekSchema } from '../../bytes/sqlite/schema-peek';
import type { FileSet } from '../../bytes/source';
import { loadZstdCodec } from '../../bytes/zstd';
import type { NeutralRecord } from '../../model/record';
import { indexAccountMedia } from '../account-media';
import type { AccountMedia } from '../account-media';
import { entriesOfDatabase } from '../archive-databases';
import type { ArchiveDatabase } from '../archive-databases';
import { damagedDatabase, databaseBytes, databasesOf, findAccounts, openIfWhole } from '../database-accounts';
import type { DatabasesOfAccount } from '../database-accounts';
import type { Detection, Importer, Question, ReadOptions } from '../importer';
import { batchesOf } from '../record-batches';
import { noOwner } from '../wechat/ledger';
import type { Owner } from '../wechat/ledger';
import { weChatAndroid } from './android';
import { accountFolder } from './account-folder';
import { ContactBook } from './contact-book';
import type { DatabaseForm } from './form';
import { createStoredMessages } from './stored-messages';
import type { StoredMessages } from './stored-messages';
import { weChatIos } from './ios';
import { weChatMac3 } from './mac-3';
import { weChatPc3 } from './pc-3';
import { Voices } from './voices';
import { weChat4 } from './wechat-4';

const format = 'wechat-database';
const forms: readonly DatabaseForm[] = [weChat4, weChatPc3, weChatMac3, weChatAndroid, weChatIos];
const optionsLimit = 100;

export const weChatDatabase: Importer = {
  format,
  source: 'wechat',

  async detect(files) {
    const found: Detection[] = [];
    for (const form of forms) {
      for (const { folder, messages, beside } of await findAccounts(files, form, accountFolder)) {
        const entries = [...messages, ...beside].flatMap((index) => entriesOfDatabase(files, index));
        const title = folder.split('/').at(-2) ?? null;
        found.push({ format, formatVersion: form.version, source: 'wechat', entries, title });
      }
    }
    return found;
  },

  ask,
  read,
};

async function ask(files: FileSet, detection: Detection): Promise<readonly Question[]> {
  const account = await openAccount(files, detection);
  const { form, book, messages } = account;
  if (form.guessOwners === undefined) return [];
  for (const index of account.beside) await readDatabase(account, index, () => []);
  const owner = await findOwner(account);
  const ids = owner === null ? await guessOwners(account) : [owner];
  const options = ids.slice(0, optionsLimit).map((id) => ({ value: id, label: labelOf(id, book) }));
  if (options.length === 0 || messages.length === 0) return [];
  return [{ id: 'owner', options, guess: options[0]?.value ?? null, certain: owner !== null }];
}

function labelOf(id: string, book: ContactBook): string {
  const name = book.nameOf(id);
  return name === null ? id : `${name} (${id})`;
}

async function* read(files: FileSet, detection: Detection, { answers, onBytes }: ReadOptions): ReturnType<Importer['read']> {
  const account = await openAccount(files, detection);
  let doneBytes = 0;
  try {
    for (const index of [...account.beside, ...account.withVoice]) {
      const records = account.beside.includes(index)
        ? await readDatabase(account, index, ({ rows }) => rows.close(account.form.joined))
        : await readVoices(account, index);
      yield* batchesOf(records ?? damagedDatabase(files, index));
      onBytes?.((doneBytes += databaseBytes(files, index)));
    }
    const ownerId = answers['owner'] ?? (await findOwner(account)) ?? (await guessOwners(account))[0] ?? null;
    const owner = ownerId === null ? noOwner : { id: ownerId, name: account.book.nameOf(ownerId) };
    const reading: Reading = { account, owner, current: null };
    const messages = createMessages(reading, detection);
    for (const index of account.messages) {
      const size = databaseBytes(files, index);
      yield* readMessages(reading, index, messages, (share) => onBytes?.(doneBytes + Math.floor(size * share * 0.99)));
      onBytes?.((doneBytes += size));
    }
  } finally {
    for (const { database } of account.opened) database.close();
  }
}

interface OpenAccount extends DatabasesOfAccount {
  readonly files: FileSet;
  readonly form: DatabaseForm;
  readonly book: ContactBook;
  readonly media: AccountMedia;
  /** Databases in which voice lies. */
  readonly withVoice: readonly number[];
  readonly voices: Voices;
  /** Those that stay open while messages are read. */
  readonly opened: ArchiveDatabase[];
}

async function openAccount(files: FileSet, detection: Detection): Promise<OpenAccount> {
  const form = forms.find(({ version }) => version === detection.formatVersion);
  if (form === undefined) throw new RangeError('the detection is of another importer');
  const { messages, beside } = await databasesOf(files, detection, form);
  const withVoice: number[] = [];
  for (const index of beside) {
    const schema = await peekSchema(files.entries[index]!);
    if (form.voiceTables?.some(({ name }) => schema?.has(name)) === true) withVoice.push(index);
  }
  return {
    files,
    form,
    messages,
    withVoice,
    beside: beside.filter((index) => !withVoice.includes(index)),
    book: new ContactBook(),
    media: indexAccountMedia(files),
    voices: new Voices(),
    opened: [],
  };
}

/** What `use` makes of a database, behind the records of what is beside its messages; null where nothing of it can be read. */
async function readDatabase(
  { files, form, book, media }: OpenAccount,
  index: number,
  use: (archive: ArchiveDatabase) => readonly NeutralRecord[],
): Promise<readonly NeutralRecord[] | null> {
  const archive = await openIfWhole(files, index);
  if (archive === null) return null;
  try {
    const out: NeutralRecord[] = [...archive.beside];
    form.readBeside({ archive, book, media, out });
    return [...out, ...use(archive)];
  } finally {
    archive.database.close();
  }
}

/** As `readDatabase`, but the database stays open where voice lies in it. */
async function readVoices({ files, form, voices, opened }: OpenAccount, index: number): Promise<readonly NeutralRecord[] | null> {
  const archive = await openIfWhole(files, index);
  if (archive === null) return null;
  opened.push(archive);
  const out: NeutralRecord[] = [...archive.beside];
  voices.add(archive, index, form.voiceTables ?? [], out);
  return [...out, ...archive.rows.close(form.joined)];
}

/** Databases of messages that are asked whose they are. */
const askedDatabases = 3;

/** The owner's id, where a database says it. */
async function findOwner(account: OpenAccount): Promise<string | null> {
  const { files, form, book } = account;
  let owner: string | null = null;
  for (const index of account.messages.slice(0, askedDatabases)) {
    await readDatabase(account, index, (archive) => {
      owner ??= form.findOwner(files.entries[index]?.path ?? '', archive, book);
      return [];
    });
    if (owner !== null) break;
  }
  return owner;
}

async function guessOwners(account: OpenAccount): Promise<readonly string[]> {
  const { form, book, messages } = account;
  let ids: readonly string[] = [];
  if (form.guessOwners === undefined || messages[0] === undefined) return ids;
  await readDatabase(account, messages[0], (archive) => {
    ids = form.guessOwners?.(archive, book) ?? [];
    return [];
  });
  return ids;
}

interface Reading {
  readonly account: OpenAccount;
  readonly owner: Owner;
  /** The database that is open. */
  current: ArchiveDatabase | null;
}

function createMessages(reading: Reading, { entries }: Detection): StoredMessages {
  const { account, owner } = reading;
  const database = (): Database => {
    if (reading.current === null) throw new RangeError('no database is open');
    return reading.current.database;
  };
  return createStoredMessages({ ...account, entry: entries[0] ?? 0, owner, database });
}

async function* readMessages(
  reading: Reading,
  index: number,
  messages: StoredMessages,
  onShare: (share: number) => void,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  const { account, owner } = reading;
  const { files, form, book, media } = account;
  const zstd = await loadZstdCodec();
  const archive = await openIfWhole(files, index);
  if (archive === null) return yield* batchesOf(damagedDatabase(files, index));
  reading.current = archive;
  try {
    const out: NeutralRecord[] = [...archive.beside];
    form.readBeside({ archive, book, media, out });
    yield* batchesOf(out);
    for (const { records, share } of form.readMessages({ archive, book, owner, zstd, messages })) {
      yield* batchesOf(records);
      onShare(share);
    }
    yield* batchesOf(archive.rows.close(form.joined));
  } finally {
    archive.database.close();
  }
}

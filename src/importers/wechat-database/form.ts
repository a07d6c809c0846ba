// What the importer needs to know of each form of WeChat's databases.

import type { PeekedSchema } from '../../bytes/sqlite/schema-peek';
import type { FileSet } from '../../bytes/source';
import type { ZstdCodec } from '../../bytes/zstd';
import type { NeutralRecord } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';
import type { Owner } from '../wechat/ledger';
import type { AccountMedia } from './account-media';
import type { ContactBook } from './contact-book';
import type { StoredMessages } from './stored-messages';

/** What a database is for: `beside` ones hold names and places of files. */
export type DatabaseRole = 'messages' | 'beside';

export interface BesideInput {
  readonly archive: ArchiveDatabase;
  readonly book: ContactBook;
  readonly media: AccountMedia;
  readonly out: NeutralRecord[];
}

export interface MessagesInput {
  readonly archive: ArchiveDatabase;
  readonly book: ContactBook;
  readonly owner: Owner;
  readonly zstd: ZstdCodec;
  readonly messages: StoredMessages;
}

export interface DatabaseForm {
  /** The detection's `formatVersion`. */
  readonly version: string;
  roleOf(schema: PeekedSchema): DatabaseRole | null;
  /** Tables that hold neither messages nor people, but are asked for what belongs to those. */
  readonly joined: ReadonlySet<string>;
  /** Names and places of files, of a database of either role; their rows go to `out`. */
  readBeside(input: BesideInput): void;
  /** Records of all messages, with the share of the database that is read, from 0 to 1. */
  readMessages(input: MessagesInput): Generator<{ readonly records: NeutralRecord[]; readonly share: number }, void, void>;
  /** WeChat's id of the account's owner where the path of a database, or what it holds, says it. */
  findOwner(path: string, archive: ArchiveDatabase, book: ContactBook): string | null;
  /** Ids that may be the owner's, the likeliest first, where nothing says it. Absent where messages say which are own. */
  guessOwners?(archive: ArchiveDatabase, book: ContactBook): readonly string[];
}

export interface Account {
  readonly files: FileSet;
  /** Folder that all of its databases lie in: '' or ending in `/`. */
  readonly folder: string;
  readonly messages: readonly number[];
  readonly beside: readonly number[];
}

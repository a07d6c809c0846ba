// What the importer needs to know of each form of WeChat's databases.

import type { ZstdCodec } from '../../bytes/zstd';
import type { NeutralRecord } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';
import type { RoleOfSchema } from '../database-accounts';
import type { Owner } from '../wechat/ledger';
import type { AccountMedia } from '../account-media';
import type { ContactBook } from './contact-book';
import type { StoredMessages } from './stored-messages';
import type { VoiceTable } from './voices';

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

export interface DatabaseForm extends RoleOfSchema {
  /** The detection's `formatVersion`. */
  readonly version: string;
  /** Tables that hold neither messages nor people, but are asked for what belongs to those. */
  readonly joined: ReadonlySet<string>;
  /** Tables in which voice lies, in databases of their own. */
  readonly voiceTables?: readonly VoiceTable[];
  /** Names and places of files, of a database of either role; their rows go to `out`. */
  readBeside(input: BesideInput): void;
  /** Records of all messages, with the share of the database that is read, from 0 to 1. */
  readMessages(input: MessagesInput): Generator<{ readonly records: NeutralRecord[]; readonly share: number }, void, void>;
  /** WeChat's id of the account's owner where the path of a database, or what it holds, says it. */
  findOwner(path: string, archive: ArchiveDatabase, book: ContactBook): string | null;
  /** Ids that may be the owner's, the likeliest first, where nothing says it. Absent where messages say which are own. */
  guessOwners?(archive: ArchiveDatabase, book: ContactBook): readonly string[];
}

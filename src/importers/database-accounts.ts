// Several databases of one account: which belong together, and reading them in turn, so that a damaged one does not hold up others.

import { peekSchema } from '../bytes/sqlite/schema-peek';
import type { PeekedSchema } from '../bytes/sqlite/schema-peek';
import type { FileSet } from '../bytes/source';
import { CamphorError } from '../model/error';
import type { NeutralRecord } from '../model/record';
import { entriesOfDatabase, findDatabases, openArchiveDatabase } from './archive-databases';
import type { ArchiveDatabase } from './archive-databases';
import type { Detection } from './importer';
import { problemOf } from './problem-record';

/** What a database is for: `beside` ones hold names, and places of files. */
export type DatabaseRole = 'messages' | 'beside';

export interface RoleOfSchema {
  roleOf(schema: PeekedSchema): DatabaseRole | null;
}

/** Numbers of entries, each role in the order of paths. */
export interface DatabasesOfAccount {
  readonly messages: readonly number[];
  readonly beside: readonly number[];
}

export interface FoundAccount extends DatabasesOfAccount {
  /** The folder of the account: '' or ending in `/`. */
  readonly folder: string;
}

/**
 * Accounts of the set, each with a database of messages at least. `accountFolder` gives the folder of the account for the path of a
 * database. Databases beside that lie elsewhere belong to the one account where there is only one.
 */
export async function findAccounts(
  files: FileSet,
  { roleOf }: RoleOfSchema,
  accountFolder: (path: string) => string,
): Promise<readonly FoundAccount[]> {
  const roles = new Map<number, DatabaseRole>();
  for (const index of await findDatabases(files, (schema) => roleOf(schema) !== null)) {
    const role = await roleOfEntry(files, index, { roleOf });
    if (role !== null) roles.set(index, role);
  }
  const all = [...roles.keys()].sort((one, other) => comparePaths(pathOf(files, one), pathOf(files, other)));
  const messages = all.filter((index) => roles.get(index) === 'messages');
  const folders = [...new Set(messages.map((index) => accountFolder(pathOf(files, index))))];
  return folders.map((folder): FoundAccount => {
    const isOfAccount = (index: number): boolean => accountFolder(pathOf(files, index)) === folder;
    const beside = all.filter((index) => roles.get(index) === 'beside' && (folders.length === 1 || isOfAccount(index)));
    return { folder, messages: messages.filter(isOfAccount), beside };
  });
}

/** The databases of a detection by role; one whose schema is gone is beside the others, its tables not read. */
export async function databasesOf(files: FileSet, { entries }: Detection, form: RoleOfSchema): Promise<DatabasesOfAccount> {
  const messages: number[] = [];
  const beside: number[] = [];
  const logs = new Set(entries.flatMap((index) => entriesOfDatabase(files, index).slice(1)));
  for (const index of entries.filter((each) => !logs.has(each)))
    ((await roleOfEntry(files, index, form)) === 'messages' ? messages : beside).push(index);
  return { messages, beside };
}

/** Opens a database of several; null where nothing of it can be read, which `damagedDatabase` says in records. */
export async function openIfWhole(files: FileSet, index: number): Promise<ArchiveDatabase | null> {
  try {
    return await openArchiveDatabase(files, index);
  } catch (error) {
    if (error instanceof CamphorError && error.code === 'database-damaged') return null;
    throw error;
  }
}

export function damagedDatabase(files: FileSet, index: number): readonly NeutralRecord[] {
  return entriesOfDatabase(files, index).map((entry) => {
    const lengthBytes = files.entries[entry]?.sizeBytes ?? 0;
    return problemOf('entry-damaged', '', { entry, offsetBytes: 0, lengthBytes }, 'nothing of the database could be read');
  });
}

/** Bytes of a database and of what is beside it. */
export function databaseBytes(files: FileSet, index: number): number {
  return entriesOfDatabase(files, index).reduce((sum, each) => sum + (files.entries[each]?.sizeBytes ?? 0), 0);
}

async function roleOfEntry(files: FileSet, index: number, { roleOf }: RoleOfSchema): Promise<DatabaseRole | null> {
  const entry = files.entries[index];
  const schema = entry === undefined ? null : await peekSchema(entry);
  return schema === null ? null : roleOf(schema);
}

function pathOf(files: FileSet, index: number): string {
  return files.entries[index]?.path ?? '';
}

/** By code units, numbers by their size: `message_2` before `message_10`. */
function comparePaths(one: string, other: string): number {
  const [parts, others] = [one, other].map((path) => path.split(/(\d{1,15})/));
  for (const [at, part] of (parts ?? []).entries()) {
    const against = others?.[at] ?? '';
    if (part === against) continue;
    return at % 2 === 1 && against !== '' ? Number(part) - Number(against) || (part < against ? -1 : 1) : part < against ? -1 : 1;
  }
  return (parts?.length ?? 0) - (others?.length ?? 0);
}

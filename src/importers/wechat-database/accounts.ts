// Which databases of a set belong to one account: those below one folder, folders of WeChat's own names aside.

import { peekSchema } from '../../bytes/sqlite/schema-peek';
import type { PeekedSchema } from '../../bytes/sqlite/schema-peek';
import type { FileSet } from '../../bytes/source';
import { findDatabases } from '../archive-databases';
import { folderOf } from '../archive-files';
import type { Account, DatabaseForm } from './form';

/** Folders below an account's own, as WeChat for PC, for Macs, and version 4 name them. */
const innerFolder = /(?:^|\/)(?:db_storage|message|contact|session|hardlink|Msg|Multi|Message|Contact|Group|Session|MediaData|DB)\/$/;

/** The folder of the account that the database at `path` belongs to: '' or ending in `/`. */
export function accountFolder(path: string): string {
  let folder = folderOf(path);
  for (let match = innerFolder.exec(folder); match !== null; match = innerFolder.exec(folder)) {
    folder = folder.slice(0, match.index);
    if (folder !== '') folder += '/';
  }
  return folder;
}

/** Accounts of one form; databases with names that lie elsewhere belong to the one account where there is only one. */
export async function findAccounts(files: FileSet, form: DatabaseForm): Promise<readonly Account[]> {
  const roles = new Map<number, 'messages' | 'beside'>();
  const isOfForm = (schema: PeekedSchema): boolean => form.roleOf(schema) !== null;
  for (const index of await findDatabases(files, isOfForm)) {
    const schema = await peekSchema(files.entries[index]!);
    const role = schema === null ? null : form.roleOf(schema);
    if (role !== null) roles.set(index, role);
  }
  const all = [...roles.keys()].sort((one, other) => comparePaths(pathOf(files, one), pathOf(files, other)));
  const messages = all.filter((index) => roles.get(index) === 'messages');
  const folders = [...new Set(messages.map((index) => accountFolder(pathOf(files, index))))];
  return folders.map((folder): Account => {
    const isOfAccount = (index: number): boolean => accountFolder(pathOf(files, index)) === folder;
    const beside = all.filter((index) => roles.get(index) === 'beside' && (folders.length === 1 || isOfAccount(index)));
    return { files, folder, messages: messages.filter(isOfAccount), beside };
  });
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

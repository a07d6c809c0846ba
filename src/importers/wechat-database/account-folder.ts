// The folder of an account above the folders that WeChat's apps make in it.

import { folderOf } from '../archive-files';

/** As WeChat for PC, for Macs, on iPhones and version 4 name them. */
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

/** The name of that folder; '' where the databases lie at the top. */
export function accountName(path: string): string {
  return accountFolder(path).split('/').at(-2) ?? '';
}

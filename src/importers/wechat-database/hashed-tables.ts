// Tables of messages that are named by the MD5 of their chat's id: one a chat.

import type { Row } from '../../bytes/sqlite/row';
import type { DatabaseForm, MessagesInput } from './form';
import type { StoredMessage } from './stored-messages';

export interface HashedChat {
  readonly chatId: string | null;
  readonly chatHash: string;
}

/** Records of all tables that `pattern` fits, whose first group is the hash. */
export function* readHashedTables(
  { archive, book, messages }: MessagesInput,
  pattern: RegExp,
  columns: readonly string[],
  messageOf: (row: Row, chat: HashedChat) => StoredMessage,
): ReturnType<DatabaseForm['readMessages']> {
  const tables = archive.database.tables.filter(({ name }) => pattern.test(name));
  for (const [at, { name }] of tables.entries()) {
    const chatHash = hashOf(name, pattern);
    const chat = { chatHash, chatId: book.idOfHash(chatHash) };
    for (const batch of archive.rows.scan(name, columns)) {
      const records = [...batch.problems];
      for (const placed of batch.rows) messages.write(messageOf(placed.row, chat), placed, name, records);
      yield { records, share: (at + batch.share) / tables.length };
    }
  }
}

export function hashOf(table: string, pattern: RegExp): string {
  return pattern.exec(table)?.[1]?.toLowerCase() ?? '';
}

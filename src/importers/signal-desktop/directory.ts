// Conversations of Signal Desktop, which are people too: every person whom it knows has one.

import type { Row } from '../../bytes/sqlite/row';
import { SqlFault } from '../../bytes/sqlite/statement';
import type { JsonObject } from '../../model/json';
import type { ConversationShape, NeutralRecord } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';
import { parseObject, words } from '../json-fields';
import { createPeople } from '../people';

interface Contact {
  /** As importers/signal-export knows it: account id, number, key of a group; `self` for the owner. */
  readonly sourceId: string;
  readonly name: string | null;
  readonly shape: ConversationShape;
}

export interface SignalDirectory {
  /** Index of the conversation with this id of the database. */
  conversation(id: string | null, out: NeutralRecord[]): number;
  /** Index of a person by account, number, conversation or `selfId`; -1 for null. */
  person(account: string | null, out: NeutralRecord[]): number;
  /** What a person's messages are keyed by. */
  sourceIdOf(account: string | null): string;
  nameOf(account: string | null): string | null;
}

export const selfId = 'self';
const columns = 'id json type name profileName profileFullName e164 serviceId uuid groupId'.split(' ');

/** Reads the small tables whole; their rows go to `out`. */
export function readDirectory({ rows, database }: ArchiveDatabase, out: NeutralRecord[]): SignalDirectory {
  const own = readOwnAccount(database);
  const contacts = new Map<string, Contact>();
  for (const batch of rows.scan('conversations', columns)) {
    out.push(...batch.problems);
    for (const { row, span } of batch.rows) {
      out.push({ type: 'structure', name: 'conversations', ...span });
      const json = parseObject(row.text('json') ?? '') ?? {};
      const contact = readContact(row, json, own);
      for (const key of [row.words('id'), accountOf(row, json), row.words('e164')]) if (key !== null) contacts.set(key, contact);
    }
  }
  const people = createPeople((id) => id === selfId);
  const conversations = new Map<string, number>();
  const find = (account: string | null): Contact | null => contacts.get((account === selfId ? own : account) ?? '') ?? null;
  const sourceIdOf = (account: string | null): string => (account === own ? selfId : (find(account)?.sourceId ?? account ?? ''));
  return {
    sourceIdOf,
    nameOf: (account) => find(account)?.name ?? null,
    conversation(id, records) {
      const { sourceId = null, name = null, shape = 'unknown' } = find(id) ?? {};
      const key = sourceId ?? `conversation ${id}`;
      const known = conversations.get(key);
      if (known !== undefined) return known;
      const index = conversations.size;
      conversations.set(key, index);
      records.push({ type: 'conversation', index, sourceId, name, shape });
      return index;
    },
    person: (account, records) => (account === null ? -1 : people.withId(sourceIdOf(account), find(account)?.name ?? null, records)),
  };
}

/** `items` says the owner's account as `<account>.<device>`; '' where it does not. */
function readOwnAccount(database: ArchiveDatabase['database']): string {
  if (database.table('items') === null) return '';
  try {
    for (const row of database.query("SELECT json FROM items WHERE id = 'uuid_id'"))
      return (words(parseObject(row.text('json') ?? '')?.['value']) ?? '').replace(/\.\d{1,6}$/, '');
  } catch (error) {
    if (!(error instanceof SqlFault)) throw error;
  }
  return '';
}

function accountOf(row: Row, json: JsonObject): string | null {
  return row.words('serviceId') ?? row.words('uuid') ?? words(json['serviceId']) ?? words(json['uuid']);
}

function readContact(row: Row, json: JsonObject, own: string): Contact {
  const account = accountOf(row, json);
  const name = row.words('name') ?? words(json['name']);
  if (row.text('type') === 'group')
    return { sourceId: words(json['masterKey']) ?? row.words('groupId') ?? row.text('id') ?? '', name, shape: 'group' };
  const given = words([json['nicknameGivenName'], json['nicknameFamilyName']].flatMap((part) => words(part) ?? []).join(' '));
  const shown = given ?? name ?? row.words('profileFullName') ?? row.words('profileName') ?? row.words('e164');
  if (account !== null && account === own) return { sourceId: selfId, name: shown, shape: 'self' };
  return { sourceId: account ?? row.words('e164') ?? row.text('id') ?? '', name: shown, shape: 'direct' };
}

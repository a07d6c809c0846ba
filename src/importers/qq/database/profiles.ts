// Names of people and groups, and which QQ number a uid has.

import type { Row } from '../../../bytes/sqlite/row';
import type { NeutralRecord } from '../../../model/record';
import type { ArchiveDatabase } from '../../archive-databases';

export class Profiles {
  readonly #numbers = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #groups = new Map<string, string>();
  readonly #cards = new Map<string, string>();
  readonly #seen = new Map<string, string>();

  /** Of a uid, as far as known. */
  numberOf(uid: string | null): string | null {
    return uid === null ? null : (this.#numbers.get(uid) ?? null);
  }

  /** Of a number or a uid: the owner's own name for them, else the one that they gave themselves. */
  nameOf(account: string | null): string | null {
    return account === null ? null : (this.#names.get(account) ?? null);
  }

  /** The name that a line of the app shows for a uid: as `nameOf`, else the last that a message was under. */
  shownName(uid: string): string | null {
    return this.nameOf(this.numberOf(uid) ?? uid) ?? this.#seen.get(uid) ?? null;
  }

  see(uid: string | null, nick: string | null): void {
    if (uid !== null && nick !== null) this.#seen.set(uid, nick);
  }

  groupName(group: string | null): string | null {
    return group === null ? null : (this.#groups.get(group) ?? null);
  }

  cardOf(group: string | null, account: string): string | null {
    return this.#cards.get(`${group} ${account}`) ?? null;
  }

  /** A uid and the number that belongs to it; a name for both. */
  add(uid: string | null, number: string | null, name: string | null): void {
    if (uid !== null && number !== null) this.#numbers.set(uid, number);
    for (const account of [uid, number]) if (account !== null && name !== null) this.#names.set(account, name);
  }

  addGroup(group: string | null, name: string | null): void {
    if (group !== null && name !== null) this.#groups.set(group, name);
  }

  addCard(group: string | null, account: string | null, card: string | null): void {
    if (group !== null && account !== null && card !== null) this.#cards.set(`${group} ${account}`, card);
  }
}

/** A QQ number; 0 and what is no number are none. */
export function numberIn(row: Row, name: string): string | null {
  const text = row.words(name);
  return text !== null && /^[1-9]\d{4,14}$/.test(text) ? text : null;
}

/** Reads what there is of tables with names; their rows go to `out`. */
export function readProfiles({ rows }: ArchiveDatabase, profiles: Profiles, out: NeutralRecord[]): void {
  const readTable = (table: string, columns: readonly string[], take: (row: Row) => void): void => {
    for (const batch of rows.scan(table, columns)) {
      out.push(...batch.problems);
      for (const { row, span } of batch.rows) {
        out.push({ type: 'structure', name: table, ...span });
        take(row);
      }
    }
  };
  readTable('nt_uid_mapping_table', ['48902', '1002'], (row) => profiles.add(row.words('48902'), numberIn(row, '1002'), null));
  readTable('buddy_list', ['1000', '1002'], (row) => profiles.add(row.words('1000'), numberIn(row, '1002'), null));
  readTable('profile_info_v6', ['1000', '1002', '20002', '20009'], (row) =>
    profiles.add(row.words('1000'), numberIn(row, '1002'), row.words('20009') ?? row.words('20002')),
  );
  for (const table of ['group_detail_info_ver1', 'group_list'])
    readTable(table, ['60001', '60007', '60026'], (row) =>
      profiles.addGroup(numberIn(row, '60001'), row.words('60026') ?? row.words('60007')),
    );
  readTable('group_member3', ['60001', '1000', '1002', '64003', '20002'], (row) => {
    const [uid, number] = [row.words('1000'), numberIn(row, '1002')];
    profiles.add(uid, number, profiles.nameOf(number ?? uid) ?? row.words('20002'));
    profiles.addCard(numberIn(row, '60001'), number ?? uid, row.words('64003'));
  });
}

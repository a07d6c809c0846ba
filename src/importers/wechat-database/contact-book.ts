// People and groups of one account: names by WeChat's ids, cards of groups, and ids by their MD5, by which tables are named.

import { readProtobuf } from '../../bytes/protobuf';
import { md5Hex } from '../../crypto/md5';
import type { JsonObject } from '../../model/json';
import { extraOf } from '../wechat/message-body';

export interface ContactFields {
  readonly remark: string | null;
  readonly nickname: string | null;
  readonly alias: string | null;
}

export class ContactBook {
  readonly #contacts = new Map<string, ContactFields>();
  readonly #cards = new Map<string, string>();
  readonly #hashes = new Map<string, string>();
  readonly #ids = new Set<string>();
  /** Known ids whose hash was not taken yet. */
  #pending: string[] = [];

  /** What is known of an id already stays where the new fields have nothing. */
  add(id: string, { remark, nickname, alias }: ContactFields): void {
    const known = this.#contacts.get(id);
    const fields = { remark: remark ?? known?.remark ?? null, nickname: nickname ?? known?.nickname ?? null };
    this.#contacts.set(id, { ...fields, alias: alias ?? known?.alias ?? null });
    this.addId(id);
  }

  /** An id of which no more is known; its hash may name a table. */
  addId(id: string): void {
    if (id === '' || this.#ids.has(id)) return;
    this.#ids.add(id);
    this.#pending.push(id);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** The name that a member has in a group. */
  addCard(room: string, member: string, card: string): void {
    this.#cards.set(`${room} ${member}`, card);
  }

  /** `RoomData`, in which a group of any WeChat keeps its members: field 1, with 1 the id and 2 the card. */
  addRoomData(room: string, bytes: Uint8Array | null): void {
    if (bytes === null) return;
    for (const member of readProtobuf(bytes).messages(1)) {
      const [id, card] = [member.words(1), member.words(2)];
      if (id === null) continue;
      this.addId(id);
      if (card !== null) this.addCard(room, id, card);
    }
  }

  /** The owner's own name for someone, else the one that they gave themselves. */
  nameOf(id: string): string | null {
    const contact = this.#contacts.get(id);
    return contact?.remark ?? contact?.nickname ?? contact?.alias ?? null;
  }

  cardOf(room: string | null, member: string): string | null {
    return room === null ? null : (this.#cards.get(`${room} ${member}`) ?? null);
  }

  /** What is known of an id beside its name. */
  extraOf(id: string): JsonObject | null {
    const contact = this.#contacts.get(id);
    if (contact === undefined) return null;
    const { remark, nickname, alias } = contact;
    const name = this.nameOf(id);
    return extraOf([
      ['nickname', remark === null || nickname === name ? null : nickname],
      ['alias', alias === name ? null : alias],
    ]);
  }

  /** The id whose MD5 this is, among all that are known; null where it is none of them. */
  idOfHash(hash: string): string | null {
    for (const id of this.#pending) this.#hashes.set(md5Hex(id), id);
    this.#pending = [];
    return this.#hashes.get(hash.toLowerCase()) ?? null;
  }
}

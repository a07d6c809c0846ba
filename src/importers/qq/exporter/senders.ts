// Senders of qq-chat-exporter's messages as people: by QQ number where one is given, else by uid.

import type { JsonObject } from '../../../model/json';
import type { PersonRecord } from '../../../model/record';
import { membersBeyond, words } from '../../json-fields';
import { createPeople, ownerById } from '../people';
import { accountOf } from './export-head';

export interface Senders {
  /** Index of the sender, -1 where there is none, and what the message says of them that the person does not have. */
  indexOf(sender: JsonObject): { readonly index: number; readonly extra: JsonObject };
}

/** Said of the message, or pictures as data URLs. */
const neutralMembers = new Set(['uin', 'name', 'title', 'avatarBase64']);

/** `owner` is an answer to the question of that name; what the export says of its owner comes first. */
export function createSenders(chat: JsonObject, owner: string | null, emit: (person: PersonRecord) => void): Senders {
  const self = accountOf(chat['selfUin'], chat['selfUid']);
  const selfUid = words(chat['selfUid']);
  const people = createPeople(self === null ? owner : ownerById(self), emit);
  /** A uid may come with a number once and without another time. */
  const idByUid = new Map<string, string>();
  return {
    indexOf(sender) {
      const uid = words(sender['uid']);
      const id = (uid === null ? undefined : idByUid.get(uid)) ?? accountOf(sender['uin'], uid);
      if (id === null) return { index: -1, extra: namesOf(sender) };
      if (uid !== null) idByUid.set(uid, id);
      const name = words(sender['name']);
      const index = people.byId(id, name, membersBeyond(sender, neutralMembers));
      if (uid !== null && uid === selfUid) people.markOwner(index);
      const other = people.otherName(index, name);
      const title = words(sender['title']);
      return { index, extra: { ...(title === null ? {} : { senderTitle: title }), ...(other === null ? {} : { senderName: other }) } };
    },
  };
}

function namesOf(sender: JsonObject): JsonObject {
  const rest = membersBeyond(sender, new Set(['uid', 'uin', 'avatarBase64']));
  return rest === null ? {} : { sender: rest };
}

// Google Chat's part of Takeout. See README.md.

import type { FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer } from '../importer';
import { idOf, objectsOf, words } from '../json-fields';
import { createJsonReader } from '../json-pieces';
import type { JsonTaker } from '../json-pieces';
import { createPeople } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { readJsonRecords } from '../record-batches';
import { toConversation } from './chat-group';
import type { GroupInfo } from './chat-group';
import { findAccounts, layoutOf, memberOf, messagePaths } from './chat-layout';
import type { ChatMember } from './chat-layout';
import { toMessage } from './chat-message';
import type { ChatContext } from './chat-message';
import { ask, chosenOwner, readOwners } from './chat-owner';

/** Importer of `Google Chat/Groups`: an account is one archive, a folder one conversation. */
export const googleChat: Importer = {
  format: 'google-chat-takeout',
  source: 'google-chat',
  detect,
  ask,
  async *read(files, detection, { answers, onBytes }) {
    const { groups, users } = layoutOf(files, detection.entries);
    const owners = await readOwners(files, users);
    const owner = owners.length === 1 ? owners[0]! : await chosenOwner(files, detection, answers['owner']);
    const people = createPeople((id) => id === (owner?.email ?? owner?.name));
    const out: NeutralRecord[] = [];
    if (owner?.email) people.withId(owner.email, owner.name, out);
    yield out;
    const infos = new Map(groups.map(({ messages, info }) => [info, messages]));
    const numbers = new Map(groups.map(({ messages }, number) => [messages, number]));
    const members = new Map<number, GroupInfo>();
    const order = [...users, ...groups.flatMap(({ messages, info }) => (info === -1 ? [messages] : [info, messages]))];
    yield* readInTurn(files, order, onBytes, (place) => {
      const number = numbers.get(place.entry);
      const group = infos.get(place.entry);
      if (number === undefined) {
        const info: GroupInfo = { name: null, members: null };
        if (group !== undefined) members.set(group, info);
        return readJsonRecords(place, { paths: ['membership_info[*]'] }, createJsonReader(place.entry, infoTaker(info)));
      }
      const context = { files, folder: folderOf(files.entries[place.entry]?.path ?? ''), conversation: number, people };
      const taker = messageTaker(context, members.get(place.entry) ?? null, owner);
      return readJsonRecords(place, { paths: messagePaths }, createJsonReader(place.entry, taker));
    });
  },
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const entries of await findAccounts(files)) {
    const { groups, users } = layoutOf(files, entries);
    const owners = await readOwners(files, users);
    const title = owners.length === 1 ? (owners[0]?.name ?? owners[0]?.email ?? null) : null;
    found.push({
      format: 'google-chat-takeout',
      formatVersion: 'takeout',
      source: 'google-chat',
      entries,
      title,
      isSingle: groups.length === 1,
    });
  }
  return found;
}

/** Of `group_info.json` name and members are taken; `user_info.json` was read before. */
function infoTaker(info: GroupInfo): JsonTaker {
  return {
    takeItem: (_element, { span }, out) => void out.push(structureOf('membership', span)),
    takeMember(value, { key, parent }) {
      if (parent.length > 0) return 'other';
      if (key === 'name') info.name = words(value);
      if (key === 'members') info.members = objectsOf(value).flatMap((member) => memberOf(member) ?? []);
      return key === 'members' ? 'members' : 'account';
    },
  };
}

function messageTaker(context: ChatContext, info: GroupInfo | null, owner: ChatMember | null): JsonTaker {
  let isOpen = false;
  return {
    takeItem(element, { span, text }, out) {
      if (!isOpen) {
        for (const { email, name, isBot } of info?.members ?? [])
          if (email !== null) context.people.withId(email, name, out, isBot ? { isBot } : null);
        out.push(toConversation(context, idOf(element['message_id']), info, owner));
      }
      isOpen = true;
      out.push(toMessage(element, context, span, out) ?? problemOf('bad-time', text, span));
    },
  };
}

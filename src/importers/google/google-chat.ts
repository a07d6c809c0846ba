// Google Chat's part of Takeout. See README.md.

import type { FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { detectBytes, folderOf } from '../archive-files';
import { readInTurn } from '../entry-sequence';
import type { Detection, Importer } from '../importer';
import { idOf, objectsOf, words } from '../json-fields';
import { createJsonReader } from '../json-pieces';
import type { JsonTaker } from '../json-pieces';
import { createPeople } from '../people';
import { problemOf, structureOf } from '../problem-record';
import { readJsonRecords } from '../record-batches';
import { openConversation } from './chat-group';
import type { GroupInfo } from './chat-group';
import { findAccounts, layoutOf, messagePaths } from './chat-layout';
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
    const numbers = new Map(groups.flatMap(({ messages, info }, number) => [[messages, number] as const, [info, number] as const]));
    const infos = new Map<number, GroupInfo>();
    const order = [...users, ...groups.flatMap(({ messages, info }) => [info, messages].filter((entry) => entry !== -1))];
    yield* readInTurn(files, order, onBytes, (place) => {
      const number = numbers.get(place.entry);
      const group = groups[number ?? -1];
      const isMessages = group?.messages === place.entry;
      const folder = folderOf(files.entries[place.entry]?.path ?? '');
      const open: OpenConversation = (messageId, out) => {
        const context = { files, folder, conversation: number ?? 0, people };
        openConversation(context, messageId, infos.get(number ?? -1) ?? null, owner, out);
        return context;
      };
      if (isMessages) return readJsonRecords(place, { paths: messagePaths }, createJsonReader(place.entry, messageTaker(open)));
      const info: GroupInfo = { name: null, members: null };
      if (number !== undefined) infos.set(number, info);
      const taker = infoTaker(info, group?.messages === -1 ? open : null);
      return readJsonRecords(place, { paths: ['membership_info[*]'] }, createJsonReader(place.entry, taker));
    });
  },
};

/** Appends the conversation. `messageId` is that of its first message, null where there is none. */
type OpenConversation = (messageId: string | null, out: NeutralRecord[]) => ChatContext;

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const entries of await findAccounts(files)) {
    const { groups, users } = layoutOf(files, entries);
    const owners = await readOwners(files, users, detectBytes);
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

/** Of `group_info.json` name and members are taken; without messages it is the whole conversation. `user_info.json` was read before. */
function infoTaker(info: GroupInfo, open: OpenConversation | null): JsonTaker {
  return {
    takeItem: (_element, { span }, out) => void out.push(structureOf('membership', span)),
    takeMember(value, { key, parent }) {
      if (parent.length > 0) return 'other';
      if (key === 'name') info.name = words(value);
      if (key === 'members') info.members = objectsOf(value);
      return key === 'members' ? 'members' : 'account';
    },
    end: (out) => void open?.(null, out),
  };
}

/** A conversation is known by the id of its first message, and there too where it has none. */
function messageTaker(open: OpenConversation): JsonTaker {
  let context: ChatContext | null = null;
  return {
    takeItem(element, { span, text }, out) {
      context ??= open(idOf(element['message_id']), out);
      out.push(toMessage(element, context, span, out) ?? problemOf('bad-time', text, span));
    },
    end: (out) => void (context ?? open(null, out)),
  };
}

// Whose account Google Chat's files are of: `user_info.json` says it, else it is asked.

import type { FileSet } from '../../bytes/source';
import type { Detection, Question } from '../importer';
import { objectsOf } from '../json-fields';
import { countMembers, optionLimit } from '../member-count';
import { layoutOf, memberOf, readHeadMembers, readHeadMessages } from './chat-layout';
import type { ChatMember } from './chat-layout';

/** Those whom the `user_info.json` of a set name, one as a rule; of each file `limitBytes` are read, by default all. */
export async function readOwners(files: FileSet, users: readonly number[], limitBytes = Infinity): Promise<readonly ChatMember[]> {
  const owners = new Map<string, ChatMember>();
  for (const user of users.slice(0, optionLimit)) {
    const owner = memberOf((await readHeadMembers(files, user, { limitBytes, last: 'user' })).get('user'));
    if (owner !== null) owners.set(keyOf(owner), owner);
  }
  return [...owners.values()];
}

/** Of so many conversations at most the members are counted for a question. */
const askedGroups = 1000;

/** Asked only where `user_info.json` is not there; who is in every conversation may be the owner. */
export async function ask(files: FileSet, detection: Detection): Promise<readonly Question[]> {
  const { groups, users } = layoutOf(files, detection.entries);
  const owners = await readOwners(files, users);
  if (owners.length === 1) return [];
  const count = countMembers(owners.map(keyOf));
  for (const { messages, info } of groups.slice(0, askedGroups)) {
    const listed = info === -1 ? null : objectsOf((await readHeadMembers(files, info)).get('members'));
    const source = files.entries[messages]?.open();
    const seen = listed ?? (source === undefined ? [] : (await readHeadMessages(source)).map(({ creator }) => creator ?? null));
    const members = seen.flatMap((value) => memberOf(value) ?? []);
    count.take(members.map((member) => [keyOf(member), member.name]));
  }
  return [count.question()].filter((question) => question !== null);
}

/** What a member is known by. */
export function keyOf({ email, name }: ChatMember): string {
  return email ?? name ?? '';
}

/** The owner by the answer, else by the guess; null where nobody is. */
export async function chosenOwner(files: FileSet, detection: Detection, answer: string | undefined): Promise<ChatMember | null> {
  const key = answer ?? (await ask(files, detection))[0]?.guess ?? null;
  if (key === null) return null;
  return key.includes('@') ? { email: key, name: null, isBot: false } : { email: null, name: key, isBot: false };
}

// What stands in files beside the messages: contacts, groups, distribution lists, polls and reactions. Held while messages are read.

import type { MessageFacts, Reaction } from '../../model/record';
import type { ReadCell } from './row';

/** Rows of all of them together; more than that are problems. */
const rowLimit = 1_000_000;

export interface Group {
  readonly id: string;
  readonly creator: string;
  readonly name: string | null;
  readonly members: readonly string[];
  readonly description: string | null;
}

export interface SideTables {
  /** Takes a row of the file so named; false where there are too many. */
  take(file: string, cell: ReadCell): boolean;
  /** The name of the person with this id: of the address book, else the one they gave themselves. */
  nameOf(identity: string): string | null;
  /** The identity behind a name of a file: newer versions give contacts a number of their own there. */
  identityOf(suffix: string): string;
  /** A group by what names its file: its uid, or its id and creator. */
  group(suffix: string): Group | null;
  list(id: string): string | null;
  reactions(conversation: string, apiId: string): readonly Reaction[];
  poll(ids: readonly string[]): NonNullable<MessageFacts['poll']> | null;
}

interface Poll {
  readonly question: string;
  readonly closed: boolean;
  readonly choices: Map<string, { readonly text: string; votes: number; readonly order: number }>;
}

interface Held {
  readonly names: Map<string, string>;
  readonly identities: Map<string, string>;
  readonly groups: Map<string, Group>;
  readonly lists: Map<string, string>;
  readonly reactions: Map<string, Map<string, string[]>>;
  readonly polls: Map<string, Poll>;
}

type TakeRow = (held: Held, cell: ReadCell) => void;

/** By the file, in the order in which they must be read: choices after polls, votes after choices. */
const files: ReadonlyMap<string, TakeRow> = new Map<string, TakeRow>([
  ['contacts.csv', takeContact],
  ['groups.csv', takeGroup],
  ['distribution_list.csv', ({ lists }, cell) => void lists.set(cell('id'), cell('distribution_list_name') || cell('name'))],
  ['ballot.csv', takePoll],
  ['ballot_choice.csv', takeChoice],
  ['ballot_vote.csv', takeVote],
  ['contact_reactions.csv', (held, cell) => takeReaction(held, cell('identity'), cell)],
  ['group_reactions.csv', (held, cell) => takeReaction(held, groupId(cell('api_group_id'), cell('group_creator_identity')), cell)],
]);

export const isSideTable = (name: string): boolean => files.has(name);
/** Its place among them. */
export const sideTableOrder = (name: string): number => [...files.keys()].indexOf(name);
export const groupId = (id: string, creator: string): string => `${id.toLowerCase()}-${creator}`;

export function createSideTables(): SideTables {
  const held: Held = {
    names: new Map(),
    identities: new Map(),
    groups: new Map(),
    lists: new Map(),
    reactions: new Map(),
    polls: new Map(),
  };
  let rows = 0;
  const nameOf = (identity: string): string | null => held.names.get(identity) ?? null;
  return {
    nameOf,
    take(file, cell) {
      if (++rows > rowLimit) return false;
      files.get(file)?.(held, cell);
      return true;
    },
    identityOf: (suffix) => held.identities.get(suffix) ?? suffix,
    group: (suffix) => held.groups.get(suffix) ?? held.groups.get(suffix.replace(/^[^-]*/, (id) => id.toLowerCase())) ?? null,
    list: (id) => held.lists.get(id) || null,
    reactions(conversation, apiId) {
      const found = held.reactions.get(`${conversation} ${apiId}`) ?? new Map<string, string[]>();
      return [...found].map(([emoji, by]) => ({ emoji, count: by.length, by: by.map((identity) => nameOf(identity) ?? identity) }));
    },
    poll(ids) {
      const poll = ids.map((id) => held.polls.get(id)).find((each) => each !== undefined);
      if (poll === undefined) return null;
      const options = [...poll.choices.values()].sort((one, other) => one.order - other.order).map(({ text, votes }) => ({ text, votes }));
      return { question: poll.question, options, ...(poll.closed && { closed: true }) };
    },
  };
}

function takeContact({ names, identities }: Held, cell: ReadCell): void {
  const identity = cell('identity');
  const name = [cell('firstname'), cell('lastname')].filter((part) => part !== '').join(' ') || cell('nick_name');
  if (name !== '') names.set(identity, name);
  if (cell('identity_id') !== '') identities.set(cell('identity_id'), identity);
}

function takeGroup({ groups }: Held, cell: ReadCell): void {
  const group: Group = {
    id: cell('id'),
    creator: cell('creator'),
    name: cell('groupname') || null,
    members: cell('members')
      .split(';')
      .filter((member) => member !== ''),
    description: cell('groupDesc') || null,
  };
  groups.set(groupId(group.id, group.creator), group);
  if (cell('group_uid') !== '') groups.set(cell('group_uid'), group);
}

/** A poll is known by its own id, and by the creator's id of it with the creator: both are seen in what refers to it. */
function takePoll({ polls }: Held, cell: ReadCell): void {
  const poll: Poll = { question: cell('name'), closed: cell('state') === 'CLOSED', choices: new Map() };
  for (const id of [cell('id'), `${cell('aid')}-${cell('creator')}`]) polls.set(id, poll);
}

function takeChoice({ polls }: Held, cell: ReadCell): void {
  const votes = Number(cell('vote_count'));
  const choice = { text: cell('name'), votes: Number.isSafeInteger(votes) && votes > 0 ? votes : 0, order: Number(cell('order')) || 0 };
  polls.get(cell('ballot'))?.choices.set(cell('id'), choice);
}

function takeVote({ polls }: Held, cell: ReadCell): void {
  const choice = polls.get(cell('ballot_uid'))?.choices.get(cell('choice_uid'));
  if (choice !== undefined && cell('choice') === '1') choice.votes++;
}

function takeReaction({ reactions }: Held, conversation: string, cell: ReadCell): void {
  const key = `${conversation} ${cell('api_message_id')}`;
  const byEmoji = reactions.get(key) ?? new Map<string, string[]>();
  reactions.set(key, byEmoji);
  const emoji = cell('emoji_sequence');
  const by = byEmoji.get(emoji);
  if (by === undefined) byEmoji.set(emoji, [cell('sender_identity')]);
  else by.push(cell('sender_identity'));
}

// Recipients of a backup, who are people and groups, and its threads. Ids are those of importers/signal-export: the account's id, else
// the number, the group's master key, `self` for the owner.

import { encodeBase64 } from '../../bytes/base64';
import type { Row } from '../../bytes/sqlite/row';
import type { ConversationShape, NeutralRecord } from '../../model/record';
import { createPeople } from '../people';

export const selfId = 'self';

interface Recipient {
  readonly account: string | null;
  readonly number: string | null;
  readonly groupId: string | null;
  readonly name: string | null;
  /** 4: a list for stories, 5: a link to calls. */
  readonly type: number;
}

interface Group {
  readonly title: string | null;
  readonly masterKey: string | null;
}

/** Everything that names someone, as it comes. */
export interface DirectoryFacts {
  addRecipient(row: Row): void;
  addGroup(row: Row): void;
  addThread(row: Row): void;
  /** The owner's account or number, as settings say it. */
  addOwn(accountOrNumber: string): void;
  /** The owner's recipient, as messages that they sent say it: only where no setting does. */
  addSender(recipient: string): void;
}

export interface SignalDirectory extends DirectoryFacts {
  /** Index of the conversation that a thread is; emits it before its first use. */
  conversation(thread: string | null, out: NeutralRecord[]): number;
  /** Index of a person by recipient or `selfId`; -1 for null. */
  person(recipient: string | null, out: NeutralRecord[]): number;
  /** What a person's messages are keyed by. */
  sourceIdOf(recipient: string | null): string;
  nameOf(recipient: string | null): string | null;
  /** The name of the account with this id, which mentions use. */
  nameOfAccount(account: string): string | null;
}

const newestTypes = { list: 4, callLink: 5 } as const;
const groupPrefix = /^__(?:textsecure|signal)_/;

export function createDirectory(): SignalDirectory {
  const recipients = new Map<string, Recipient>();
  const byAccount = new Map<string, string | null>();
  const groups = new Map<string, Group>();
  const threads = new Map<string, string>();
  const conversations = new Map<string, number>();
  const own = { ids: new Set<string>(), sender: null as string | null, recipient: null as Recipient | null };
  const people = createPeople((id) => id === selfId);

  /** Before 2020 messages had addresses where they now have numbers of recipients. */
  const find = (key: string): Recipient => recipients.get(key) ?? recipientOfAddress(key);
  const isSelf = (key: string): boolean => {
    if (key === selfId) return true;
    const { account, number, groupId } = find(key);
    if (groupId !== null) return false;
    if (own.ids.size === 0) return key === own.sender;
    return own.ids.has(account ?? '') || own.ids.has(number ?? '');
  };
  const groupOf = (groupId: string | null): Group | null => (groupId === null ? null : (groups.get(groupId) ?? null));
  const sourceIdOf = (key: string | null): string => {
    if (key === null) return '';
    if (isSelf(key)) return selfId;
    const { account, number, groupId } = find(key);
    return groupOf(groupId)?.masterKey ?? groupId ?? account ?? number ?? `recipient-${key}`;
  };
  const nameOf = (key: string | null): string | null => {
    if (key === null) return null;
    if (key === selfId) own.recipient ??= ownRecipient(recipients, isSelf);
    const known = key === selfId ? own.recipient : find(key);
    return groupOf(known?.groupId ?? null)?.title ?? known?.name ?? null;
  };
  return {
    sourceIdOf,
    nameOf,
    nameOfAccount: (account) => byAccount.get(account) ?? null,
    addRecipient(row) {
      const key = row.words('_id');
      if (key === null) return;
      const recipient = readRecipient(row);
      recipients.set(key, recipient);
      if (recipient.account !== null) byAccount.set(recipient.account, recipient.name);
      // The oldest table has no other key than the address.
      const address = row.words('recipient_ids') ?? row.words('address');
      if (address !== null) recipients.set(address, recipient);
    },
    addGroup(row) {
      const groupId = row.words('group_id');
      if (groupId === null) return;
      const masterKey = row.blob('master_key');
      groups.set(groupId, { title: row.words('title'), masterKey: masterKey?.length === 32 ? encodeBase64(masterKey) : null });
    },
    addThread(row) {
      const recipient = row.words('recipient_id') ?? row.words('thread_recipient_id') ?? row.words('recipient_ids');
      const thread = row.words('_id');
      if (thread !== null && recipient !== null) threads.set(thread, recipient);
    },
    addOwn: (accountOrNumber) => void own.ids.add(accountOrNumber),
    addSender: (recipient) => void (own.sender ??= recipient),
    conversation(thread, out) {
      const recipient = threads.get(thread ?? '') ?? null;
      const sourceId = recipient === null ? `thread-${thread ?? ''}` : sourceIdOf(recipient);
      const known = conversations.get(sourceId);
      if (known !== undefined) return known;
      const index = conversations.size;
      conversations.set(sourceId, index);
      const shape = recipient === null ? 'unknown' : isSelf(recipient) ? 'self' : shapeOf(find(recipient));
      out.push({ type: 'conversation', index, sourceId, name: nameOf(recipient), shape });
      return index;
    },
    person: (recipient, out) => (recipient === null ? -1 : people.withId(sourceIdOf(recipient), nameOf(recipient), out)),
  };
}

function ownRecipient(recipients: ReadonlyMap<string, Recipient>, isSelf: (key: string) => boolean): Recipient | null {
  for (const [key, recipient] of recipients) if (isSelf(key)) return recipient;
  return null;
}

function recipientOfAddress(address: string): Recipient {
  const groupId = groupPrefix.test(address) ? address : null;
  const number = groupId === null && /^\+\d{5,20}$/.test(address) ? address : null;
  return { account: null, number, groupId, name: number, type: 0 };
}

function readRecipient(row: Row): Recipient {
  const number = row.words('e164') ?? row.words('phone');
  const name =
    row.words('nickname_joined_name') ??
    row.words('system_joined_name') ??
    row.words('system_display_name') ??
    row.words('profile_joined_name') ??
    joinName(row.words('profile_given_name'), row.words('profile_family_name')) ??
    joinName(row.words('signal_profile_name'), null) ??
    row.words('username') ??
    number ??
    row.words('email');
  const account = (row.words('aci') ?? row.words('uuid'))?.toLowerCase() ?? null;
  return { account, number, groupId: row.words('group_id'), name, type: row.whole('type') ?? row.whole('group_type') ?? 0 };
}

/** Given and family name as Signal's profiles have them: in old ones two parts with a zero character between them. */
function joinName(given: string | null, family: string | null): string | null {
  return [given, family].flatMap((part) => part?.split('\0') ?? []).filter(Boolean).join(' ') || null; // prettier-ignore
}

function shapeOf({ groupId, type }: Recipient): ConversationShape {
  if (groupId !== null) return 'group';
  return type === newestTypes.list || type === newestTypes.callLink ? 'unknown' : 'direct';
}

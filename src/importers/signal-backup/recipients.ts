// Recipients of a backup, who are people and groups. Ids are those of importers/signal-export: the account's id, else the number, the
// group's master key, `self` for the owner.

import { encodeBase64 } from '../../bytes/base64';
import type { Row } from '../../bytes/sqlite/row';
import type { ConversationShape } from '../../model/record';

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

const listTypes: ReadonlySet<number> = new Set([4, 5]);
const groupPrefix = /^__(?:textsecure|signal)_/;
const masterKeyBytes = 32;

/** A recipient's key is its number in the database or, before 2020, its address. All facts come before the first question. */
export class Recipients {
  readonly #recipients = new Map<string, Recipient>();
  readonly #names = new Map<string, string | null>();
  readonly #groups = new Map<string, Group>();
  readonly #ownIds = new Set<string>();
  #sender: string | null = null;
  #own: Recipient | null = null;

  addRecipient(row: Row): void {
    const key = row.words('_id');
    if (key === null) return;
    // The oldest table has no other key than the address.
    const address = row.words('recipient_ids') ?? row.words('address');
    const recipient = readRecipient(row, address);
    this.#recipients.set(address ?? key, recipient);
    if (recipient.account !== null) this.#names.set(recipient.account, recipient.name);
  }

  addGroup(row: Row): void {
    const groupId = row.words('group_id');
    if (groupId === null) return;
    const key = row.blob('master_key');
    this.#groups.set(groupId, { title: row.words('title'), masterKey: key?.length === masterKeyBytes ? encodeBase64(key) : null });
  }

  /** The owner's account or number, as settings say it. */
  addOwn(accountOrNumber: string): void {
    this.#ownIds.add(accountOrNumber);
  }

  /** The owner's recipient, as a message that they sent says it: only where no setting does. */
  addSender(key: string): void {
    this.#sender ??= key;
  }

  isSelf(key: string): boolean {
    if (key === selfId) return true;
    const { account, number, groupId } = this.#find(key);
    if (groupId !== null) return false;
    return this.#ownIds.size === 0 ? key === this.#sender : this.#ownIds.has(account ?? '') || this.#ownIds.has(number ?? '');
  }

  /** What a person's messages, or a conversation, are keyed by; '' for null. */
  sourceIdOf(key: string | null): string {
    if (key === null) return '';
    if (this.isSelf(key)) return selfId;
    const { account, number, groupId } = this.#find(key);
    return this.#groups.get(groupId ?? '')?.masterKey ?? groupId ?? account ?? number ?? `recipient-${key}`;
  }

  nameOf(key: string | null): string | null {
    if (key === null) return null;
    const known = key === selfId ? this.#findOwn() : this.#find(key);
    return this.#groups.get(known?.groupId ?? '')?.title ?? known?.name ?? null;
  }

  /** The name of the account with this id, which mentions use. */
  nameOfAccount(account: string): string | null {
    return this.#names.get(account) ?? null;
  }

  shapeOf(key: string): ConversationShape {
    if (this.isSelf(key)) return 'self';
    const { groupId, type } = this.#find(key);
    if (groupId !== null) return 'group';
    return listTypes.has(type) ? 'unknown' : 'direct';
  }

  #find(key: string): Recipient {
    return this.#recipients.get(key) ?? recipientOfAddress(key);
  }

  #findOwn(): Recipient | null {
    if (this.#own === null) for (const [key, recipient] of this.#recipients) if (this.isSelf(key)) this.#own ??= recipient;
    return this.#own;
  }
}

function recipientOfAddress(address: string): Recipient {
  const groupId = groupPrefix.test(address) ? address : null;
  const number = groupId === null && /^\+\d{5,20}$/.test(address) ? address : null;
  return { account: null, number, groupId, name: number, type: 0 };
}

function readRecipient(row: Row, address: string | null): Recipient {
  const known = address === null ? null : recipientOfAddress(address);
  const number = row.words('e164') ?? row.words('phone') ?? known?.number ?? null;
  return {
    account: (row.words('aci') ?? row.words('uuid'))?.toLowerCase() ?? null,
    number,
    groupId: row.words('group_id') ?? known?.groupId ?? null,
    name: readName(row) ?? row.words('username') ?? number ?? row.words('email'),
    type: row.whole('type') ?? row.whole('group_type') ?? 0,
  };
}

/** The owner's own name for someone before the address book's, and that before their own. */
function readName(row: Row): string | null {
  return (
    row.words('nickname_joined_name') ??
    row.words('system_joined_name') ??
    row.words('system_display_name') ??
    row.words('profile_joined_name') ??
    joinName(row.words('profile_given_name'), row.words('profile_family_name')) ??
    joinName(row.words('signal_profile_name'), null)
  );
}

/** Given and family name as Signal's profiles have them: in old ones one text, with a zero character between the two. */
function joinName(given: string | null, family: string | null): string | null {
  const parts = [given, family].flatMap((part) => part?.split('\0') ?? []);
  return parts.filter(Boolean).join(' ') || null;
}

// What hangs on messages in other tables: files, reactions, mentions, calls, polls, older versions. Those tables come behind the messages
// in a backup, so all of their rows are gathered before; of each only what a message needs.

import type { Row } from '../../bytes/sqlite/row';
import type { Json, JsonObject } from '../../model/json';

/** A row of `attachment` or, before 2024, `part`. */
export interface AttachedFile {
  readonly rowId: string;
  readonly mime: string | null;
  readonly name: string | null;
  readonly sizeBytes: number | null;
  readonly isVoice: boolean;
  readonly isAnimation: boolean;
  readonly isSticker: boolean;
  readonly emoji: string | null;
  readonly caption: string | null;
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  /** True where Signal has all of it. */
  readonly isFetched: boolean;
  readonly order: number;
}

export interface AttachedReaction {
  readonly emoji: string;
  readonly author: string | null;
}

export interface AttachedMention {
  readonly recipient: string;
  readonly start: number;
  readonly length: number;
}

export interface AttachedCall {
  readonly event: number;
  readonly isVideo: boolean;
  readonly raw: JsonObject;
}

export interface AttachedPoll {
  readonly pollId: string;
  readonly question: string;
  readonly isClosed: boolean;
}

export interface OlderVersion {
  readonly number: number;
  readonly text: string;
  readonly sentAtMs: number | null;
}

/** By `messageKey`. */
export interface AttachedRows {
  readonly files: Map<string, AttachedFile[]>;
  readonly reactions: Map<string, AttachedReaction[]>;
  readonly mentions: Map<string, AttachedMention[]>;
  readonly calls: Map<string, AttachedCall>;
  readonly polls: Map<string, AttachedPoll>;
  readonly versions: Map<string, OlderVersion[]>;
  /** Texts of options by the poll, votes by the option. */
  readonly options: Map<string, { readonly optionId: string; readonly text: string; readonly order: number }[]>;
  readonly votes: Map<string, number>;
  /** Rows that were kept. */
  count: number;
}

/** More rows than this are not kept: their messages go without them. A life has some millions of reactions. */
export const attachedRowLimit = 8_000_000;
const doneTransfer = 0;
const videoCall = 1;

/** Tables whose rows lie in messages. */
export const attachedTables: ReadonlySet<string> = new Set(
  ['attachment', 'part', 'reaction', 'mention', 'call', 'poll', 'poll_option', 'poll_vote'], // prettier-ignore
);

export const createAttachedRows = (): AttachedRows => ({
  files: new Map(),
  reactions: new Map(),
  mentions: new Map(),
  calls: new Map(),
  polls: new Map(),
  versions: new Map(),
  options: new Map(),
  votes: new Map(),
  count: 0,
});

/** Until 2022 `sms` and `mms` were two tables, each with numbers of its own. */
export function messageKey(table: string, id: string | null): string {
  return table === 'sms' ? `sms ${id ?? ''}` : (id ?? '');
}

/** Takes a row of one of `attachedTables`; false above the limit. */
export function attachRow(rows: AttachedRows, table: string, row: Row): boolean {
  if (rows.count >= attachedRowLimit) return false;
  rows.count++;
  switch (table) {
    case 'attachment':
    case 'part':
      attachFile(rows, row);
      break;
    case 'reaction': {
      const isSms = row.value('is_mms') === 0;
      const emoji = row.words('emoji');
      const key = messageKey(isSms ? 'sms' : 'mms', row.words('message_id'));
      if (emoji !== null) append(rows.reactions, key, { emoji, author: row.words('author_id') });
      break;
    }
    case 'mention':
      attachMention(rows, row);
      break;
    case 'call':
      attachCall(rows, row);
      break;
    default:
      attachPoll(rows, table, row);
  }
  return true;
}

/** Takes a row of an edited message as it was before. */
export function attachVersion(rows: AttachedRows, latest: string, version: OlderVersion): void {
  rows.count++;
  append(rows.versions, latest, version);
}

export function append<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function attachFile({ files }: AttachedRows, row: Row): void {
  const message = row.words('message_id') ?? row.words('mid');
  const rowId = row.words('_id');
  // Of a quoted message, a small copy.
  if (message === null || rowId === null || row.flag('quote')) return;
  append(files, message, {
    rowId,
    mime: row.words('content_type') ?? row.words('ct'),
    name: row.words('file_name') ?? row.words('name') ?? row.words('fn'),
    sizeBytes: row.whole('data_size'),
    isVoice: row.flag('voice_note'),
    isAnimation: row.flag('video_gif'),
    isSticker: row.words('sticker_pack_id') !== null || row.flag('borderless'),
    emoji: row.words('sticker_emoji'),
    caption: row.words('caption'),
    widthPx: row.whole('width'),
    heightPx: row.whole('height'),
    isFetched: (row.whole('transfer_state') ?? row.whole('pending_push') ?? doneTransfer) === doneTransfer,
    order: row.whole('display_order') ?? 0,
  });
}

function attachMention({ mentions }: AttachedRows, row: Row): void {
  const [message, recipient] = [row.words('message_id'), row.words('recipient_id')];
  const [start, length] = [row.whole('range_start'), row.whole('range_length')];
  if (message === null || recipient === null || start === null || length === null) return;
  append(mentions, message, { recipient, start, length });
}

function attachCall({ calls }: AttachedRows, row: Row): void {
  const message = row.words('message_id');
  if (message === null) return;
  const raw = Object.fromEntries(
    ['type', 'direction', 'event', 'timestamp'].flatMap((name): [string, Json][] => {
      const value = row.whole(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  calls.set(message, { event: row.whole('event') ?? -1, isVideo: row.whole('type') === videoCall, raw });
}

function attachPoll({ polls, options, votes }: AttachedRows, table: string, row: Row): void {
  const id = row.words('_id');
  const poll = row.words('poll_id');
  if (table === 'poll') {
    const message = row.words('message_id');
    if (message === null || id === null) return;
    const isClosed = row.flag('end_message_id');
    polls.set(message, { pollId: id, question: row.words('question') ?? '', isClosed });
  } else if (table === 'poll_option') {
    if (poll === null || id === null) return;
    append(options, poll, { optionId: id, text: row.words('option_text') ?? '', order: row.whole('option_order') ?? 0 });
  } else {
    const option = row.words('poll_option_id');
    if (option !== null) votes.set(option, (votes.get(option) ?? 0) + 1);
  }
}

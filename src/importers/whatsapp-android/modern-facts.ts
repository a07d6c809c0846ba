// A message's facts out of the side tables of the modern schema.

import type { Row } from '../../bytes/sqlite/row';
import type { Json } from '../../model/json';
import type { MessageFacts, Reaction } from '../../model/record';
import type { Directory } from './directory';
import { callTypes, deletedType, liveLocationType, missedCallType, systemActions, systemType } from './message-types';
import type { Jids } from './read-directory';
import type { Sides } from './side-facts';

export interface FactsInput {
  readonly row: Row;
  readonly id: number;
  readonly type: number;
  readonly isOwn: boolean;
  readonly sides: Sides;
  readonly jids: Jids;
  readonly directory: Directory;
}

type Mutable<Object> = { -readonly [Key in keyof Object]: Object[Key] };

/** Null where there are none. `extra`: what the neutral fields do not hold. */
export function readFacts(input: FactsInput, extra: Record<string, Json>): MessageFacts | null {
  const { sides, id, type } = input;
  const facts: Mutable<MessageFacts> = {};
  const [quoted] = sides.quoted(id);
  if (quoted) facts.replyTo = readReply(quoted);
  const [forwarded] = sides.forwarded(id);
  if (forwarded) {
    facts.forward = { fromName: null };
    extra['forwardScore'] = forwarded.whole('forward_score') ?? 0;
  }
  const reactions = readReactions(input);
  if (reactions.length > 0) facts.reactions = reactions;
  const [edited] = sides.edited(id);
  if (edited) facts.edited = { editedAtMs: edited.whole('edited_timestamp') };
  const [revoked] = sides.revoked(id);
  if (revoked || type === deletedType) facts.deleted = { by: (revoked?.whole('admin_jid_row_id') ?? 0) > 0 ? 'admin' : 'sender' };
  readContent(input, facts, extra);
  readNotes(input, extra);
  if (Object.keys(extra).length > 0) facts.extra = extra;
  return Object.keys(facts).length === 0 ? null : facts;
}

function readReply(quoted: Row): NonNullable<MessageFacts['replyTo']> {
  const excerpt = quoted.words('text_data');
  return { sourceId: quoted.words('key_id'), ...(excerpt !== null && { excerpt }) };
}

/** An empty reaction is one that was taken back. One person has one. */
function readReactions({ sides, id, jids, directory }: FactsInput): readonly Reaction[] {
  const byEmoji = new Map<string, string[]>();
  const counts = new Map<string, number>();
  for (const row of sides.reactions(id)) {
    const emoji = row.words('reaction');
    if (emoji === null) continue;
    const name = directory.nameOf(row.flag('from_me') ? null : jids.get(row.whole('sender_jid_row_id')));
    counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
    byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), ...(name === null ? [] : [name])]);
  }
  return [...counts].map(([emoji, count]) => ({ emoji, count, by: byEmoji.get(emoji) ?? [] }));
}

function readContent(input: FactsInput, facts: Mutable<MessageFacts>, extra: Record<string, Json>): void {
  const { sides, id, type, isOwn } = input;
  const location = readLocation(sides.location(id)[0]);
  if (location !== null) facts.location = location;
  if (type === liveLocationType) extra['isLive'] = true;
  const cards = sides.vcards(id).flatMap((card) => card.words('vcard') ?? []);
  const contact = readVcard(cards[0] ?? '');
  if (contact !== null) facts.contact = contact;
  if (cards.length > 0) extra['vcards'] = cards.map((card) => card.slice(0, vcardLimit));
  if (callTypes.has(type)) facts.call = readCall(sides.call(id)[0] ?? sides.missedCall(id)[0] ?? null, isOwn, type);
  const options = sides
    .pollOptions(id)
    .map((option) => ({ text: option.text('option_name') ?? '', votes: option.whole('vote_total') ?? 0 }));
  if (options.length > 0) facts.poll = { question: input.row.text('text_data') ?? '', options };
  const [system] = sides.system(id);
  if (system || type === systemType) facts.service = readService(input, system?.whole('action_type') ?? null, extra);
}

function readLocation(row: Row | undefined): NonNullable<MessageFacts['location']> | null {
  const [latitude, longitude] = [row?.real('latitude') ?? null, row?.real('longitude') ?? null];
  if (row === undefined || latitude === null || longitude === null) return null;
  const [name, address] = [row.words('place_name'), row.words('place_address')];
  return { latitude, longitude, ...(name !== null && { name }), ...(address !== null && { address }) };
}

function readService(
  { sides, id, jids, directory }: FactsInput,
  action: number | null,
  extra: Record<string, Json>,
): NonNullable<MessageFacts['service']> {
  const members = sides.systemMembers(id).flatMap((member) => directory.nameOf(jids.get(member.whole('user_jid_row_id'))) ?? []);
  const [change] = sides.numberChange(id);
  if (change) {
    extra['oldNumber'] = jids.get(change.whole('old_jid_row_id'));
    extra['newNumber'] = jids.get(change.whole('new_jid_row_id'));
  }
  const before = sides.valueChange(id)[0]?.words('old_data') ?? null;
  if (before !== null) extra['before'] = before;
  const word = action === null ? 'unknown' : (systemActions.get(action) ?? `action_${action}`);
  return { action: word, ...(members.length > 0 && { members }) };
}

/** 5 is what a call that was taken up has, 2 and 3 one that was not (as observed by others; not documented). */
export function readCall(call: Row | null, isOwn: boolean, type: number): NonNullable<MessageFacts['call']> {
  const seconds = call?.whole('duration') ?? 0;
  const result = call?.whole('call_result') ?? null;
  const isAnswered = seconds > 0 || result === 5;
  const isMissed = type === missedCallType || (!isOwn && (result === 2 || result === 3 || result === 4));
  return {
    durationMs: isAnswered ? seconds * 1000 : null,
    outcome: isAnswered ? 'answered' : isMissed ? 'missed' : 'unknown',
    video: call?.flag('video_call') ?? false,
  };
}

const vcardLimit = 16_384;

/** Name and first number of a contact card (RFC 6350 §6.2.1, 6.4.1; lines may be folded). */
export function readVcard(card: string): { readonly name: string; readonly phone?: string } | null {
  const lines = card
    .slice(0, vcardLimit)
    .replaceAll(/\r?\n[ \t]/g, '')
    .split(/\r?\n/);
  const valueOf = (property: string): string | null => {
    const line = lines.find((each) => new RegExp(`^(?:[\\w-]{1,20}\\.)?${property}[;:]`, 'i').test(each));
    return line === undefined ? null : line.slice(line.indexOf(':') + 1).trim() || null;
  };
  const [name, phone] = [valueOf('FN'), valueOf('TEL')];
  if (name === null && phone === null) return null;
  return { name: name ?? phone ?? '', ...(phone !== null && { phone }) };
}

function readNotes({ sides, id, row, jids, directory }: FactsInput, extra: Record<string, Json>): void {
  const [link] = sides.link(id);
  const [url, title, description] = ['url', 'page_title', 'description'].map((name) => link?.words(name) ?? null);
  if (url || title || description) extra['link'] = { url: url ?? null, title: title ?? null, description: description ?? null };
  const mentions = sides.mentions(id).flatMap((mention) => directory.nameOf(jids.get(mention.whole('jid_row_id'))) ?? []);
  if (mentions.length > 0) extra['mentions'] = mentions;
  const [ephemeral] = sides.ephemeral(id);
  if (ephemeral) extra['disappearsAfterS'] = ephemeral.whole('duration');
  if (row.flag('starred')) extra['isStarred'] = true;
  if (row.flag('broadcast')) extra['isBroadcast'] = true;
  const transcript = sides.media(id)[0]?.words('raw_transcription_text') ?? null;
  if (transcript !== null) extra['transcript'] = transcript;
}

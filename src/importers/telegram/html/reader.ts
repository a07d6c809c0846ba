// Elements of one chat's pages to records. What a joined message leaves out, its sender, is that of the one before, also
// across pages; a service line or a day's heading breaks the chain.

import type { HtmlElement } from '../../../bytes/html-elements';
import { childElements, hasClass, shownTextOf } from '../../../bytes/html-query';
import type { FileSet } from '../../../bytes/source';
import { noAttachments, type NeutralRecord } from '../../../model/record';
import { folderOf } from '../../archive-files';
import type { People } from '../../people';
import { problemOf, structureOf } from '../../problem-record';
import type { PieceReader, PlacedElement } from '../../record-batches';
import { toMessage } from './message';
import { readFromName } from './message-parts';
import { parseHeading, readTime, type HtmlTime } from './time';

/** A chat as its pages pass by. */
export interface ChatState {
  readonly conversation: number;
  /** Who wrote the message before, where a joined one may follow; -1 elsewhere. */
  lastSender: number;
  lastTime: HtmlTime | null;
  /** What the writer's wall clock was ahead of UTC, as far as messages say: headings of days need it. */
  offsetMs: number | null;
  /** Where the day's heading stands after the last message: its midnight. */
  headingMs: number | null;
}

const idPattern = /^message(-?\d{1,18})$/;

/** Words of service lines in English, as the app writes them in every language, and its names for them in JSON. */
const actions: readonly (readonly [RegExp, string])[] = [
  [/ pinned /, 'pin_message'],
  [/ created group /, 'create_group'],
  [/^Channel .*created$|^Channel «/, 'create_channel'],
  [/ changed group title to /, 'edit_group_title'],
  [/ changed group photo/, 'edit_group_photo'],
  [/ removed group photo/, 'delete_group_photo'],
  [/ invited /, 'invite_members'],
  [/ removed /, 'remove_members'],
  [/ left the group/, 'remove_members'],
  [/ joined group by link/, 'join_group_by_link'],
  [/ converted this group to a supergroup/, 'migrate_to_supergroup'],
  [/ joined Telegram/, 'joined_telegram'],
  [/ took a screenshot/, 'take_screenshot'],
];

/** A reader of one page of the chat. */
export function createPageReader(files: FileSet, path: string, chat: ChatState, people: People): PieceReader<PlacedElement> {
  const folder = folderOf(path);
  return {
    take(piece, out) {
      const { element, raw, span } = piece;
      const body = childElements(element, '.body')[0];
      const sourceId = idPattern.exec(element.attributes.get('id') ?? '')?.[1] ?? null;
      if (hasClass(element, 'page_header')) out.push(structureOf('header', span));
      else if (body === undefined) out.push(problemOf('not-understood', raw, span));
      else if (hasClass(element, 'service')) takeService(piece, body, sourceId, chat, out);
      else {
        const time = readTime(body);
        if (time === null) return void out.push(problemOf('bad-time', raw, span));
        const sender = senderOf(element, body, chat, people, out);
        const { conversation } = chat;
        Object.assign(chat, { lastSender: sender, lastTime: time, offsetMs: time.offsetMs, headingMs: null });
        out.push(toMessage(body, { files, folder, conversation, sender, sourceId, time, span, raw }));
      }
    },
  };
}

function senderOf(element: HtmlElement, body: HtmlElement, chat: ChatState, people: People, out: NeutralRecord[]): number {
  if (hasClass(element, 'joined')) return chat.lastSender;
  const name = readFromName(body)?.name;
  return name === undefined ? -1 : people.named(name, chat.conversation, out);
}

/** A day's heading has a negative number and is no message; a service line has no time of its own. */
function takeService(
  { raw, span }: PlacedElement,
  body: HtmlElement,
  sourceId: string | null,
  chat: ChatState,
  out: NeutralRecord[],
): void {
  const text = shownTextOf(body);
  const headingMs = parseHeading(text);
  chat.lastSender = -1;
  if (headingMs !== null && (sourceId === null || sourceId.startsWith('-'))) {
    chat.headingMs = headingMs;
    return void out.push(structureOf('day', span));
  }
  const time = chat.headingMs === null ? chat.lastTime : startOfDay(chat.headingMs, chat.offsetMs);
  if (time === null) return void out.push(problemOf('bad-time', raw, span));
  const action = actions.find(([pattern]) => pattern.test(text))?.[1];
  const extra = { time: chat.headingMs === null ? 'of the message before' : 'of the day', ...(action === undefined ? { raw } : {}) };
  out.push({
    type: 'message',
    conversation: chat.conversation,
    sender: -1,
    sourceId,
    sentAtMs: time.sentAtMs,
    clock: time.clock,
    kind: 'system',
    text,
    attachments: noAttachments,
    facts: { service: { action: action ?? 'service' }, extra },
    ...span,
  });
}

function startOfDay(headingMs: number, offsetMs: number | null): HtmlTime {
  return { sentAtMs: headingMs - (offsetMs ?? 0), clock: offsetMs === null ? 'second' : 'absolute', offsetMs };
}

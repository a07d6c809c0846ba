// Lines of one chat to records.

import type { MessageRecord, NeutralRecord, Span } from '../../model/record';
import { noAttachments } from '../../model/record';
import { createPeople } from '../people';
import { structureOf } from '../problem-record';
import type { PieceReader, PlacedLine } from '../record-batches';
import { createTextReader, joinLines } from '../text-pieces';
import { readBody, type MediaPlace } from './body';
import { isSavedLine, readTitle } from './head';
import { isOwnLine, readKakaoLine, type KakaoLine, type LineStyle } from './line-grammar';
import { isOwnerName, type Survey } from './survey';

export interface ChatFacts extends Pick<Survey, 'style' | 'title'> {
  readonly place: MediaPlace;
  readonly owner: string | null;
}

interface MessageHead {
  readonly name: 'message';
  readonly sentAtMs: number;
  readonly sender: string | null;
  readonly text: string;
}

type Head = { readonly name: 'head' | 'date' } | MessageHead;

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** A reader of the lines of one chat; the conversation's record comes first from `begin`, and again at the end with its shape. */
export function createChatReader(facts: ChatFacts): { begin(): readonly NeutralRecord[]; readonly lines: PieceReader<PlacedLine> } {
  const { title, owner, place } = facts;
  const people = createPeople((name) => isOwnerName(name) || name === owner);
  let peopleCount = 0;
  const inner = createTextReader<Head>({
    begin: createBeginner(facts.style),
    standsAlone: (head) => head.name !== 'message' || (facts.style === 'bracketed' && head.sender === null),
    close(head, lines, span, out) {
      if (head.name !== 'message') return void out.push(structureOf(head.name, span));
      const text = joinLines([head.text, ...lines.slice(1)]);
      const sender = head.sender === null ? -1 : people.named(head.sender, 0, out);
      peopleCount = Math.max(peopleCount, sender + 1);
      out.push(toMessage(head, sender, text, span, place));
    },
  });
  const conversation = (): NeutralRecord => {
    const shape = title !== null && title.shape !== 'unknown' ? title.shape : peopleCount > 2 ? 'group' : 'unknown';
    return { type: 'conversation', index: 0, sourceId: null, name: title?.name ?? null, shape };
  };
  return {
    begin: () => [conversation()],
    lines: {
      take: inner.take,
      end(out) {
        inner.end?.(out);
        out.push(conversation());
      },
    },
  };
}

/** Tells what a line begins, remembering the day of the last date line, and the last time, for lines that have none. */
function createBeginner(style: LineStyle): (text: string) => Head | null {
  let day: number | null = null;
  let lastMinute = 0;
  let hasBegun = false;
  const read = (text: string): Head | null => {
    const found: KakaoLine | null = readKakaoLine(text, style);
    if (found?.name === 'date') {
      day = found.day;
      lastMinute = 0;
      return { name: 'date' };
    }
    const messageDay = found?.day ?? day;
    if (found !== null && messageDay !== null) {
      lastMinute = found.minuteOfDay;
      return { name: 'message', sentAtMs: messageDay * dayMs + lastMinute * minuteMs, sender: found.sender, text: found.text };
    }
    if (style !== 'bracketed' || day === null || !isOwnLine(text)) return null;
    return { name: 'message', sentAtMs: day * dayMs + lastMinute * minuteMs, sender: null, text };
  };
  return (text) => {
    const head = read(text) ?? (!hasBegun && (isSavedLine(text) || readTitle(text) !== null) ? ({ name: 'head' } as const) : null);
    hasBegun ||= head !== null && head.name !== 'head';
    return head;
  };
}

function toMessage(
  head: MessageHead,
  sender: number,
  text: string,
  { entry, offsetBytes, lengthBytes }: Span,
  place: MediaPlace,
): MessageRecord {
  const body = head.sender === null ? ({ kind: 'system', text, attachments: noAttachments, facts: null } as const) : readBody(text, place);
  return {
    type: 'message',
    conversation: 0,
    sender,
    sourceId: null,
    sentAtMs: head.sentAtMs,
    clock: 'minute',
    ...body,
    entry,
    offsetBytes,
    lengthBytes,
  };
}

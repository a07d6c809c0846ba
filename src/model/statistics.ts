// What is counted over messages, as the screen shows it.

import type { ConversationId, PersonId } from './ids';
import type { MessageKind } from './record';

export interface StatisticsQuery {
  /** Null: all that are listed and not hidden. Conversations that are not there are left out. */
  readonly conversations: readonly ConversationId[] | null;
  /** IANA zone whose clocks tell days and hours. */
  readonly zone: string;
  /** Only what was sent in this year of the zone's calendar; absent: all. */
  readonly year?: number;
}

/** How soon someone answers: of the times between another's message and the next of theirs, within a day. */
export interface AnswerTimes {
  readonly count: number;
  /** Half of the answers came within this; exact to a fifth. Null where there is none. */
  readonly medianMs: number | null;
}

export interface PersonStatistics {
  readonly id: PersonId;
  readonly name: string;
  readonly hue: number;
  readonly isOwner: boolean;
  readonly messages: number;
  readonly answers: AnswerTimes;
}

export interface ConversationCount {
  readonly id: ConversationId;
  readonly name: string;
  readonly messages: number;
}

export interface StatisticsView {
  readonly messages: number;
  /** Days with messages, in order: `yyyy-mm-dd`. */
  readonly days: readonly (readonly [day: string, messages: number])[];
  /** 7 × 24 counts, the hours of Monday first. */
  readonly hours: readonly number[];
  readonly kinds: readonly (readonly [kind: MessageKind, messages: number])[];
  /** Who wrote, the most first; `peopleLimit` of them. */
  readonly people: readonly PersonStatistics[];
  readonly peopleCount: number;
  /** The most first; `peopleLimit` of them. */
  readonly conversations: readonly ConversationCount[];
  readonly conversationCount: number;
  /** Messages of segments that could not be read, which nothing above counts. */
  readonly unreadMessages: number;
}

export interface WordCount {
  readonly word: string;
  readonly count: number;
}

export interface WordsView {
  readonly words: readonly WordCount[];
  readonly emoji: readonly WordCount[];
  readonly unreadMessages: number;
}

export type ReportShare = (doneMessages: number, totalMessages: number) => void;

export const peopleLimit = 50;
export const wordLimit = 60;

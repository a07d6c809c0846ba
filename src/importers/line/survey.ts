// What a file shows of itself before it is read: whom the chat is with, who speaks, the order of its dates, where names end.

import type { ByteSource } from '../../bytes/source';
import { readLines } from '../../bytes/text-lines';
import { readDateLine, type DateLine, type DateOrder } from './date-line';
import { isSavedLine, readTitle, type ChatTitle } from './head';
import { readMessageLine } from './message-line';
import { createSpacedNames, type SpacedNames } from './spaced-names';

export interface Survey {
  readonly title: ChatTitle | null;
  /** True where tabs divide sender and text: from phones. */
  readonly hasTabs: boolean;
  /** Order of dates whose year comes last; null where there are none. */
  readonly order: { readonly guess: 'DMY' | 'MDY'; readonly certain: boolean; readonly example: DateLine } | null;
  /** In order of appearance. */
  readonly people: readonly string[];
  readonly names: SpacedNames;
}

const surveyBytes = 1 << 19;
const peopleLimit = 1000;

/** Surveys a file: half a MiB of it, and more until the order of its dates is proven. Throws what the source throws. */
export async function surveyChat(source: ByteSource): Promise<Survey> {
  const order = createOrderEvidence();
  const top = createTopEvidence();
  const speakers = createSpeakerEvidence();
  let doneBytes = 0;
  for await (const { lines, lengths } of readLines(source)) {
    for (const [at, line] of lines.entries()) {
      const date = readDateLine(line);
      if (date !== null) order.add(date);
      if (!top.add(line, date !== null) && date === null && doneBytes < surveyBytes) speakers.add(line);
      doneBytes += lengths[at] ?? 0;
    }
    if (doneBytes >= surveyBytes && order.isProven()) break;
  }
  const title = top.title();
  return { title, order: order.decide(), ...speakers.decide(title) };
}

/** What stands above the first date. */
function createTopEvidence() {
  let title: ChatTitle | null = null;
  let isOver = false;
  return {
    /** True where the line is above the first date. */
    add(line: string, isDate: boolean): boolean {
      isOver ||= isDate;
      if (!isOver && !isSavedLine(line)) title ??= readTitle(line);
      return !isOver;
    },
    title: () => title,
  };
}

/** Who speaks below it, and whether tabs divide senders and texts: as in the first message. */
function createSpeakerEvidence() {
  const spaced: string[] = [];
  const people = new Set<string>();
  const addPerson = (name: string) => void (people.size < peopleLimit && people.add(name));
  let hasTabs: boolean | null = null;
  return {
    add(line: string) {
      const message = readMessageLine(line);
      if (message === null) return;
      hasTabs ??= message.hasTabs;
      if (message.hasTabs !== hasTabs) return;
      if (!hasTabs) spaced.push(message.text);
      else if (message.sender !== null) addPerson(message.sender);
    },
    decide(title: ChatTitle | null): Pick<Survey, 'hasTabs' | 'people' | 'names'> {
      const names = createSpacedNames(title === null ? [] : [title.name]);
      for (const text of spaced) names.add(text);
      for (const text of spaced) addPerson(text.slice(0, names.nameLength(text)));
      return { hasTabs: hasTabs ?? true, people: [...people], names };
    },
  };
}

/** Whose phone wrote it: in a chat of two that is named after one of them, the other one. Null where nothing tells. */
export function guessOwner({ title, people }: Survey): string | null {
  if (title === null || people.length !== 2 || !people.includes(title.name)) return null;
  return people.find((name) => name !== title.name) ?? null;
}

/** The day of a date line in the order of its file. */
export function dayOfLine({ days }: DateLine, order: DateOrder): number {
  return days.get(order) ?? [...days.values()][0] ?? 0;
}

/** Which of the day and the month comes first. A date whose weekday fits in one order only proves it. */
function createOrderEvidence() {
  const orders = ['DMY', 'MDY'] as const;
  const proofs = [0, 0];
  const backward = [0, 0];
  const lastDay = [0, 0];
  let example: DateLine | null = null;
  return {
    add(date: DateLine) {
      if (date.days.has('YMD')) return;
      example ??= date;
      for (const [at, order] of orders.entries()) {
        if (date.days.size === 1 && date.days.has(order)) proofs[at] = (proofs[at] ?? 0) + 1;
        const day = dayOfLine(date, order);
        if (day < (lastDay[at] ?? 0)) backward[at] = (backward[at] ?? 0) + 1;
        lastDay[at] = day;
      }
    },
    isProven: () => example === null || proofs[0] !== proofs[1],
    decide(): Survey['order'] {
      if (example === null) return null;
      const [dayProofs = 0, monthProofs = 0] = proofs;
      const [dayBackward = 0, monthBackward = 0] = backward;
      const isMonthFirst = dayProofs === monthProofs ? monthBackward < dayBackward : monthProofs > dayProofs;
      return { guess: isMonthFirst ? 'MDY' : 'DMY', certain: dayProofs !== monthProofs, example };
    },
  };
}

// What a file shows of itself before it is read: its style, whom it is with, who speaks.

import type { ByteSource } from '../../bytes/source';
import { readLines } from '../../bytes/text-lines';
import type { Question } from '../importer';
import { isSavedLine, readTitle, type ChatTitle } from './head';
import { readDateLine, readKakaoLine, type LineStyle } from './line-grammar';

export interface Survey {
  readonly style: LineStyle;
  readonly title: ChatTitle | null;
  /** In order of appearance. */
  readonly people: readonly string[];
}

const surveyBytes = 1 << 19;
const peopleLimit = 1000;
/** Lines that may stand above the first message. */
const preambleLimit = 30;
/** What KakaoTalk calls the owner. Newer versions write their name instead. */
const ownerNames = new Set(['회원님', 'you']);

export const isOwnerName = (name: string): boolean => ownerNames.has(name.toLowerCase());

/**
 * The style of a chat that begins with these lines, and its title; null where it is no chat of KakaoTalk. What is written
 * in others' chats and diaries alike must have a title, or, in a computer's, a date between hyphens.
 */
export function readHead(lines: readonly string[]): Pick<Survey, 'style' | 'title'> | null {
  let title: ChatTitle | null = null;
  let hasSaved = false;
  let hasDate = false;
  for (const line of lines.slice(0, preambleLimit)) {
    title ??= hasDate ? null : readTitle(line);
    hasSaved ||= isSavedLine(line);
    if (readDateLine(line) !== null) {
      hasDate = true;
      continue;
    }
    const style = styleOf(line);
    if (style === null || (style !== 'stamped' && !hasDate)) continue;
    return style === 'timed' && !(title !== null && hasSaved) ? null : { style, title };
  }
  return null;
}

function styleOf(line: string): LineStyle | null {
  for (const style of ['bracketed', 'stamped', 'timed'] as const) {
    const found = readKakaoLine(line, style);
    // WhatsApp writes `name: text` behind the same dates.
    if (found?.name === 'message' && found.sender !== null && !found.sender.includes(': ')) return style;
  }
  return null;
}

/** Surveys half a MiB of a chat in this style. Throws what the source throws. */
export async function surveyPeople(source: ByteSource, style: LineStyle): Promise<readonly string[]> {
  const people = new Set<string>();
  let doneBytes = 0;
  for await (const { lines, lengths } of readLines(source)) {
    for (const line of lines) {
      const found = readKakaoLine(line, style);
      if (found?.name === 'message' && found.sender !== null && people.size < peopleLimit) people.add(found.sender);
    }
    doneBytes += lengths.reduce((sum, length) => sum + length, 0);
    if (doneBytes >= surveyBytes) break;
  }
  return [...people];
}

/** Asks who the owner is; certain where the file calls somebody "you". */
export function askOwner(people: readonly string[]): readonly Question[] {
  const zone: Question = { id: 'zone', options: [], guess: null, certain: false };
  if (people.length === 0) return [zone];
  const own = people.find(isOwnerName) ?? null;
  const options = people.map((value) => ({ value, label: value }));
  return [{ id: 'owner', options, guess: own, certain: own !== null }, zone];
}

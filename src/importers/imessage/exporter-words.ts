// English words that imessage-exporter writes into all of its forms, and the question that they leave.

import type { Question } from '../importer';

/** Who the owner is called, unless the exporter was told another name. */
export const ownerName = 'Me';
const peopleLimit = 1000;

const tapbacks: ReadonlyMap<string, string> = new Map([
  ['Loved', '❤️'],
  ['Liked', '👍'],
  ['Disliked', '👎'],
  ['Laughed', '😂'],
  ['Emphasized', '‼️'],
  ['Questioned', '❓'],
]);
const unsent = /^(.{1,100}) (?:unsent|deleted) (?:a|this) message(?: part)?[.!]?/;

/** The character of a reaction by its word, or itself where it is one; null for other words. */
export function tapbackEmoji(word: string): string | null {
  return tapbacks.get(word) ?? (/\p{Extended_Pictographic}/u.test(word) ? word : null);
}

/** True for the sentence that stands in place of a message that was taken back. */
export function isUnsent(line: string): boolean {
  return unsent.test(line);
}

/** Who "me" is among the senders, and which zone the clocks are of. */
export function exporterQuestions(senders: Iterable<string>): readonly Question[] {
  const names = [...new Set(senders)].slice(0, peopleLimit);
  const zone: Question = { id: 'zone', options: [], guess: null, certain: false };
  if (names.length === 0) return [zone];
  const guess = names.includes(ownerName) ? ownerName : null;
  return [{ id: 'owner', options: names.map((value) => ({ value, label: value })), guess, certain: guess !== null }, zone];
}

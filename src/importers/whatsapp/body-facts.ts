// Polls, places and calls in the text of a message (formats/international.md §1.1, "other bodies").

import type { MessageFacts } from '../../model/record';
import { dropMarks, leftToRightMark, phraseKey } from '../marks';
import { callPhrases, liveLocationPhrases, noAnswerPhrases, pollWords } from './phrases';

const optionLimit = 64;

/**
 * A poll: `WORD:`, the question below, then `WORD: option (3 votes)` a line, each `WORD:` behind a mark. Any word in
 * capitals will do behind a mark; without marks only known ones.
 */
export function readPoll(text: string): MessageFacts['poll'] | null {
  const lines = text.split('\n', optionLimit);
  const title = lines[0]!;
  const word = dropMarks(title);
  if (lines.length < 3 || !word.endsWith(':') || !isCapitals(word.slice(0, -1))) return null;
  const marked = title.startsWith(leftToRightMark);
  if (!marked && !pollWords.has(word.slice(0, -1))) return null;
  const question: string[] = [];
  const options: { text: string; votes: number }[] = [];
  for (const line of lines.slice(1)) {
    const option = !marked || line.startsWith(leftToRightMark) ? readOption(dropMarks(line)) : null;
    if (option) options.push(option);
    else if (options.length === 0) question.push(line);
    else options.at(-1)!.text += `\n${line}`;
  }
  return options.length > 0 ? { question: question.join('\n'), options } : null;
}

function readOption(line: string): { text: string; votes: number } | null {
  const colon = line.indexOf(': ');
  if (colon <= 0 || !isCapitals(line.slice(0, colon))) return null;
  const open = line.endsWith(')') ? line.lastIndexOf(' (') : -1;
  const votes = open < 0 ? null : /\d{1,6}/.exec(line.slice(open));
  return votes ? { text: line.slice(colon + 2, open), votes: Number(votes[0]) } : { text: line.slice(colon + 2), votes: 0 };
}

/** One word that has no small letters. */
function isCapitals(word: string): boolean {
  return word.length > 1 && word.length <= 24 && !/[\s:]/.test(word) && word === word.toUpperCase() && /\p{L}/u.test(word);
}

/** A call, behind a mark: `Voice call, 5 min`, `Video call, No answer`, `Missed voice call`. */
export function readCall(text: string): NonNullable<MessageFacts['call']> | null {
  if (text.length > 64 || !text.startsWith(leftToRightMark)) return null;
  const key = phraseKey(text);
  const comma = key.indexOf(', ');
  const call = callPhrases.get(comma < 0 ? key : key.slice(0, comma));
  if (!call) return null;
  const rest = comma < 0 ? '' : key.slice(comma + 2);
  const durationMs = readDuration(rest);
  const isMissed = call.missed || noAnswerPhrases.has(rest);
  return { durationMs, outcome: isMissed ? 'missed' : durationMs === null ? 'unknown' : 'answered', video: call.video };
}

const durationUnits: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['sec', 1000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['hr', 3_600_000],
  ['hour', 3_600_000],
  ['hours', 3_600_000],
]);

/** `5 min`, `1 hr 2 min`, `40 sec` in ms; null where it is none. */
function readDuration(text: string): number | null {
  let sumMs = 0;
  for (const [, number, unit] of text.matchAll(/(\d{1,6}) ?([a-z]{1,6})/g))
    sumMs += Number(number) * (durationUnits.get(unit!) ?? Number.NaN);
  return sumMs > 0 ? sumMs : null;
}

const mapsPattern = /: https:\/\/maps\.google\.com\/\?q=(-?\d{1,3}(?:\.\d{1,20})?),(-?\d{1,3}(?:\.\d{1,20})?)$/;
const placePattern = /: (https:\/\/foursquare\.com\/v\/\w{1,64})$/;

/** A place: an address of Google Maps with coordinates, one of Foursquare with a name, or the notice of a live location. */
export function readLocation(text: string): { readonly facts: MessageFacts | null } | null {
  if (text.length > 1000) return null;
  const plain = dropMarks(text).trim();
  const maps = mapsPattern.exec(plain);
  if (maps) {
    const name = plain.slice(0, maps.index);
    return { facts: { location: { latitude: Number(maps[1]), longitude: Number(maps[2]), ...(/\s/.test(name) ? { name } : {}) } } };
  }
  const place = text.startsWith(leftToRightMark) ? placePattern.exec(plain) : null;
  if (place) return { facts: { extra: { place: placeOf(plain.slice(0, place.index), place[1]!) } } };
  return liveLocationPhrases.has(phraseKey(text)) ? { facts: { extra: { live: true } } } : null;
}

/** `NAME (ADDRESS)`. */
function placeOf(text: string, url: string): { name: string; address?: string; url: string } {
  const open = text.endsWith(')') ? text.indexOf(' (') : -1;
  return open > 0 ? { name: text.slice(0, open), address: text.slice(open + 2, -1), url } : { name: text, url };
}

// Text of a Signal message with its ranges. A mention is one U+FFFC in the text, and becomes `@name`.

import type { JsonObject } from '../../model/json';
import type { TextEntity } from '../../model/record';
import { countOf, isObject, words } from '../json-fields';
import type { SignalRecipients } from './jsonl-recipients';

const styles: ReadonlyMap<string, TextEntity['type']> = new Map([
  ['BOLD', 'bold'],
  ['ITALIC', 'italic'],
  ['SPOILER', 'spoiler'],
  ['STRIKETHROUGH', 'strikethrough'],
  ['MONOSPACE', 'code'],
]);

interface Range {
  readonly start: number;
  readonly length: number;
  readonly style: string | null;
  readonly mentionAci: string | null;
}

export function readBody(
  body: JsonObject,
  recipients: Pick<SignalRecipients, 'nameOfAccount'>,
): { text: string; entities: readonly TextEntity[] } {
  const raw = words(body['body']) ?? '';
  const ranges = readRanges(body['bodyRanges'], raw.length);
  const mentions = ranges.filter(({ mentionAci }) => mentionAci !== null).sort((one, other) => one.start - other.start);
  let text = '';
  let at = 0;
  /** Where mentions stood, and by how much the text behind each has grown. */
  const shifts: { readonly at: number; readonly by: number }[] = [];
  for (const { start, length, mentionAci } of mentions) {
    if (start < at) continue;
    const label = `@${recipients.nameOfAccount(mentionAci ?? '') ?? ''}`;
    text += raw.slice(at, start) + label;
    at = start + length;
    shifts.push({ at: start, by: label.length - length });
  }
  text += raw.slice(at);
  const moved = (position: number) => shifts.reduce((sum, shift) => (shift.at < position ? sum + shift.by : sum), position);
  const entities = ranges.flatMap(({ start, length, style, mentionAci }): TextEntity[] => {
    const type = mentionAci === null ? styles.get(style ?? '') : 'mention';
    const offset = moved(start);
    const end = Math.min(moved(start + length), text.length);
    return type === undefined || end <= offset ? [] : [{ type, offset, length: end - offset }];
  });
  return { text, entities };
}

function readRanges(value: JsonObject[string] | undefined, textLength: number): readonly Range[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((range): Range[] => {
    if (!isObject(range)) return [];
    // proto3 leaves out zeros.
    const start = countOf(range['start'] ?? 0);
    const length = countOf(range['length'] ?? 0);
    if (start === null || length === null || length === 0 || start + length > textLength) return [];
    return [{ start, length, style: words(range['style']), mentionAci: words(range['mentionAci']) }];
  });
}

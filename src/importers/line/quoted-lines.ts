// Joins the lines of a quoted text: several lines stand between quotation marks, those inside doubled. A line inside that
// looks like a message, since someone forwarded a chat, belongs to the text; so whether a text is quoted is decided when
// its end is seen. A text that only begins with a quotation mark is left as it is, line by line.

import type { PieceReader, PlacedLine } from '../record-batches';
import { readDateLine } from './date-line';
import { readMessageLine } from './message-line';

/** LINE takes 10,000 characters. */
const quotedLimit = 12_000;

/** Where a text's closing mark is: none yet, at the end of this line, or in the middle, which is no quoted text. */
type Closing = 'none' | 'here' | 'never';

/** A reader that gives `inner` a quoted text as one line with line feeds in it, and all other lines as they are. */
export function joinQuotedLines(inner: PieceReader<PlacedLine>): PieceReader<PlacedLine> {
  let held: PlacedLine[] = [];
  let heldLength = 0;

  const release = (out: Parameters<PieceReader<PlacedLine>['take']>[1]) => {
    const lines = held;
    held = [];
    const [first, ...rest] = lines;
    if (first) inner.take(first, out);
    for (const line of rest) take(line, out);
  };
  const take: PieceReader<PlacedLine>['take'] = (line, out) => {
    if (held.length === 0) {
      if (!opensQuote(line)) return inner.take(line, out);
      held = [line];
      heldLength = line.text.length;
      return;
    }
    held.push(line);
    heldLength += line.text.length;
    const closing = closingOf(line.text);
    if (closing === 'here') {
      const joined = joinLines(held);
      held = [];
      inner.take(joined, out);
    } else if (closing === 'never' || heldLength > quotedLimit || line.problems.length > 0 || readDateLine(line.text) !== null)
      release(out);
  };
  return {
    take,
    end(out) {
      while (held.length > 0) release(out);
      inner.end?.(out);
    },
  };
}

function opensQuote({ text, problems }: PlacedLine): boolean {
  if (problems.length > 0 || !text.includes('\t"')) return false;
  const message = readMessageLine(text);
  return message !== null && message.hasTabs && message.text.startsWith('"') && closingOf(message.text.slice(1)) === 'none';
}

/** Looks for a quotation mark that is not doubled. */
function closingOf(text: string): Closing {
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at === text.length - 1 ? 'here' : 'never';
  }
  return 'none';
}

function joinLines(lines: readonly PlacedLine[]): PlacedLine {
  const [first] = lines as [PlacedLine];
  const lengthBytes = lines.reduce((sum, { span }) => sum + span.lengthBytes, 0);
  return { text: lines.map(({ text }) => text).join('\n'), span: { ...first.span, lengthBytes }, problems: [] };
}

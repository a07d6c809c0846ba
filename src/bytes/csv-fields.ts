// The grammar of one CSV row (RFC 4180, as forgiving as readers commonly are): where it ends, and what its fields are.

export type CsvDelimiter = ',' | ';' | '\t';
/** From the rarest in prose to the most frequent. */
const csvDelimiters: readonly CsvDelimiter[] = ['\t', ';', ','];

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** How the row that begins at the start of the range ends. Positions are indexes of units. */
export type RowEnding =
  /** `end` is behind the line's end, `textEnd` before it. */
  | { readonly kind: 'row'; readonly end: number; readonly textEnd: number }
  /** A quotation mark where none can be, lines after the one that opened the field: that one lost its partner. */
  | { readonly kind: 'lost-quote'; readonly firstLineEnd: number; readonly lastLineStart: number }
  /** The range ends first. `firstLineEnd` is -1 where no line ended. */
  | { readonly kind: 'open'; readonly firstLineEnd: number; readonly isQuoted: boolean };

/**
 * The end of the row that begins at `from`. `isEnd` says that nothing follows `size`. Lines end with LF, CRLF or CR. A
 * quotation mark inside a bare field is a letter; inside a quoted field one that is neither doubled nor at its end is a
 * letter too, as long as the field has had no line feed.
 */
export function findRowEnd(units: ArrayLike<number>, from: number, size: number, delimiter: number, isEnd: boolean): RowEnding {
  let firstLineEnd = -1;
  for (let at = from; at < size;) {
    if (units[at] === quote) {
      const field = passQuoted(units, at, size, delimiter, isEnd);
      if (firstLineEnd === -1) firstLineEnd = field.firstLineEnd;
      if (field.kind === 'lost-quote') return { kind: 'lost-quote', firstLineEnd, lastLineStart: field.end };
      if (field.kind === 'open') return { kind: 'open', firstLineEnd, isQuoted: true };
      at = field.end;
    }
    let unit = units[at];
    while (at < size && unit !== delimiter && unit !== lineFeed && unit !== carriageReturn) unit = units[++at];
    if (at >= size) break;
    if (unit === delimiter) {
      at++;
      if (at === size && isEnd) return { kind: 'row', end: size, textEnd: size };
      continue;
    }
    if (!isWholeLineEnd(units, at, isEnd)) break;
    return { kind: 'row', end: endOfLine(units, at), textEnd: at };
  }
  return isEnd ? { kind: 'row', end: size, textEnd: size } : { kind: 'open', firstLineEnd, isQuoted: false };
}

interface QuotedField {
  readonly kind: 'closed' | 'open' | 'lost-quote';
  /** Behind its closing quotation mark; for `lost-quote` the start of the line of the mark that cannot be. */
  readonly end: number;
  /** Behind its first line's end; -1 where it has none. */
  readonly firstLineEnd: number;
}

/** Passes over the field whose quotation mark is at `from`. */
function passQuoted(units: ArrayLike<number>, from: number, size: number, delimiter: number, isEnd: boolean): QuotedField {
  let firstLineEnd = -1;
  let lineStart = from;
  let at = from + 1;
  while (at < size) {
    const unit = units[at];
    if (unit === quote) {
      if (at + 1 === size && !isEnd) break;
      const next = at + 1 < size ? units[at + 1] : lineFeed;
      if (next === delimiter || next === lineFeed || next === carriageReturn) return { kind: 'closed', end: at + 1, firstLineEnd };
      if (next !== quote && firstLineEnd !== -1) return { kind: 'lost-quote', end: lineStart, firstLineEnd };
      at += next === quote ? 2 : 1;
    } else if (unit === lineFeed || unit === carriageReturn) {
      if (!isWholeLineEnd(units, at, isEnd)) break;
      at = lineStart = endOfLine(units, at);
      if (firstLineEnd === -1) firstLineEnd = at;
    } else at++;
  }
  return { kind: 'open', end: size, firstLineEnd };
}

/** Position behind the line's end that begins at `at`. */
export function endOfLine(units: ArrayLike<number>, at: number): number {
  return units[at] === carriageReturn && units[at + 1] === lineFeed ? at + 2 : at + 1;
}

/** False for a CR that may be half of a CRLF, whose rest is not there yet. */
export function isWholeLineEnd(units: ArrayLike<number>, at: number, isEnd: boolean): boolean {
  return isEnd || units[at] === lineFeed || at + 1 < units.length;
}

/** Position of the first line's end at or after `from`, or `size`. */
export function findLineEnd(units: ArrayLike<number>, from: number, size: number): number {
  let at = from;
  while (at < size && units[at] !== lineFeed && units[at] !== carriageReturn) at++;
  return at;
}

/** The fields of a row's text, which has no line's end behind it. An empty line has none. */
export function splitFields(text: string, delimiter: CsvDelimiter): string[] {
  if (text === '') return [];
  if (!text.includes('"')) return text.split(delimiter);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let end = text.indexOf(delimiter, at);
    if (text[at] === '"') {
      const close = findClosingQuote(text, at + 1, delimiter);
      fields.push(text.slice(at + 1, close).replaceAll('""', '"'));
      end = close + 1 < text.length ? close + 1 : -1;
    } else fields.push(text.slice(at, end === -1 ? text.length : end));
    if (end === -1) return fields;
    at = end + 1;
  }
}

/** Position of the quotation mark that closes the field, or the text's end. */
function findClosingQuote(text: string, from: number, delimiter: CsvDelimiter): number {
  let at = text.indexOf('"', from);
  while (at !== -1) {
    const next = text[at + 1];
    if (next === undefined || next === delimiter) return at;
    at = text.indexOf('"', next === '"' ? at + 2 : at + 1);
  }
  return text.length;
}

/** The delimiter that the first line of `head` has most of, outside of quotation marks, the rarest in prose where two are equal; Excel's `sep=;` decides. */
export function detectDelimiter(head: string): CsvDelimiter {
  const line = head.replace(/^\ufeff/, '').split(/[\r\n]/, 1)[0] ?? '';
  const named = csvDelimiters.find((delimiter) => line === `sep=${delimiter}`);
  if (named !== undefined) return named;
  const counts = csvDelimiters.map((delimiter) => splitFields(line, delimiter).length);
  const most = Math.max(...counts);
  return (most > 1 ? csvDelimiters[counts.indexOf(most)] : null) ?? ',';
}

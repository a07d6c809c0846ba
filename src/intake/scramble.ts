// A text with nothing of what it says left in it, but its form: for reports, and to show what a file looks like.

const linesLimit = 8;
const lineLength = 120;
/** Between letters and marks of any script, and digits; Han apart, since how many there are tells a grammar. */
const pieces = /\p{Script=Han}|\p{N}|[\p{L}\p{M}]|[^\p{ASCII}\p{P}\p{Zs}]/gu;

/** Letters are x, Han 字, digits 0; punctuation and blanks stay; symbols and signs beyond ASCII are ▫. */
export function scramble(text: string): string {
  return text.replace(pieces, (piece) => {
    if (/\p{Script=Han}/u.test(piece)) return '字';
    if (/\p{N}/u.test(piece)) return '0';
    return /[\p{L}\p{M}]/u.test(piece) ? 'x' : '▫';
  });
}

/** The first lines of a text, each cut and scrambled. */
export function scrambleLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/).slice(0, linesLimit);
  while (lines.at(-1)?.trim() === '') lines.pop();
  return lines.map((line) => scramble(line.slice(0, lineLength)) + (line.length > lineLength ? '…' : ''));
}

// Invisible marks and blanks around names, dates and placeholders of text exports (formats/international.md §0.3).

/** Left-to-right mark: on iPhones it begins every text that WhatsApp itself wrote. */
export const leftToRightMark = '\u200e';
export const leftToRightMarkCode = 0x200e;

/** True for a code unit that shows nothing: directional marks and the byte order mark. */
export function isMark(code: number): boolean {
  if (code < 0x200e) return false;
  return code <= 0x200f || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code === 0xfeff;
}

/** True for the white space that stands between the parts of a header, wherever a locale prefers a special one. */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0xa0 || code === 0x202f || code === 0x2009 || code === 0x3000 || code === 0x09;
}

const marks = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const hasOther = /[^ -~]/;
const blanks = /[\u00a0\u202f\u2009\u3000\t]/g;

/** `text` without marks. */
export function dropMarks(text: string): string {
  return text.replace(marks, '');
}

/** What a placeholder is compared by: no marks, plain spaces, no full stop at the end, lower case. */
export function phraseKey(text: string): string {
  const spaced = hasOther.test(text) ? dropMarks(text).replace(blanks, ' ') : text;
  const plain = spaced.trim().toLowerCase();
  return plain.endsWith('.') || plain.endsWith('。') ? plain.slice(0, -1) : plain;
}

/** `text` without marks and blanks at its end. */
export function trimEndMarks(text: string): string {
  let end = text.length;
  while (end > 0 && (isMark(text.charCodeAt(end - 1)) || isBlank(text.charCodeAt(end - 1)))) end--;
  return text.slice(0, end);
}

/** '' where `text` shows nothing, else `text` as it is. */
export function emptyIfInvisible(text: string): string {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!isMark(code) && !isBlank(code) && code !== 0x0a) return text;
  }
  return '';
}

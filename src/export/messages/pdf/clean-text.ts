// Text of strangers as it can be printed: paragraphs without anything that steers a program. What cannot be shown is shown as
// U+FFFD, so that it is seen that something is there.

/** All that ends a line in some program. */
const lineEnds = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
/** Controls, halves of surrogate pairs, non-characters, and the two that turn the order of other letters around whatever they are. */
const unprintable = /[\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}\u202d\u202e\ufff9-\ufffb]/gu;
/**
 * Marks that only steer the order of letters, of which we have our own idea, or the breaking of lines; nobody sees them. Joiners
 * (200c, 200d) stay: they change letters.
 */
const invisible = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202c\u2060-\u2069\ufeff]/g;

/** The lines of a text, each without ends of lines and controls. */
export function cleanLines(text: string): readonly string[] {
  return text.split(lineEnds).map((line) => line.replaceAll('\t', '    ').replace(invisible, '').replace(unprintable, '\ufffd'));
}

export const cleanLine = (text: string): string => cleanLines(text).join(' ').trim();

// One property of a vCard: `item1.TEL;TYPE=cell:+86 138…`. vCard 2.1 (versit, 1996), 3.0 (RFC 2426), 4.0 (RFC 6350).

export interface VcardProperty {
  /** In capitals, without its group. */
  readonly name: string;
  readonly isQuotedPrintable: boolean;
  readonly charset: string;
  readonly value: string;
}

/** Parts a property's line; null where it is none. The line is unfolded. */
export function readProperty(line: string): VcardProperty | null {
  const colon = endOfHead(line);
  if (colon < 0) return null;
  const [label = '', ...params] = line.slice(0, colon).split(';');
  const name = label.slice(label.lastIndexOf('.') + 1).trim().toUpperCase(); // prettier-ignore
  const upper = params.map((param) => param.trim().toUpperCase());
  const charset = upper.find((param) => param.startsWith('CHARSET='))?.slice(8).replaceAll('"', '') ?? 'UTF-8'; // prettier-ignore
  const isQuotedPrintable = upper.some((param) => param === 'QUOTED-PRINTABLE' || param === 'ENCODING=QUOTED-PRINTABLE');
  return { name, isQuotedPrintable, charset, value: line.slice(colon + 1) };
}

/** The first colon that stands in no quotes; -1 where there is none. */
function endOfHead(line: string): number {
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const letter = line[at];
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === ':' && !isQuoted) return at;
  }
  return -1;
}

/** The value as text; escapes of 3.0 and 4.0 stay, since they also part lists (`splitValue`). */
export function decodeValue({ value, isQuotedPrintable, charset }: VcardProperty): string {
  return isQuotedPrintable ? decodeQuotedPrintable(value, charset) : value;
}

function decodeQuotedPrintable(value: string, charset: string): string {
  const bytes: number[] = [];
  for (let at = 0; at < value.length; at++) {
    const hex = value[at] === '=' ? /^[0-9a-f]{2}/i.exec(value.slice(at + 1, at + 3))?.[0] : undefined;
    if (hex !== undefined) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(...new TextEncoder().encode(value[at]));
  }
  return decoderOf(charset).decode(Uint8Array.from(bytes));
}

/** A charset that nobody knows is read as UTF-8. */
function decoderOf(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

/** Parts at semicolons that are not escaped, with the escapes resolved. */
export function splitValue(value: string): string[] {
  const parts: string[] = [''];
  for (let at = 0; at < value.length; at++) {
    const letter = value[at] ?? '';
    if (letter === ';') parts.push('');
    else if (letter === '\\' && at + 1 < value.length) {
      const next = value[++at] ?? '';
      parts[parts.length - 1] += next === 'n' || next === 'N' ? ' ' : next;
    } else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

const isHan = /^\p{Script=Han}+$/u;

/** A name out of its parts as people write it: Chinese names begin with the family's, without a blank. */
export function composeName(given: string, middle: string, family: string): string {
  const parts = [given, middle, family].filter((part) => part !== '');
  return parts.every((part) => isHan.test(part)) ? `${family}${middle}${given}` : parts.join(' ');
}

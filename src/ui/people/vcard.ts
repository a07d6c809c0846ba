// People as vCards, version 3.0 (RFC 2426), which every address book reads: name, other names, numbers and addresses.

import type { OneOfEveryone } from '../../model/everyone';
import { isNumber } from './find-people';

const lineBytes = 75;

/** Cards of all of them, one after the other. */
export function writeVcards(people: readonly Pick<OneOfEveryone, 'name' | 'names' | 'members'>[]): string {
  return people.map(writeVcard).join('');
}

function writeVcard({ name: shown, names, members }: Pick<OneOfEveryone, 'name' | 'names' | 'members'>): string {
  const name = [shown, ...names].find((one) => !isNumber(one)) ?? shown;
  const numbers = [...new Set(members.flatMap(({ number }) => number ?? []))];
  const others = names.filter((other) => other !== name);
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `FN:${escapeText(name)}`,
    `N:;${escapeText(name)};;;`,
    ...(others.length === 0 ? [] : [`NICKNAME:${others.map(escapeText).join(',')}`]),
    ...numbers.map((number) =>
      number.startsWith('tel:') ? `TEL;TYPE=CELL:${number.slice(4)}` : `EMAIL;TYPE=INTERNET:${escapeText(number.slice('mailto:'.length))}`,
    ),
    'END:VCARD',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function escapeText(text: string): string {
  return text.replace(/[\\;,]/gu, '\\$&').replace(/\r\n|\r|\n/gu, '\\n');
}

/** Lines of at most 75 bytes, the next ones begun with a blank; no character is cut. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  let folded = '';
  let bytes = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (bytes + size > lineBytes) {
      folded += '\r\n ';
      bytes = 1;
    }
    folded += character;
    bytes += size;
  }
  return folded;
}

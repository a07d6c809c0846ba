// An invented language for tests: English in brackets and longer, as German is, so that words which do not come from the tables are
// seen, and what has no room for longer ones.

import type { Section, Words } from '../../../src/ui/strings/tables';
import { type Text, splitSlots } from '../../../src/ui/strings/text';

/** Such as stand in no text of ours, and in the fonts of all the rest. */
export const opening = '«';
export const closing = '»';
/** How much longer than English a translation may well be. */
const growth = 0.4;

/** Its slots stay as they are. */
export function pseudoForm(form: string): string {
  const letters = splitSlots(form).reduce((sum, piece) => sum + ('words' in piece ? piece.words.length : 0), 0);
  const more = Math.ceil(letters * growth);
  // In words, since text breaks between them.
  const padding = Array.from({ length: more }, (_, at) => (at % 7 === 0 ? ' ' : '~')).join('');
  return `${opening}${form}${padding}${closing}`;
}

export function pseudoText(text: Text): Text {
  if (typeof text === 'string') return pseudoForm(text);
  return Object.fromEntries(Object.entries(text).map(([name, form]) => [name, pseudoForm(form)])) as unknown as Text;
}

export function pseudoTable<Table extends Readonly<Record<string, Text>>>(table: Table): Table {
  return Object.fromEntries(Object.entries(table).map(([key, text]) => [key, pseudoText(text)])) as unknown as Table;
}

export function pseudoWords(words: Words): Words {
  const names = Object.keys(words.sections) as Section[];
  const sections = names.map(
    (name) => [name, async () => pseudoTable<Readonly<Record<string, Text>>>(await words.sections[name]())] as const,
  );
  return { core: pseudoTable(words.core), sections: Object.fromEntries(sections) as unknown as Words['sections'] };
}

/** What is left of a text without what stands in brackets, those inside of others first. */
export function outsideOfBrackets(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/«[^«»]*»/gu, '');
  }
  return rest;
}

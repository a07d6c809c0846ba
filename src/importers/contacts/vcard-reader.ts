// Cards out of lines: unfolds, keeps what names a number, and passes over pictures without holding them.

import type { NeutralRecord, Span } from '../../model/record';
import { rawOf, problemOf, structureOf } from '../problem-record';
import type { PieceReader, PlacedLine } from '../record-batches';
import type { Contact, ContactBook } from './contact-book';
import { composeName, decodeValue, readProperty, splitValue } from './vcard-line';

/** What a card is asked for; all else is passed over. */
const wanted = new Set(['FN', 'N', 'NICKNAME', 'ORG', 'TEL', 'EMAIL', 'X-PHONETIC-ORG']);
/** A property is held so far; what a picture goes on with is not. */
const propertyLimit = 16_384;
const rawLimit = 4096;
/** Numbers of one card. */
const valuesLimit = 200;

interface Card {
  entry: number;
  fromByte: number;
  toByte: number;
  raw: string;
  /** Cards inside of it (AGENT of 2.1) are passed over. */
  depth: number;
  readonly values: Map<string, string[]>;
}

/** Reads cards into the book. What stands outside of cards is structure where it is blank, else a problem. */
export function createVcardReader(book: ContactBook): PieceReader<PlacedLine> {
  let card: Card | null = null;
  let property = '';
  const endProperty = (): void => {
    if (card !== null && property !== '') takeProperty(card, property);
    property = '';
  };
  const endCard = (isWhole: boolean, out: NeutralRecord[]): void => {
    endProperty();
    if (card === null) return;
    const { entry, fromByte, toByte, raw, values } = card;
    const span = { entry, offsetBytes: fromByte, lengthBytes: toByte - fromByte };
    if (isWhole) book.take(contactOf(values), raw, span, out);
    else out.push(problemOf('ends-early', raw, span));
    card = null;
  };
  return {
    take({ text, span, problems }, out) {
      const line = text.replace(/^\ufeff/, '');
      const word = line.trim().toUpperCase();
      if (card === null) {
        if (word === 'BEGIN:VCARD') card = startCard(line, span);
        else out.push(word === '' ? structureOf('blank', span) : problemOf('not-understood', text, span));
        return;
      }
      card.toByte = span.offsetBytes + span.lengthBytes;
      if (card.raw.length < rawLimit && !isPicture(property)) card.raw += `\n${rawOf(line.slice(0, 200))}`;
      if (continues(property, line)) property = append(property, line);
      else {
        endProperty();
        if (word === 'BEGIN:VCARD') card.depth++;
        else if (word !== 'END:VCARD') property = line.slice(0, propertyLimit);
        else if (--card.depth === 0) endCard(true, out);
      }
      // The rest of an over-long line has an account of its own, behind what was read so far.
      if (card !== null && problems.some(({ lengthBytes }) => lengthBytes > 0)) splitAround(card, problems, out);
    },
    end: (out) => endCard(false, out),
  };
}

function startCard(line: string, { entry, offsetBytes, lengthBytes }: Span): Card {
  return { entry, fromByte: offsetBytes, toByte: offsetBytes + lengthBytes, raw: line, depth: 1, values: new Map() };
}

/** The card goes on behind the bytes that are accounted for already. */
function splitAround(card: Card, problems: PlacedLine['problems'], out: NeutralRecord[]): void {
  out.push(structureOf('contact', { entry: card.entry, offsetBytes: card.fromByte, lengthBytes: card.toByte - card.fromByte }));
  const behind = Math.max(...problems.map(({ offsetBytes, lengthBytes }) => offsetBytes + lengthBytes));
  card.fromByte = card.toByte = behind;
}

const isPicture = (property: string): boolean => /^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)\b/i.test(property);
const isQuotedPrintable = (property: string): boolean => /^[^:]{0,200}QUOTED-PRINTABLE/i.test(property);

/** Folded lines begin with a blank; quoted-printable ones of 2.1 end with an equals sign before. */
function continues(property: string, line: string): boolean {
  if (property === '') return false;
  return line.startsWith(' ') || line.startsWith('\t') || (property.endsWith('=') && isQuotedPrintable(property));
}

function append(property: string, line: string): string {
  if (property.length >= propertyLimit || isPicture(property)) return property;
  const isSoft = property.endsWith('=') && isQuotedPrintable(property);
  return (isSoft ? property.slice(0, -1) + line.replace(/^[ \t]/, '') : property + line.slice(1)).slice(0, propertyLimit);
}

function takeProperty({ depth, values }: Card, line: string): void {
  const property = depth === 1 ? readProperty(line) : null;
  if (property === null || !wanted.has(property.name)) return;
  const list = values.get(property.name) ?? [];
  if (list.length < valuesLimit) list.push(decodeValue(property));
  values.set(property.name, list);
}

function contactOf(values: ReadonlyMap<string, readonly string[]>): Contact {
  const first = (name: string): string => values.get(name)?.find((value) => value.trim() !== '') ?? '';
  const [family = '', given = '', middle = ''] = splitValue(first('N'));
  const words = (value: string): string => splitValue(value).filter((part) => part !== '').join(' '); // prettier-ignore
  const candidates = [words(first('FN')), composeName(given, middle, family), words(first('NICKNAME')), words(first('ORG'))];
  const plain = (name: string): string[] =>
    (values.get(name) ?? []).map((value) => splitValue(value).join(';')).filter((value) => value !== '');
  return { name: candidates.find((name) => name !== '') ?? '', phones: plain('TEL'), mails: plain('EMAIL') };
}

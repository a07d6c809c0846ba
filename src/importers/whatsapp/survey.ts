// What a chat shows of itself before it is read: the order of its dates, who speaks, whose phone wrote it.

import { readLines } from '../../bytes/text-lines';
import type { TextEncoding } from '../../bytes/text-encoding';
import type { ByteSource } from '../../bytes/source';
import { bracketPhrase } from './attachment';
import { addOrderEvidence, createOrderEvidence, decideOrder, isOrderProven, type OrderDecision, type OrderEvidence } from './date-order';
import { createHeaderReader } from './header-reader';
import { phraseKey } from '../marks';
import { findNameEnd, plainName } from './names';
import { deletedPhrases, omittedPhrases } from './phrases';

/** Read at least, so that the people at the beginning are known. The whole file is read where the order of dates stays open. */
const surveyBytes = 1 << 19;
const peopleLimit = 1000;
const deletedLimit = 64;

export interface Survey {
  /** Evidence by the scope of each format seen. */
  readonly formats: ReadonlyMap<string, OrderEvidence>;
  /** Names as `plainName` gives them, in order of appearance. */
  readonly people: readonly string[];
  /** The name under which the export says "you". */
  readonly owner: string | null;
  /** True where nothing was left unread. */
  readonly whole: boolean;
}

/** Surveys a chat from its beginning until the order of every format of dates is proven, at least half a MiB of it. */
export async function surveyChat(source: ByteSource): Promise<Survey> {
  const reader = createHeaderReader();
  const formats = new Map<string, OrderEvidence>();
  const people = new Set<string>();
  let owner: string | null = null;
  let doneBytes = 0;
  for await (const batch of readLines(source)) {
    for (let at = 0; at < batch.lines.length; at++) {
      const line = batch.lines[at]!;
      doneBytes += batch.lengths[at]!;
      if (!reader.read(line)) continue;
      addHeader(formats, reader);
      const nameEnd = findNameEnd(line, reader.header.restAt);
      if (nameEnd < 0 || isSystemBody(line, nameEnd, reader.header.format.bracketed)) continue;
      if (people.size < peopleLimit) people.add(plainName(line.slice(reader.header.restAt, nameEnd)));
      if (owner === null && isOwnDeletion(line, nameEnd)) owner = plainName(line.slice(reader.header.restAt, nameEnd));
    }
    if (doneBytes >= surveyBytes && doneBytes < source.sizeBytes && areProven(formats))
      return { formats, people: [...people], owner, whole: false };
  }
  return { formats, people: [...people], owner, whole: true };
}

function addHeader(formats: Map<string, OrderEvidence>, reader: ReturnType<typeof createHeaderReader>): void {
  const { format } = reader.header;
  let evidence = formats.get(format.scope);
  if (!evidence) {
    evidence = createOrderEvidence(format);
    formats.set(format.scope, evidence);
  }
  addOrderEvidence(evidence, reader.header);
}

function areProven(formats: ReadonlyMap<string, OrderEvidence>): boolean {
  for (const evidence of formats.values()) if (!isOrderProven(evidence)) return false;
  return true;
}

/** On iPhones what WhatsApp says stands under the name of the group: such a name is no person, unless it speaks. */
function isSystemBody(line: string, nameEnd: number, bracketed: boolean): boolean {
  return bracketed && line.startsWith(': \u200e', nameEnd) && line[nameEnd + 3] !== '<' && !isOwnDeletion(line, nameEnd);
}

function isOwnDeletion(line: string, nameEnd: number): boolean {
  return line.length - nameEnd <= deletedLimit && deletedPhrases.get(phraseKey(line.slice(nameEnd + 2))) === 'own';
}

/**
 * The order of a format that begins after the survey ended, from its headers from byte `fromByte` on, read until it is
 * proven.
 */
export async function surveyFormat(source: ByteSource, encoding: TextEncoding, fromByte: number, scope: string): Promise<OrderDecision> {
  const reader = createHeaderReader();
  let evidence: OrderEvidence | null = null;
  for await (const { lines } of readLines(tailOf(source, fromByte), { encoding })) {
    for (const line of lines) {
      if (!reader.read(line) || reader.header.format.scope !== scope) continue;
      evidence ??= createOrderEvidence(reader.header.format);
      addOrderEvidence(evidence, reader.header);
    }
    if (evidence && isOrderProven(evidence)) break;
  }
  return evidence ? decideOrder(evidence) : { order: 'DMY', certain: false };
}

const phraseCountLimit = 10_000;
const repeatedAtLeast = 3;

/**
 * Phrases in angle brackets that are in no table and are the whole body of at least three messages from byte `fromByte`
 * on: in a language that we do not know, only the place of an omitted file repeats like that.
 */
export async function findRepeatedPhrases(source: ByteSource, encoding: TextEncoding, fromByte: number): Promise<ReadonlySet<string>> {
  const reader = createHeaderReader();
  const counts = new Map<string, number>();
  for await (const { lines } of readLines(tailOf(source, fromByte), { encoding })) {
    for (const line of lines) {
      if (!line.endsWith('>') || !reader.read(line)) continue;
      const nameEnd = findNameEnd(line, reader.header.restAt);
      const phrase = nameEnd < 0 ? null : bracketPhrase(line.slice(nameEnd + 2));
      if (phrase === null || omittedPhrases.has(phrase) || (counts.size >= phraseCountLimit && !counts.has(phrase))) continue;
      counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
    }
  }
  return new Set([...counts].filter(([, count]) => count >= repeatedAtLeast).map(([phrase]) => phrase));
}

/** The bytes from `fromByte` on as a source of their own. */
function tailOf(source: ByteSource, fromByte: number): ByteSource {
  return {
    sizeBytes: source.sizeBytes - fromByte,
    read: (from, to) => source.read(fromByte + from, fromByte + to),
    stream: (from = 0) => source.stream(fromByte + from),
  };
}

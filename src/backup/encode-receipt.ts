// receipts/<id>.json: what an import brought, said of places and portable ids, so that another vault can merge it as if its
// archive were there. What depends on the imports before it (counts of what was new, cut runs) is left out.

import type { Sha256Hex } from '../model/ids';
import type { PortableHolding, PortableReceipt } from '../model/portable';
import type { ProblemCode } from '../model/problem';
import type { Receipt, ReceiptConversation } from '../model/receipt';
import { writeJson } from './canonical-json';
import { encodeMessage } from './encode-message';
import type { ImportNote, KeptImages, SaidOfConversation, SaidOfPerson } from './import-notes';
import { type Naming, sortedIds } from './naming';
import { portableId } from './portable-id';

/** Problems of the merging, not of the archive: another order of imports gives them to another receipt. */
const mergeProblems: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['run-cut', 'ambiguous-merge']);

export interface ReceiptParts {
  readonly receipt: Receipt;
  readonly note: ImportNote;
  /** Media whose bytes its archive held. */
  readonly media: readonly Sha256Hex[];
  readImages(part: ReceiptConversation): Promise<KeptImages>;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export async function encodeReceipt(parts: ReceiptParts, naming: Naming): Promise<PortableReceipt> {
  const { receipt, note, media } = parts;
  const isUndone = receipt.undoneAtMs !== null;
  const { id, source, format, formatVersion, files, originals, answers, byKind, mediaFound, mediaMissing, accounting } = receipt;
  const counts = Object.entries(receipt.problemCounts).filter(([code]) => !mergeProblems.has(code as ProblemCode));
  return {
    id,
    source,
    format,
    formatVersion,
    files,
    ...(originals !== undefined && !isUndone && { originals }),
    answers,
    ...(isUndone && { isUndone }),
    conversations: isUndone ? [] : await encodeHoldings(parts, naming),
    people: isUndone ? [] : note.people.flatMap((said) => encodeSaidOfPerson(said, naming)).sort((a, b) => compareText(a.person, b.person)),
    byKind,
    mediaFound,
    mediaMissing,
    media: isUndone ? [] : [...media].sort(),
    problemCounts: Object.fromEntries(counts),
    problems: receipt.problems.filter(({ problem }) => !mergeProblems.has(problem.code)),
    accounting,
  };
}

async function encodeHoldings(parts: ReceiptParts, naming: Naming): Promise<PortableHolding[]> {
  const holdings: PortableHolding[] = [];
  for (const part of parts.receipt.conversations) {
    const said = parts.note.conversations.find(({ conversation }) => conversation === part.conversation);
    const holding = encodeHolding(part, said ?? null, await parts.readImages(part), naming);
    if (holding !== null) holdings.push(holding);
  }
  return holdings.sort((a, b) => compareText(a.conversation, b.conversation) || compareText(writeJson(a), writeJson(b)));
}

/** Null where the conversation was removed. */
function encodeHolding(
  part: ReceiptConversation,
  said: SaidOfConversation | null,
  images: KeptImages,
  naming: Naming,
): PortableHolding | null {
  const conversation = naming.conversation(part.conversation);
  const places = naming.places(part.conversation);
  if (conversation === null || places === null) return null;
  const placed = <Value>(items: readonly (readonly [seq: number, value: Value])[]) =>
    items
      .flatMap(([seq, value]): (readonly [number, Value])[] => {
        const place = places.placeOf(seq);
        return place === null ? [] : [[place, value]];
      })
      .sort(([a], [b]) => a - b);
  const coarse = places.placesOf(images.coarse);
  const otherwise = placed(
    images.other.map((message) => [message.seq, encodeMessage(message, (person) => naming.person(person) ?? unknownPerson)] as const),
  );
  const order = placed(images.places);
  return {
    conversation,
    said: encodeSaid(said, naming),
    read: part.read,
    held: places.placesOf(part.held),
    openTicks: part.openTicks,
    tickMs: part.tickMs,
    ...(coarse.length > 0 && { coarse }),
    ...(otherwise.length > 0 && { otherwise }),
    ...(order.length > 0 && { order }),
  };
}

/** Stands for a sender whom the vault has lost. */
export const unknownPerson = portableId(['person', 'unknown']);

function encodeSaid(said: SaidOfConversation | null, naming: Naming): PortableHolding['said'] {
  if (said === null) return { asOfMs: null, shape: 'unknown', people: [] };
  const { asOfMs, sourceId, name, shape, zone, people } = said;
  return {
    asOfMs,
    ...(sourceId !== null && { sourceId }),
    ...(name !== null && { name }),
    shape,
    ...(zone !== null && { zone }),
    people: sortedIds(people, naming.person),
  };
}

/** Nothing for someone of a conversation that was removed. */
function encodeSaidOfPerson(said: SaidOfPerson, naming: Naming): PortableReceipt['people'][number][] {
  const { asOfMs, sourceId, name, isOwner } = said;
  const person = naming.person(said.person);
  const conversation = said.conversation === null ? null : naming.conversation(said.conversation);
  if (person === null || (said.conversation !== null && conversation === null)) return [];
  return [
    {
      person,
      asOfMs,
      ...(sourceId !== null && { sourceId }),
      ...(conversation !== null && { conversation }),
      ...(name !== null && { name }),
      ...(isOwner && { isOwner }),
    },
  ];
}

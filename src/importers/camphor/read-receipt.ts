// A receipt of a snapshot: what one import showed of each conversation.

import type { Json, JsonObject } from '../../model/json';
import type { Place, PortableHolding, PortableMessage, PortableReceipt } from '../../model/portable';
import { problemCodes, problemRawLimitBytes } from '../../model/problem';
import type { Sha256Hex } from '../../model/ids';
import type { ReceiptFile, ReceiptOriginal, SeqRun } from '../../model/receipt';
import { receiptProblemLimit } from '../../model/receipt';
import { countLimit, openFields } from './fields';
import type { Fields } from './fields';
import { messagesLimit, readIds, readSource, shapes } from './read-catalogue';
import { isObject } from '../json-fields';
import { given } from './read-facts';
import { isHash, portableIdPattern, readId, readMessage } from './read-message';

export const receiptIdPattern = /^[0-9A-Za-z_-]{1,64}$/;
/** As in receipts: an archive of no message has no last tick. */
const timeLimitMs = 8.64e15;

/** Null where it is no receipt, or where what it held cannot be trusted: held places that are no runs make all of it useless. */
export function readReceipt(value: Json | undefined, faults: string[]): PortableReceipt | null {
  const fields = openFields(value, 'receipt', faults);
  if (fields === null) return null;
  const id = fields.text('id');
  const conversations = readHoldings(fields, faults);
  if (id === null || !receiptIdPattern.test(id) || conversations === null) return null;
  const receipt: PortableReceipt = {
    id,
    source: readSource(fields),
    format: fields.text('format') ?? '',
    formatVersion: fields.text('formatVersion') ?? '',
    files: fields.list('files').flatMap((each) => readFile(each, faults) ?? []),
    ...given('originals', readOriginals(fields, faults)),
    answers: readRecord(fields, 'answers', (each) => typeof each === 'string', faults) as Record<string, string>,
    ...(fields.flag('isUndone') ? { isUndone: true } : {}),
    conversations,
    people: fields.list('people').flatMap((each) => readSaidOfPerson(each, faults) ?? []),
    byKind: readCounts(fields, 'byKind', faults),
    mediaFound: fields.whole('mediaFound', countLimit) ?? 0,
    mediaMissing: fields.whole('mediaMissing', countLimit) ?? 0,
    media: fields.texts('media').filter(isHash),
    problemCounts: readCounts(fields, 'problemCounts', faults),
    problems: fields
      .list('problems')
      .slice(0, receiptProblemLimit)
      .flatMap((each) => readProblem(each, faults) ?? []),
    accounting: fields.list('accounting').filter((each): each is JsonObject => isObject(each)),
  };
  fields.close();
  return receipt;
}

function readOriginals(fields: Fields, faults: string[]): ReceiptOriginal[] | null {
  const originals = fields.list('originals').flatMap((each): ReceiptOriginal[] => {
    const file = openFields(each, 'original', faults);
    const sha256 = file?.text('sha256') ?? '';
    if (file === null || !isHash(sha256)) return [];
    return [
      { path: file.text('path') ?? '', sizeBytes: file.whole('sizeBytes', Number.MAX_SAFE_INTEGER) ?? 0, sha256: sha256 as Sha256Hex },
    ];
  });
  return originals.length === 0 ? null : originals;
}

function readHoldings(fields: Fields, faults: string[]): PortableHolding[] | null {
  const holdings = new Map<string, PortableHolding>();
  for (const each of fields.list('conversations')) {
    const holding = readHolding(each, faults);
    if (holding === null) return null;
    const other = holdings.get(holding.conversation);
    holdings.set(holding.conversation, other === undefined ? holding : joinHoldings(other, holding));
  }
  return [...holdings.values()];
}

/** Two chats of one archive that the owner put into one conversation are one holding from there on. */
function joinHoldings(one: PortableHolding, other: PortableHolding): PortableHolding {
  const coarse = joinRuns([...(one.coarse ?? []), ...(other.coarse ?? [])]);
  const ticks = [...one.openTicks, ...other.openTicks];
  return {
    ...other,
    ...one,
    read: one.read + other.read,
    held: joinRuns([...one.held, ...other.held]),
    openTicks: ticks.length === 0 ? [] : [Math.min(...ticks), Math.max(...ticks)],
    ...(coarse.length === 0 ? {} : { coarse }),
    ...(one.otherwise !== undefined && other.otherwise !== undefined ? { otherwise: [...other.otherwise, ...one.otherwise] } : {}),
    ...(one.order !== undefined && other.order !== undefined ? { order: [...other.order, ...one.order] } : {}),
  };
}

/** Sorted, with runs that touch or overlap joined. */
function joinRuns(runs: readonly SeqRun[]): SeqRun[] {
  const joined: [from: number, to: number][] = [];
  for (const [from, to] of runs.toSorted((a, b) => a[0] - b[0])) {
    const last = joined[joined.length - 1];
    if (last !== undefined && last[1] >= from) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function readHolding(value: Json, faults: string[]): PortableHolding | null {
  const fields = openFields(value, 'holding', faults);
  const said = fields?.object('said') ?? null;
  if (fields === null || said === null) return null;
  const conversation = readId(fields, 'conversation', faults);
  const held = readRuns(fields, 'held');
  const coarse = readRuns(fields, 'coarse');
  if (conversation === null || held === null || coarse === null) return null;
  const openTicks = fields.list('openTicks').filter((tick): tick is number => isNumber(tick, -timeLimitMs, timeLimitMs));
  const holding: PortableHolding = {
    conversation,
    said: {
      asOfMs: said.number('asOfMs', -timeLimitMs, timeLimitMs),
      ...given('sourceId', said.text('sourceId')),
      ...given('name', said.text('name')),
      shape: said.oneOf('shape', shapes) ?? 'unknown',
      ...given('zone', said.text('zone')),
      people: readIds(said, 'people', faults),
    },
    read: fields.whole('read', messagesLimit) ?? 0,
    held,
    openTicks: openTicks.length === 2 ? openTicks : [],
    tickMs: fields.number('tickMs', 0, 60_000) === 60_000 ? 60_000 : 1000,
    ...(coarse.length === 0 ? {} : { coarse }),
    ...readImages(fields, faults),
  };
  said.close();
  fields.close();
  return holding;
}

function isNumber(value: Json | undefined, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}

function isPlace(value: Json | undefined): value is Place {
  return isNumber(value, 0, messagesLimit) && Number.isInteger(value);
}

/** Ascending, disjoint, half-open runs; [] where there are none, null where they are anything else. */
function readRuns(fields: Fields, name: string): SeqRun[] | null {
  let end = -1;
  const runs: SeqRun[] = [];
  for (const each of fields.list(name)) {
    const [from, to] = Array.isArray(each) ? (each as readonly Json[]) : [];
    if (!isPlace(from) || !isPlace(to) || from <= end || to <= from) return null;
    runs.push([from, to]);
    end = to - 1;
  }
  return runs;
}

function readImages(fields: Fields, faults: string[]): Pick<PortableHolding, 'otherwise' | 'order'> {
  const otherwise = new Map<Place, PortableMessage>();
  for (const each of fields.list('otherwise')) {
    const [place, message] = Array.isArray(each) ? (each as readonly Json[]) : [];
    const read = readMessage(message, faults);
    if (isPlace(place) && read !== null) otherwise.set(place, read);
    else faults.push('holding.otherwise');
  }
  const order = new Map<Place, number>();
  for (const each of fields.list('order')) {
    const [place, position] = Array.isArray(each) ? (each as readonly Json[]) : [];
    if (isPlace(place) && isPlace(position)) order.set(place, position);
    else faults.push('holding.order');
  }
  return { ...(otherwise.size === 0 ? {} : { otherwise: [...otherwise] }), ...(order.size === 0 ? {} : { order: [...order] }) };
}

function readFile(value: Json, faults: string[]): ReceiptFile | null {
  const fields = openFields(value, 'file', faults);
  const identity = fields?.text('identity') ?? null;
  const identityOf = fields?.oneOf('identityOf', ['content', 'content-pieces', 'central-directory'] as const) ?? null;
  if (fields === null || identity === null || !isHash(identity) || identityOf === null) return null;
  return {
    path: fields.text('path') ?? '',
    sizeBytes: fields.whole('sizeBytes', countLimit) ?? 0,
    identity: identity as ReceiptFile['identity'],
    identityOf,
  };
}

type SaidOfPerson = PortableReceipt['people'][number];

function readSaidOfPerson(value: Json, faults: string[]): SaidOfPerson | null {
  const fields = openFields(value, 'person', faults);
  const person = fields?.text('person') ?? null;
  if (fields === null || person === null || !portableIdPattern.test(person)) return null;
  return {
    person,
    asOfMs: fields.number('asOfMs', -timeLimitMs, timeLimitMs),
    ...given('sourceId', fields.text('sourceId')),
    ...given('conversation', readId(fields, 'conversation', faults)),
    ...given('name', fields.text('name')),
    ...(fields.flag('isOwner') ? { isOwner: true } : {}),
  };
}

function readRecord(fields: Fields, name: string, isRight: (value: Json) => boolean, faults: string[]): Record<string, Json> {
  const record = fields.json(name);
  if (record === undefined) return {};
  if (!isObject(record)) {
    faults.push(name);
    return {};
  }
  const right = Object.entries(record).filter(([, value]) => isRight(value));
  if (right.length < Object.keys(record).length) faults.push(name);
  return Object.fromEntries(right);
}

function readCounts(fields: Fields, name: string, faults: string[]): Record<string, number> {
  return readRecord(fields, name, (value) => isNumber(value, 0, countLimit), faults) as Record<string, number>;
}

function readProblem(value: Json, faults: string[]): PortableReceipt['problems'][number] | null {
  const fields = openFields(value, 'problem', faults);
  const problem = fields?.object('problem') ?? null;
  const code = problem?.oneOf('code', problemCodes) ?? null;
  if (fields === null || problem === null || code === null) return null;
  const raw = (problem.text('raw') ?? '').slice(0, problemRawLimitBytes + 'base64:'.length);
  const detail = problem.text('detail');
  return {
    entry: fields.whole('entry', countLimit) ?? 0,
    offsetBytes: fields.whole('offsetBytes', countLimit) ?? 0,
    lengthBytes: fields.whole('lengthBytes', countLimit) ?? 0,
    problem: { code, raw, ...given('detail', detail) },
  };
}

// Reads archives as the app would, in Node, and keeps nothing: for authors of importers and for reports.

import { loadEngine } from '../../src/bytes/sqlite/engine';
import type { FileSet } from '../../src/bytes/source';
import type { Clock, MessageRecord, NeutralRecord } from '../../src/model/record';
import { detectAll, type FoundArchive } from './detect-all';
import { guessTables } from './guess-tables';
import { fileSetsOfPath } from './node-files';

// What loads this module can load nothing more once that is done.
await loadEngine();

/** What is printed for one archive; `format` is null where nothing recognised the path. */
export interface Inspection {
  path: string;
  format: string | null;
  version: string | null;
  conversations: number;
  messages: number;
  byKind: Record<string, number>;
  people: number;
  /** Wall clocks have no zone; instants end with Z. */
  firstAt: string | null;
  lastAt: string | null;
  mediaFound: number;
  mediaMissing: number;
  problems: Record<string, number>;
  /** Files that are no archive and that no message refers to. */
  unrecognised: string[];
}

export interface InspectOptions {
  /** Opens an encrypted archive; given to the importer as the answer `secret`. */
  readonly secret?: string;
  /** Told of every record, in order. */
  readonly onRecord?: (record: NeutralRecord) => void | Promise<void>;
}

/** All archives at `path`, a file or a folder; one inspection without a format where nothing recognises it. */
export async function inspectPath(path: string, options: InspectOptions = {}): Promise<readonly Inspection[]> {
  const { sets, refused } = await fileSetsOfPath(path);
  const inspections: Inspection[] = [];
  const leftOver = refused.map((file) => file.path);
  for (const files of sets) {
    const archives: Inspection[] = [];
    const used = new Set(files.openedEntries);
    for (const archive of await detectAll(files)) archives.push(await inspectArchive(files, archive, options, used));
    for (const archive of await guessTables(files, used)) archives.push(await inspectArchive(files, archive, options, used));
    const unused = files.entries.filter((_, index) => !used.has(index)).map((entry) => entry.path);
    if (archives.length === 0) leftOver.push(...unused);
    for (const archive of archives) archive.unrecognised.push(...unused);
    inspections.push(...archives);
  }
  if (inspections.length === 0) inspections.push(emptyInspection(path));
  const last = inspections.at(-1)!;
  last.unrecognised.push(...leftOver);
  for (const { error } of refused) add(last.problems, error.code);
  for (const inspection of inspections) inspection.path = inspections.length > 1 ? `${path}/${inspection.path}` : path;
  return inspections;
}

async function inspectArchive(
  files: FileSet,
  { importer, detection }: FoundArchive,
  options: InspectOptions,
  used: Set<number>,
): Promise<Inspection> {
  const inspection = emptyInspection(files.entries[detection.entries[0]!]!.path);
  inspection.format = detection.format;
  inspection.version = detection.formatVersion;
  detection.entries.forEach((entry) => used.add(entry));
  const conversations = new Set<number>();
  const people = new Set<number>();
  const span = { first: null as MessageRecord | null, last: null as MessageRecord | null };
  const answers: Record<string, string> = options.secret === undefined ? {} : { secret: options.secret };
  for await (const batch of importer.read(files, detection, { answers })) {
    for (const record of batch) {
      await options.onRecord?.(record);
      if (record.type === 'conversation') conversations.add(record.index);
      else if (record.type === 'person') people.add(record.index);
      else if (record.type === 'problem') add(inspection.problems, record.problem.code);
      else if (record.type === 'message') addMessage(inspection, record, span, used);
    }
  }
  for (const { code } of files.problems) add(inspection.problems, code);
  inspection.conversations = conversations.size;
  inspection.people = people.size;
  inspection.firstAt = span.first && textOfTime(span.first.sentAtMs, span.first.clock);
  inspection.lastAt = span.last && textOfTime(span.last.sentAtMs, span.last.clock);
  return inspection;
}

function addMessage(
  inspection: Inspection,
  message: MessageRecord,
  span: { first: MessageRecord | null; last: MessageRecord | null },
  used: Set<number>,
): void {
  inspection.messages++;
  add(inspection.byKind, message.kind);
  if (span.first === null || message.sentAtMs < span.first.sentAtMs) span.first = message;
  if (span.last === null || message.sentAtMs >= span.last.sentAtMs) span.last = message;
  for (const { entry } of message.attachments) {
    if (entry === null) inspection.mediaMissing++;
    else {
      inspection.mediaFound++;
      used.add(entry);
    }
  }
}

function textOfTime(sentAtMs: number, clock: Clock): string {
  const text = new Date(sentAtMs).toISOString();
  return clock === 'absolute' ? text : text.slice(0, clock === 'minute' ? 16 : 19);
}

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function emptyInspection(path: string): Inspection {
  return {
    path,
    format: null,
    version: null,
    conversations: 0,
    messages: 0,
    byKind: {},
    people: 0,
    firstAt: null,
    lastAt: null,
    mediaFound: 0,
    mediaMissing: 0,
    problems: {},
    unrecognised: [],
  };
}

// The first reading of an archive: counts, the beginning, and what matching needs. Keeps nothing of the messages but that.

import type { FileSet } from '../bytes/source';
import type { Answers, Detection, Importer } from '../importers/importer';
import type { ConversationRecord, MessageKind, MessageRecord, NeutralRecord, PersonRecord } from '../model/record';
import type { Sample } from './sample';
import { makeSample } from './sample';

export interface SurveyedConversation {
  record: ConversationRecord;
  messages: number;
  /** Times as the records have them: instants, or wall clocks read as UTC. */
  firstAtMs: number;
  lastAtMs: number;
  /** True where a message has a wall clock, and where one is exact to the minute only. */
  isZoneless: boolean;
  isCoarse: boolean;
  /** True where a message has the source's own id. */
  hasIds: boolean;
  /** Senders are indexes of person records. */
  readonly sample: Sample;
}

export interface Survey {
  readonly conversations: ReadonlyMap<number, SurveyedConversation>;
  readonly people: ReadonlyMap<number, PersonRecord>;
  readonly messages: number;
  /** Entries that messages name as their attachments. */
  readonly mediaEntries: ReadonlySet<number>;
  readonly mediaFound: number;
  readonly mediaBytes: number;
  readonly mediaMissing: number;
  readonly first: readonly MessageRecord[];
  /** False where only the beginning was read: the counts are of that. */
  readonly isWhole: boolean;
}

const previewMessages = 40;

export interface SurveyInput {
  readonly importer: Importer;
  readonly files: FileSet;
  readonly detection: Detection;
  readonly answers: Answers;
  /** Where to stop; Infinity for the whole. */
  readonly limitBytes: number;
  onBytes(doneBytes: number, messages: number): void;
  yieldToEvents(): Promise<void>;
}

export interface OpenSurvey {
  take(record: NeutralRecord): void;
  finish(isWhole: boolean): Survey;
}

/** A survey of records as they are read. Without samples it tells all but what an archive overlaps with. */
export function openSurvey(files: FileSet, detection: Detection, hasSamples: boolean): OpenSurvey {
  const counts = { found: 0, missing: 0, messages: 0, partBytes: 0 };
  const recordEntries = new Set(detection.entries);
  const state: State = { conversations: new Map(), people: new Map(), entries: new Set(), recordEntries, first: [], hasSamples, ...counts };
  return {
    take: (record) => take(state, record),
    finish: (isWhole) => finish(state, files, detection, isWhole),
  };
}

/** Reads the records of an archive once, from the beginning to where `limitBytes` says. */
export async function surveyArchive(input: SurveyInput): Promise<Survey> {
  const { importer, files, detection, answers, limitBytes } = input;
  const survey = openSurvey(files, detection, true);
  let readBytes = 0;
  let messages = 0;
  const onBytes = (doneBytes: number): void => {
    readBytes = doneBytes;
    input.onBytes(doneBytes, messages);
  };
  for await (const batch of importer.read(files, detection, { answers, onBytes })) {
    for (const record of batch) survey.take(record);
    messages += batch.length;
    if (readBytes > limitBytes) return survey.finish(false);
    await input.yieldToEvents();
  }
  return survey.finish(true);
}

function finish(state: State, files: FileSet, detection: Detection, isWhole: boolean): Survey {
  const { conversations, people, messages, first } = state;
  // What the rest of the archive attaches is not known yet: all other files of the set may be.
  if (!isWhole) files.entries.forEach((_, entry) => detection.entries.includes(entry) || state.entries.add(entry));
  let mediaBytes = state.partBytes;
  for (const entry of state.entries) mediaBytes += files.entries[entry]?.sizeBytes ?? 0;
  return {
    conversations,
    people,
    messages,
    mediaEntries: state.entries,
    mediaFound: state.found,
    mediaBytes,
    mediaMissing: state.missing,
    first,
    isWhole,
  };
}

interface State {
  readonly conversations: Map<number, SurveyedConversation>;
  readonly people: Map<number, PersonRecord>;
  readonly entries: Set<number>;
  readonly recordEntries: ReadonlySet<number>;
  /** Of attachments that lie inside of entries which hold records. */
  partBytes: number;
  found: number;
  missing: number;
  messages: number;
  readonly first: MessageRecord[];
  readonly hasSamples: boolean;
}

function take(state: State, record: NeutralRecord): void {
  if (record.type === 'message') takeMessage(state, record);
  else if (record.type === 'person') state.people.set(record.index, record);
  else if (record.type === 'conversation') {
    const known = state.conversations.get(record.index);
    if (known === undefined) state.conversations.set(record.index, startConversation(record));
    else known.record = record;
  }
}

/** A conversation with an id is known by it; an account may have thousands. */
const sampleSizeWithId = 128;
const sampleSizeWithoutId = 2048;

function startConversation(record: ConversationRecord): SurveyedConversation {
  const sample = makeSample(record.sourceId === null ? sampleSizeWithoutId : sampleSizeWithId);
  return {
    record,
    messages: 0,
    firstAtMs: Infinity,
    lastAtMs: -Infinity,
    isZoneless: false,
    isCoarse: false,
    hasIds: false,
    sample,
  };
}

function takeMessage(state: State, record: MessageRecord): void {
  let conversation = state.conversations.get(record.conversation);
  if (conversation === undefined) {
    conversation = startConversation({ type: 'conversation', index: record.conversation, sourceId: null, name: null, shape: 'unknown' });
    state.conversations.set(record.conversation, conversation);
  }
  state.messages++;
  conversation.messages++;
  conversation.firstAtMs = Math.min(conversation.firstAtMs, record.sentAtMs);
  conversation.lastAtMs = Math.max(conversation.lastAtMs, record.sentAtMs);
  if (record.clock !== 'absolute') conversation.isZoneless = true;
  if (record.clock === 'minute') conversation.isCoarse = true;
  if (record.sourceId !== null) conversation.hasIds = true;
  if (state.hasSamples && isTelling(record.kind, record.sender)) conversation.sample.add(record.text, record.sentAtMs, record.sender);
  for (const attachment of record.attachments) {
    if (attachment.entry === null) state.missing++;
    else {
      state.found++;
      // A sealed file is read by its importer, and is a file of its own all the same.
      const isInside = attachment.part !== undefined || (attachment.readBytes !== undefined && state.recordEntries.has(attachment.entry));
      if (!isInside) state.entries.add(attachment.entry);
      else state.partBytes += attachment.sizeBytes ?? 0;
    }
  }
  if (state.first.length < previewMessages) state.first.push(record);
}

/** Texts that people wrote: the words of the app are the same in every chat. */
export function isTelling(kind: MessageKind, sender: number): boolean {
  return sender >= 0 && (kind === 'text' || kind === 'link');
}

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
}

const previewMessages = 40;

export interface SurveyInput {
  readonly importer: Importer;
  readonly files: FileSet;
  readonly detection: Detection;
  readonly answers: Answers;
  onBytes(doneBytes: number, messages: number): void;
  yieldToEvents(): Promise<void>;
}

/** Reads all records of an archive once. */
export async function surveyArchive(input: SurveyInput): Promise<Survey> {
  const { importer, files, detection, answers } = input;
  const state: State = { conversations: new Map(), people: new Map(), entries: new Set(), found: 0, missing: 0, messages: 0, first: [] };
  const onBytes = (doneBytes: number): void => input.onBytes(doneBytes, state.messages);
  for await (const batch of importer.read(files, detection, { answers, onBytes })) {
    for (const record of batch) take(state, record);
    await input.yieldToEvents();
  }
  let mediaBytes = 0;
  for (const entry of state.entries) mediaBytes += files.entries[entry]?.sizeBytes ?? 0;
  const { conversations, people, messages, first } = state;
  return {
    conversations,
    people,
    messages,
    mediaEntries: state.entries,
    mediaFound: state.found,
    mediaBytes,
    mediaMissing: state.missing,
    first,
  };
}

interface State {
  readonly conversations: Map<number, SurveyedConversation>;
  readonly people: Map<number, PersonRecord>;
  readonly entries: Set<number>;
  found: number;
  missing: number;
  messages: number;
  readonly first: MessageRecord[];
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
  if (isTelling(record.kind, record.sender)) conversation.sample.add(record.text, record.sentAtMs, record.sender);
  for (const attachment of record.attachments) {
    if (attachment.entry === null) state.missing++;
    else {
      state.found++;
      state.entries.add(attachment.entry);
    }
  }
  if (state.first.length < previewMessages) state.first.push(record);
}

/** Texts that people wrote: the words of the app are the same in every chat. */
export function isTelling(kind: MessageKind, sender: number): boolean {
  return sender >= 0 && (kind === 'text' || kind === 'link');
}

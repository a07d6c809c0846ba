// An importer of a format of our own: a line a message, so that tests can feed intake any record that a source could give.

import { linesOf } from './lines';
import type { Importer } from '../../src/importers/importer';
import type { FileSet } from '../../src/bytes/source';
import type { AttachmentRecord, MessageFacts, MessageKind, NeutralRecord } from '../../src/model/record';
import type { Clock } from '../../src/model/record';

export interface TestRecord {
  readonly sentAtMs: number;
  /** Name; with an id after `#` where the source has one. Null for system lines. */
  readonly sender: string | null;
  readonly text: string;
  readonly conversation?: string;
  readonly id?: string;
  readonly clock?: Clock;
  readonly kind?: MessageKind;
  readonly facts?: MessageFacts;
  readonly owner?: string;
  /** Paths of files beside it; one that is not there is missing. */
  readonly attachments?: readonly string[];
}

const head = 'camphor test records\n';

/** Numbers that JSON has no word for are written as text. */
export function writeRecords(records: readonly TestRecord[]): string {
  return head + records.map((record) => `${JSON.stringify({ ...record, sentAtMs: String(record.sentAtMs) })}\n`).join('');
}

export const recordImporter: Importer = {
  format: 'test-records',
  source: 'other',
  async detect(files) {
    const found = [];
    for (const [index, entry] of files.entries.entries()) {
      const start = new TextDecoder().decode(await entry.open().read(0, head.length));
      if (start === head)
        found.push({ format: 'test-records', formatVersion: '1', source: 'other' as const, entries: [index], title: entry.path });
    }
    return found;
  },
  ask: async () => [],
  async *read(files, { entries: [entry = 0] }, { onBytes }) {
    const source = files.entries[entry]?.open();
    if (source === undefined) return;
    const conversations = new Map<string, number>();
    const people = new Map<string, number>();
    let batch: NeutralRecord[] = [];
    for await (const { text, offsetBytes, lengthBytes } of linesOf(source)) {
      const span = { entry, offsetBytes, lengthBytes };
      if (offsetBytes === 0) batch.push({ type: 'structure', name: 'head', ...span });
      else batch.push(...readLine(text, conversations, people, span, files));
      if (batch.length < 1000) continue;
      yield batch;
      batch = [];
      onBytes?.(offsetBytes);
    }
    yield batch;
  },
};

function readLine(
  text: string,
  conversations: Map<string, number>,
  people: Map<string, number>,
  span: { entry: number; offsetBytes: number; lengthBytes: number },
  files: FileSet,
): NeutralRecord[] {
  const record = JSON.parse(text) as TestRecord & { sentAtMs: string };
  const records: NeutralRecord[] = [];
  const name = record.conversation ?? '';
  let conversation = conversations.get(name);
  if (conversation === undefined) {
    conversations.set(name, (conversation = conversations.size));
    records.push({ type: 'conversation', index: conversation, sourceId: name === '' ? null : name, name, shape: 'direct' });
  }
  const key = `${record.sender}\n${conversation}`;
  let sender = record.sender === null ? -1 : people.get(key);
  if (sender === undefined) {
    people.set(key, (sender = people.size));
    const [shown = '', id = null] = (record.sender ?? '').split('#');
    records.push({
      type: 'person',
      index: sender,
      sourceId: id,
      name: shown,
      conversation: id === null ? conversation : null,
      isOwner: record.owner === record.sender,
    });
  }
  const { clock = 'absolute', kind = 'text', facts = null, id = null, attachments = [] } = record;
  records.push({
    type: 'message',
    conversation,
    sender,
    sourceId: id,
    sentAtMs: Number(record.sentAtMs),
    clock,
    kind,
    text: record.text,
    attachments: attachments.map((path) => attachmentOf(files, path)),
    facts,
    ...span,
  });
  return records;
}

function attachmentOf(files: FileSet, path: string): AttachmentRecord {
  const entry = files.indexOf(path);
  const sizeBytes = files.entries[entry]?.sizeBytes ?? null;
  const isFound = entry !== -1;
  return { kind: 'image', name: path, entry: isFound ? entry : null, missing: isFound ? null : 'not-in-archive', mime: null, sizeBytes };
}

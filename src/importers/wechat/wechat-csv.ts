// WeChat messages that exporters wrote as CSV. See README.md.

import { readCsvRows } from '../../bytes/csv-rows';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { FileEntry, FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { baseName, candidates, detectBytes, entryOf } from '../archive-files';
import type { Detection, Importer, Question } from '../importer';
import { problemOf, rawOf, structureOf } from '../problem-record';
import { readCsvRecords } from '../record-batches';
import type { PieceReader, PlacedRow } from '../record-batches';
import { formOfHeader, rowOf } from './csv-forms';
import type { CsvForm } from './csv-forms';
import { withExtra } from './exported-text';
import { createLedger, noOwner } from './ledger';
import type { ExportedChat, ExportedMessage, Ledger, Owner } from './ledger';
import { claimsPeople, findPeopleFile, lookUpNames, readPeople } from './people-file';

/** Who writes is looked for in more than detection may read. */
const askBytes = 1 << 20;

/** Importer of `.csv` files of WeChat chats; `formatVersion` says which tool's table it is. */
export const wechatCsv: Importer = {
  format: 'wechat-csv',
  source: 'wechat',
  detect,
  ask,
  read,
};

interface CsvHead {
  readonly form: CsvForm;
  readonly owner: Owner;
  /** The chat of a table that names none: the file's name, and, where only one other writes, that one's id. */
  readonly chat: ExportedChat;
  /** Ids of chats, or '' for the one of a table that names none. */
  readonly chats: ReadonlyMap<string, string | null>;
  readonly names: ReadonlySet<string>;
}

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [index, entry] of candidates(files, /\.csv$/i)) {
    const head = await readHead(entry, detectBytes);
    if (head === null) continue;
    const people = head.form.version === 'pywxdump' && claimsPeople(files, index) ? findPeopleFile(files, index) : -1;
    const [chat, ...others] = head.chats.values();
    found.push({
      format: 'wechat-csv',
      formatVersion: head.form.version,
      source: 'wechat',
      entries: people === -1 ? [index] : [index, people],
      title: others.length > 0 ? null : head.form.knowsChat ? (chat ?? null) : head.chat.name,
      isSingle: others.length === 0,
    });
  }
  return found;
}

async function ask(files: FileSet, detection: Detection): Promise<readonly Question[]> {
  const head = await readHead(entryOf(files, detection), askBytes);
  if (head === null) return [];
  const questions: Question[] = [];
  const { id, name } = head.owner;
  if (id !== null) questions.push({ id: 'owner', options: [{ value: id, label: name ?? id }], guess: id, certain: true });
  if (!head.form.knowsOwner) {
    const options = [...head.names].map((value) => ({ value, label: value }));
    questions.push({ id: 'owner', options, guess: guessOwner(head), certain: false });
  }
  if (head.form.hasWallClock) questions.push({ id: 'zone', options: [], guess: null, certain: false });
  return questions;
}

/** Where two write and the file bears the name of one, the owner is the other. */
function guessOwner({ names, chat }: CsvHead): string | null {
  if (names.size !== 2 || chat.name === null || !names.has(chat.name)) return null;
  return [...names].find((name) => name !== chat.name) ?? null;
}

async function* read(files: FileSet, detection: Detection, options: Parameters<Importer['read']>[2]): ReturnType<Importer['read']> {
  const { answers, onBytes } = options;
  const entry = entryOf(files, detection);
  const [index = 0, people] = detection.entries;
  const head = await readHead(entry, askBytes);
  const owner = head?.form.knowsOwner === false ? { id: null, name: answers['owner'] ?? guessOwner(head) } : (head?.owner ?? noOwner);
  const ledger = createLedger(files, index, owner);
  let doneBefore = 0;
  let names: ReadonlyMap<string, string> = new Map();
  if (people !== undefined) {
    const list = files.entries[people];
    if (list !== undefined) yield* readPeople(list, people, ledger, (bytes) => onBytes?.((doneBefore = bytes)));
  } else if (detection.formatVersion === 'pywxdump') names = await lookUpNames(files, findPeopleFile(files, index));
  yield* readCsvRecords({ source: entry.open(), entry: index, onBytes, doneBefore }, {}, createReader(head, ledger, names));
}

/** The first row is the table's head, wherever the file was cut. */
function createReader(head: CsvHead | null, ledger: Ledger, names: ReadonlyMap<string, string>): PieceReader<PlacedRow> {
  const context = {
    chat: head?.chat ?? { id: null, name: null },
    nameOf: (id: string): string | null => ledger.nameOf(id) ?? names.get(id) ?? null,
  };
  return {
    take({ fields, raw, span }, out: NeutralRecord[]) {
      if (head === null) return void out.push(problemOf('not-understood', raw, span));
      if (formOfHeader(fields) !== null) return void out.push(structureOf('header', span));
      // A row with fewer fields was cut, or is of no message.
      if (fields.length < head.form.columns.length) return void out.push(problemOf('not-understood', raw, span));
      const message = head.form.toMessage(rowOf(head.form, fields), context);
      if (typeof message === 'string') out.push(problemOf(message, raw, span));
      else ledger.addMessage(keepRaw(message, raw), span, out);
    },
  };
}

/** What is not understood is kept as the export has it. */
function keepRaw(message: ExportedMessage, raw: string): ExportedMessage {
  return message.body.kind === 'unknown' ? { ...message, body: withExtra(message.body, 'raw', rawOf(raw)) } : message;
}

/** Reads at most `limitBytes`; null where it is none of the tables. Never throws for foreign bytes. */
async function readHead(entry: FileEntry, limitBytes: number): Promise<CsvHead | null> {
  const bytes = await entry.open().read(0, limitBytes);
  const chat: ExportedChat = { id: null, name: titleOf(entry.path) };
  const messages: ExportedMessage[] = [];
  let form: CsvForm | null = null;
  for await (const batch of readCsvRows(sourceOfBytes(bytes))) {
    for (const piece of batch) {
      if (piece.kind === 'problem' || piece.fields.length === 0) continue;
      const found: CsvForm | null = form ?? formOfHeader(piece.fields);
      if (found === null) return null;
      if (form !== null && piece.fields.length >= form.columns.length) {
        const message = form.toMessage(rowOf(form, piece.fields), { chat, nameOf: () => null });
        if (typeof message === 'object') messages.push(message);
      }
      form = found;
    }
  }
  return form === null ? null : summarise(form, chat, messages);
}

function summarise(form: CsvForm, chat: ExportedChat, messages: readonly ExportedMessage[]): CsvHead {
  const chats = new Map<string, string | null>();
  const names = new Set<string>();
  const others = new Map<string, string | null>();
  let owner = noOwner;
  for (const { chat: own, sender } of messages) {
    chats.set(own.id ?? '', own.name ?? own.id);
    if (sender === null) continue;
    if (sender.name !== null) names.add(sender.name);
    if (sender.id === null) continue;
    if (!sender.isOwn) others.set(sender.id, sender.name);
    else if (owner.id === null) owner = { id: sender.id, name: sender.name };
  }
  const [other, ...more] = others;
  // Only where the file bears the other one's name: in a group, one alone may have written so far.
  const isDirect = !form.knowsChat && other !== undefined && more.length === 0 && (other[1] ?? other[0]) === chat.name;
  const shape = isDirect ? 'direct' : others.size > 1 || names.size > 2 ? 'group' : 'unknown';
  return { form, owner, names, chats, chat: { id: isDirect ? other[0] : null, name: chat.name, shape } };
}

function titleOf(path: string): string | null {
  const name = baseName(path).replace(/\.csv$/i, '');
  return name === '' ? null : name;
}

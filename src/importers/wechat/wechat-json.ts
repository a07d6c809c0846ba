// WeChat messages that exporters wrote as JSON, one chat or several, with media and a list of people beside it. See README.md.

import type { JsonPiece } from '../../bytes/json-elements';
import type { FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { candidates, detectBytes, entryOf } from '../archive-files';
import { parseExactJson } from '../exact-json';
import type { Detection, Importer, Question } from '../importer';
import { isObject, words } from '../json-fields';
import { problemOf, rawOf, structureOf } from '../problem-record';
import { readJsonRecords } from '../record-batches';
import { withExtra } from './exported-text';
import { formOf, takeRootMember, wantedPaths } from './json-forms';
import { isMessagePiece, readJsonHead } from './json-head';
import type { JsonHead } from './json-head';
import { createLedger } from './ledger';
import type { ExportedMessage, Ledger } from './ledger';
import { claimsPeople, findPeopleFile, lookUpNames, readPeople } from './people-file';

/** Who is "me" is looked for in more than detection may read. */
const askBytes = 1 << 20;

/** Importer of JSON files of WeChat chats; `formatVersion` says which tool's form it is. */
export const wechatJson: Importer = {
  format: 'wechat-json',
  source: 'wechat',
  detect,
  ask,
  read,
};

async function detect(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [index, entry] of candidates(files, /\.json$/i)) {
    const head = await readJsonHead(entry.open(), detectBytes);
    if (head === null) continue;
    const people = head.form.version === 'pywxdump' && claimsPeople(files, index) ? findPeopleFile(files, index) : -1;
    const [chat, ...others] = head.chats;
    found.push({
      format: 'wechat-json',
      formatVersion: head.form.version,
      source: 'wechat',
      entries: people === -1 ? [index] : [index, people],
      title: chat !== undefined && others.length === 0 ? (chat[1] ?? (chat[0] === '' ? null : chat[0])) : null,
      isSingle: others.length === 0,
    });
  }
  return found;
}

async function ask(files: FileSet, detection: Detection): Promise<readonly Question[]> {
  const head = await readJsonHead(entryOf(files, detection).open(), askBytes);
  if (head === null) return [];
  const questions: Question[] = [];
  const { id, name } = head.owner;
  if (id !== null) questions.push({ id: 'owner', options: [{ value: id, label: name ?? id }], guess: id, certain: true });
  if (head.form.hasWallClock) questions.push({ id: 'zone', options: [], guess: null, certain: false });
  return questions;
}

async function* read(files: FileSet, detection: Detection, { onBytes }: Parameters<Importer['read']>[2]): ReturnType<Importer['read']> {
  const entry = entryOf(files, detection);
  const [index = 0, people] = detection.entries;
  const head = await readJsonHead(entry.open(), askBytes);
  const ledger = createLedger(files, index, head?.owner ?? { id: null, name: null });
  let doneBefore = 0;
  let names: ReadonlyMap<string, string> = new Map();
  if (people !== undefined) {
    const list = files.entries[people];
    if (list !== undefined) yield* readPeople(list, people, ledger, (bytes) => onBytes?.((doneBefore = bytes)));
  } else if (detection.formatVersion === 'pywxdump') names = await lookUpNames(files, findPeopleFile(files, index));
  const reader = createReader(index, head, ledger, names);
  yield* readJsonRecords({ source: entry.open(), entry: index, onBytes, doneBefore }, { paths: wantedPaths }, reader);
}

function createReader(entry: number, head: JsonHead | null, ledger: Ledger, names: ReadonlyMap<string, string>) {
  // The facts of the head are read again on the way, so that a file cut short gives what it can.
  const root = head?.root ?? { chat: null, senders: new Map(), keys: new Set<string>(), generator: null };
  let form = head?.form ?? null;
  const nameOf = (id: string): string | null => ledger.nameOf(id) ?? names.get(id) ?? null;
  return {
    take(piece: JsonPiece, out: NeutralRecord[]): void {
      const { kind, text, key, parent, offsetBytes, lengthBytes } = piece;
      const span = { entry, offsetBytes, lengthBytes };
      if (piece.isDamaged && kind !== 'problem') out.push(problemOf('bad-encoding', text, { ...span, lengthBytes: 0 }));
      if (kind === 'structure') out.push(structureOf('brackets', span));
      else if (kind === 'problem') out.push(problemOf(piece.code ?? 'not-understood', text, span));
      else if (isMessagePiece(piece)) {
        const element = parseExactJson(text);
        if (!isObject(element)) return void out.push(problemOf(element === undefined ? 'bad-json' : 'not-understood', text, span));
        form ??= formOf(element, parent.length === 0, root);
        const message = form?.toMessage(element, root, nameOf) ?? 'not-understood';
        if (typeof message === 'string') out.push(problemOf(message, text, span));
        else ledger.addMessage(keepRaw(message, text), span, out);
      } else {
        takeBeside(key, text, kind, parent, ledger, out);
        if (kind === 'member' && parent.length === 0) takeRootMember(root, String(key), parseExactJson(text));
        out.push(structureOf(parent.length === 0 ? nameOfMember(key) : String(parent[0]), span));
      }
    },
  };
}

/** What is not understood is kept as the export has it. */
function keepRaw(message: ExportedMessage, text: string): ExportedMessage {
  return message.body.kind === 'unknown' ? { ...message, body: withExtra(message.body, 'raw', rawOf(text)) } : message;
}

const knownMembers = new Set([
  'weflow',
  'session',
  'senders',
  'messages',
  'groupMembers',
  'avatars',
  'exportTime',
  'exportInfo',
  'mediaBase',
]);

function nameOfMember(key: string | number): string {
  return knownMembers.has(String(key)) ? String(key) : 'other';
}

/** People that are listed beside the messages. */
function takeBeside(
  key: string | number,
  text: string,
  kind: JsonPiece['kind'],
  parent: JsonPiece['parent'],
  ledger: Ledger,
  out: NeutralRecord[],
): void {
  const value = kind === 'item' || key === 'avatars' ? parseExactJson(text) : undefined;
  if (!isObject(value)) return;
  if (kind === 'item' && parent[0] === 'groupMembers') {
    const id = words(value['wxid']);
    const name = words(value['displayName']) ?? words(value['remark']) ?? words(value['nickname']);
    const kept = ['nickname', 'remark', 'alias', 'groupNickname']
      .map((each) => [each, words(value[each])] as const)
      .filter(([, said]) => said !== null && said !== name);
    if (id !== null) ledger.addPerson(id, name, kept.length === 0 ? null : Object.fromEntries(kept), out);
  } else if (kind === 'member' && parent.length === 0) {
    for (const [id, person] of Object.entries(value)) if (isObject(person)) ledger.addPerson(id, words(person['displayName']), null, out);
  }
}

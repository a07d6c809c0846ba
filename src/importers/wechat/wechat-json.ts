// WeChat messages that exporters wrote as JSON, one chat or several, with media and a list of people beside it. See README.md.

import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import type { NeutralRecord } from '../../model/record';
import { candidates, detectBytes, entryOf } from '../archive-files';
import type { Detection, Importer, Question } from '../importer';
import { isObject, words } from '../json-fields';
import { createJsonReader } from '../json-pieces';
import type { JsonTaker } from '../json-pieces';
import { problemOf, rawOf, structureOf } from '../problem-record';
import { readJsonRecords } from '../record-batches';
import { withExtra } from './exported-text';
import { emptyRoot, formOf, takeRootMember, wantedPaths } from './json-forms';
import { readJsonHead } from './json-head';
import type { JsonHead } from './json-head';
import { createLedger, noOwner } from './ledger';
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
  const ledger = createLedger(files, index, head?.owner ?? noOwner);
  let doneBefore = 0;
  let names: ReadonlyMap<string, string> = new Map();
  if (people !== undefined) {
    const list = files.entries[people];
    if (list !== undefined) yield* readPeople(list, people, ledger, (bytes) => onBytes?.((doneBefore = bytes)));
  } else if (detection.formatVersion === 'pywxdump') names = await lookUpNames(files, findPeopleFile(files, index));
  const reader = createJsonReader(index, createTaker(head, ledger, names));
  yield* readJsonRecords({ source: entry.open(), entry: index, onBytes, doneBefore }, { paths: wantedPaths }, reader);
}

/** The facts of the head are read again on the way, so that a file cut short gives what it can. */
function createTaker(head: JsonHead | null, ledger: Ledger, names: ReadonlyMap<string, string>): JsonTaker {
  const root = head?.root ?? emptyRoot();
  let form = head?.form ?? null;
  const nameOf = (id: string): string | null => ledger.nameOf(id) ?? names.get(id) ?? null;
  return {
    takeItem(element, { parent, span, text }, out) {
      if (parent[0] === 'groupMembers') {
        addMember(element, ledger, out);
        return void out.push(structureOf('member', span));
      }
      form ??= formOf(element, parent.length === 0, root);
      const message = form?.toMessage(element, root, nameOf) ?? 'not-understood';
      if (typeof message === 'string') out.push(problemOf(message, text, span));
      else ledger.addMessage(keepRaw(message, text), span, out);
    },
    takeMember(value, { parent, key }, out) {
      if (parent.length > 0) return null;
      takeRootMember(root, String(key), value);
      if (key === 'avatars') addNames(value, ledger, out);
      return knownMembers.has(String(key)) ? String(key) : 'other';
    },
  };
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

/** What is not understood is kept as the export has it. */
function keepRaw(message: ExportedMessage, text: string): ExportedMessage {
  return message.body.kind === 'unknown' ? { ...message, body: withExtra(message.body, 'raw', rawOf(text)) } : message;
}

function addMember(member: JsonObject, ledger: Ledger, out: NeutralRecord[]): void {
  const id = words(member['wxid']);
  const name = words(member['displayName']) ?? words(member['remark']) ?? words(member['nickname']);
  const kept = ['nickname', 'remark', 'alias', 'groupNickname']
    .map((key) => [key, words(member[key])] as const)
    .filter(([, said]) => said !== null && said !== name);
  if (id !== null) ledger.addPerson(id, name, kept.length === 0 ? null : Object.fromEntries(kept), out);
}

/** `avatars` of one exporter: people with their names. */
function addNames(avatars: Json, ledger: Ledger, out: NeutralRecord[]): void {
  if (!isObject(avatars)) return;
  for (const [id, person] of Object.entries(avatars)) if (isObject(person)) ledger.addPerson(id, words(person['displayName']), null, out);
}

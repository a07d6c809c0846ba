// `users.json`, which one exporter puts beside its tables of messages: who stands behind each id.

import { readJsonPieces } from '../../bytes/json-elements';
import type { FileEntry, FileSet } from '../../bytes/source';
import type { JsonObject } from '../../model/json';
import type { NeutralRecord } from '../../model/record';
import { folderOf } from '../archive-files';
import { parseObject, words } from '../json-fields';
import { problemOf, structureOf } from '../problem-record';
import type { Ledger } from './ledger';

const fileName = 'users.json';
/** The root is to be taken member by member; it has no such array. */
const paths: readonly string[] = ['users[*]'];
/** Lists beyond this are not looked up where they are not read as a part of the archive. */
const lookUpBytes = 16 << 20;

/** Number of the list of people that lies beside the file `index`; -1 where there is none. */
export function findPeopleFile(files: FileSet, index: number): number {
  return files.indexOf(folderOf(files.entries[index]?.path ?? '') + fileName);
}

/** True where the list belongs to the archive of the file `index`: the first table in its folder; the others look names up in it. */
export function claimsPeople(files: FileSet, index: number): boolean {
  const folder = folderOf(files.entries[index]?.path ?? '');
  const first = files.entries.findIndex(
    ({ path, sizeBytes }) => sizeBytes > 0 && folderOf(path) === folder && path !== folder + fileName && /\.(csv|json)$/i.test(path),
  );
  return first === index;
}

/** Makes people known to the ledger and gives the records of the list, in batches of a chunk. */
export async function* readPeople(
  entry: FileEntry,
  index: number,
  ledger: Ledger,
  onBytes: (doneBytes: number) => void,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  for await (const pieces of readJsonPieces(entry.open(), { paths })) {
    const out: NeutralRecord[] = [];
    for (const { kind, key, text, code, offsetBytes, lengthBytes } of pieces) {
      const span = { entry: index, offsetBytes, lengthBytes };
      const person = kind === 'member' ? parseObject(text) : null;
      if (kind === 'problem') out.push(problemOf(code ?? 'not-understood', text, span));
      else if (kind === 'structure') out.push(structureOf('brackets', span));
      else if (person === null) out.push(problemOf('not-understood', text, span));
      else {
        ledger.addPerson(words(person['wxid']) ?? String(key), nameOf(person), extraOf(person), out);
        out.push(structureOf('person', span));
      }
    }
    yield out;
    const last = pieces.at(-1);
    if (last !== undefined) onBytes(last.offsetBytes + last.lengthBytes);
  }
}

/** Names by id, for archives that do not hold the list themselves. Reads it whole, if it is not too large. */
export async function lookUpNames(files: FileSet, index: number): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const entry = files.entries[index];
  if (entry === undefined || entry.sizeBytes > lookUpBytes) return names;
  for await (const pieces of readJsonPieces(entry.open(), { paths })) {
    for (const { kind, key, text } of pieces) {
      const person = kind === 'member' ? parseObject(text) : null;
      const name = person === null ? null : nameOf(person);
      if (person !== null && name !== null) names.set(words(person['wxid']) ?? String(key), name);
    }
  }
  return names;
}

function nameOf(person: JsonObject): string | null {
  return words(person['remark']) ?? words(person['nickname']) ?? words(person['strNickName']) ?? words(person['account']);
}

/** What is said of a person beyond id and name: other names, account, a description. Not where pictures lie on servers. */
function extraOf(person: JsonObject): JsonObject | null {
  const kept = ['nickname', 'remark', 'account', 'describe']
    .map((key) => [key, words(person[key])] as const)
    .filter(([, value]) => value !== null && value !== nameOf(person));
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

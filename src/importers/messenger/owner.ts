// Who "me" is: the profile in the download says, else whoever takes part in every thread.

import { readHtmlPieces, type HtmlNode } from '../../bytes/html-elements';
import type { FileSet } from '../../bytes/source';
import type { Json, JsonObject } from '../../model/json';
import { countMembers } from '../member-count';
import type { Question } from '../importer';
import { isObject, objectOf, objectsOf, parseJson, words } from '../json-fields';
import { repairMojibake } from './mojibake';

/** So many threads are looked into. */
const askedThreads = 50;
const profileBytes = 256 * 1024;

const profilePath = /(?:^|\/)(?:profile_information|personal_information)\.(json|html)$/;

/** True for the path of a profile. */
export function isProfile(path: string): boolean {
  return profilePath.test(path);
}

/** Number of the profile's file of a form below `root`; -1 where there is none. */
export function findProfile(files: FileSet, root: string, extension: 'json' | 'html'): number {
  return files.entries.findIndex(({ path }) => path.startsWith(root) && profilePath.exec(path)?.[1] === extension);
}

/** The question `owner`. `namesOf` gives the participants of a thread by its first entry; none where it does not say. */
export async function askOwner(
  files: FileSet,
  profile: number,
  threads: readonly number[],
  namesOf: (entry: number) => Promise<readonly string[]>,
): Promise<readonly Question[]> {
  const count = countMembers();
  const seen = new Set<string>();
  for (const entry of threads.slice(0, askedThreads)) {
    const names = await namesOf(entry);
    count.take(names.map((name) => [name, null]));
    for (const name of names) seen.add(name);
  }
  const question = count.question();
  if (question === null) return [];
  const isPage = files.entries[profile]?.path.endsWith('.html') ?? false;
  const named = isPage ? await readPageWords(files, profile) : await readProfileNames(files, profile);
  const own = named.filter((name) => seen.has(name));
  const [first] = own;
  if (first === undefined) return [question];
  // A page says the names of relatives too, who may be in a thread; its owner's stands first.
  if (isPage && new Set(own).size > 1) return [{ ...question, guess: first }];
  return [{ id: 'owner', options: [{ value: first, label: first }], guess: first, certain: true }];
}

/** Facebook writes `profile_v2.name.full_name`, Instagram a table of which one row is the name, under a word of its language. */
async function readProfileNames(files: FileSet, entry: number): Promise<readonly string[]> {
  const source = files.entries[entry]?.open();
  if (source === undefined || source.sizeBytes > profileBytes) return [];
  const root = parseJson(new TextDecoder().decode(await source.read(0, source.sizeBytes)));
  if (!isObject(root)) return [];
  const profile = objectOf(root['profile_v2']) ?? objectOf(root['profile']);
  const name = profile?.['name'];
  const rows = objectsOf(root['profile_user']).flatMap((user) => Object.values(objectOf(user['string_map_data']) ?? {}));
  const names: (string | null)[] = [words(name), words(objectOf(name)?.['full_name']), ...rows.map(valueOf)];
  return names.filter((word) => word !== null).map(repairMojibake);
}

/** The short texts of a profile's page, in its order: which of them is a name stands beside them in the account's language. */
async function readPageWords(files: FileSet, entry: number): Promise<readonly string[]> {
  const source = files.entries[entry]?.open();
  if (source === undefined || source.sizeBytes > profileBytes) return [];
  const found: string[] = [];
  for await (const pieces of readHtmlPieces(source, { isWanted: ({ name }) => name === 'body' })) {
    for (const { element } of pieces) found.push(...(element === null ? [] : textsOf(element.children)));
  }
  return found;
}

function textsOf(nodes: readonly HtmlNode[]): string[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [node.trim()] : textsOf(node.children))).filter((text) => text !== '');
}

function valueOf(row: Json): string | null {
  return isObject(row) ? words((row as JsonObject)['value']) : null;
}

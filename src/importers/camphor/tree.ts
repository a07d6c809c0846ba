// Where the files of a snapshot lie in a set of files. Paths are labels that are compared with fixed forms, never followed.

import type { FileSet } from '../../bytes/source';
import type { PortableId } from '../../model/portable';
import { isHash, portableIdPattern } from './read-message';
import { monthPattern } from './read-catalogue';
import { receiptIdPattern } from './read-receipt';

export interface TreeConversation {
  readonly id: PortableId;
  /** Entry of `conversation.json`, or -1. */
  readonly entry: number;
  /** Entries by month, in order of time. */
  readonly months: ReadonlyMap<string, number>;
}

/** Entries of the set, by what they hold; -1 for a file that is not there. */
export interface SnapshotTree {
  readonly manifest: number;
  readonly people: number;
  readonly overlays: number;
  readonly readme: number;
  /** Sorted by id. */
  readonly conversations: readonly TreeConversation[];
  readonly receipts: ReadonlyMap<string, number>;
  /** By SHA-256 in hex. */
  readonly media: ReadonlyMap<string, number>;
  /** Files below the root that have no form of ours. */
  readonly others: readonly number[];
}

/** Roots at which a snapshot may lie: a folder or ZIP has it at its top, below `archive/`, or below a folder around that. */
export function findManifests(files: FileSet): number[] {
  return files.entries.flatMap(({ path }, entry) => (/^([^/]+\/){0,3}manifest\.json$/.test(path) ? [entry] : []));
}

export function readTree(files: FileSet, manifest: number): SnapshotTree {
  const manifestPath = files.entries[manifest]?.path ?? '';
  const root = manifestPath.slice(0, manifestPath.lastIndexOf('/') + 1);
  const at = (name: string): number => files.indexOf(root + name);
  const found: Found = { conversations: new Map(), receipts: new Map(), media: new Map(), others: [] };
  const named = new Set([manifest, at('people.jsonl'), at('overlays.jsonl'), at('README.txt')]);
  for (const [entry, { path }] of files.entries.entries()) {
    if (path.startsWith(root) && !named.has(entry)) place(found, path.slice(root.length), entry);
  }
  const conversations = [...found.conversations].map(([id, { entry, months }]) => ({ id, entry, months: sortMonths(months) }));
  conversations.sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    manifest,
    people: at('people.jsonl'),
    overlays: at('overlays.jsonl'),
    readme: at('README.txt'),
    conversations,
    receipts: new Map([...found.receipts].sort(([a], [b]) => (a < b ? -1 : 1))),
    media: found.media,
    others: found.others,
  };
}

interface Found {
  readonly conversations: Map<PortableId, { entry: number; readonly months: Map<string, number> }>;
  readonly receipts: Map<string, number>;
  readonly media: Map<string, number>;
  readonly others: number[];
}

/** A file that has the place of another is one of the others: the first one counts. */
function place(found: Found, path: string, entry: number): void {
  const parts = path.split('/');
  const [folder = '', name = '', file = ''] = parts;
  if (folder === 'conversations' && parts.length === 3 && portableIdPattern.test(name)) placeOfConversation(found, name, file, entry);
  else if (folder === 'receipts' && parts.length === 2 && name.endsWith('.json') && receiptIdPattern.test(name.slice(0, -5)))
    put(found, found.receipts, name.slice(0, -5), entry);
  else if (folder === 'media' && isHash((parts[parts.length - 1] ?? '').slice(0, 64)))
    put(found, found.media, (parts[parts.length - 1] ?? '').slice(0, 64), entry);
  else found.others.push(entry);
}

function put(found: Found, map: Map<string, number>, key: string, entry: number): void {
  if (map.has(key)) found.others.push(entry);
  else map.set(key, entry);
}

function placeOfConversation(found: Found, id: string, file: string, entry: number): void {
  const known = found.conversations.get(id) ?? { entry: -1, months: new Map<string, number>() };
  const month = file.endsWith('.jsonl') ? file.slice(0, -6) : '';
  if (file === 'conversation.json' && known.entry < 0) known.entry = entry;
  else if (monthPattern.test(month) && !Number.isNaN(monthStartMs(month))) put(found, known.months, month, entry);
  else {
    found.others.push(entry);
    return;
  }
  found.conversations.set(id, known);
}

function sortMonths(months: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...months].sort(([a], [b]) => monthStartMs(a) - monthStartMs(b)));
}

/** First instant of a month; NaN for what is none. */
export function monthStartMs(month: string): number {
  return Date.parse(`${month}-01T00:00:00Z`);
}

/** All entries of the tree but media and what has no form of ours, in the order in which they are read. */
export function entriesOf(tree: SnapshotTree): number[] {
  const heads = tree.conversations.map(({ entry }) => entry);
  const months = tree.conversations.flatMap((conversation) => [...conversation.months.values()]);
  const entries = [tree.manifest, tree.readme, ...heads, tree.people, ...months, tree.overlays, ...tree.receipts.values()];
  return [...new Set(entries)].filter((entry) => entry >= 0);
}

// Who sent something in a month's file, and which media it refers to: what of a snapshot speaks of whom and what.

import type { TreeNode } from '../repository/repository';
import type { TreeReader } from './read-snapshot';

export interface MonthFacts {
  readonly messages: number;
  /** Portable ids. */
  readonly senders: ReadonlySet<string>;
  /** By SHA-256: the time of the earliest message that refers to it. */
  readonly media: ReadonlyMap<string, number>;
}

/** What is asked for; anything else is passed over. */
export interface Wanted {
  readonly people: ReadonlySet<string>;
  readonly media: ReadonlySet<string>;
}

/** JSON objects of a file of JSON Lines, a blob at a time; lines that are none are passed over. */
export async function* readObjects(reader: TreeReader, { content }: TreeNode): AsyncGenerator<Readonly<Record<string, unknown>>> {
  const decoder = new TextDecoder();
  let rest = '';
  for (const blob of content) {
    rest += decoder.decode(await reader.readBlob('data', blob), { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const value = parse(line);
      if (value !== null) yield value;
    }
  }
  const last = parse(rest);
  if (last !== null) yield last;
}

function parse(line: string): Readonly<Record<string, unknown>> | null {
  if (line === '') return null;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** SHA-256 of all media that a message refers to. */
export function mediaOf(message: Readonly<Record<string, unknown>>): string[] {
  const attachments: readonly unknown[] = Array.isArray(message['attachments']) ? message['attachments'] : [];
  return attachments.flatMap((each) => {
    const sha256: unknown = typeof each === 'object' && each !== null ? (each as Record<string, unknown>)['sha256'] : null;
    return typeof sha256 === 'string' ? [sha256] : [];
  });
}

/** `wanted`: null for everything. Throws what reading throws. */
export async function readMonthFacts(reader: TreeReader, node: TreeNode, wanted: Wanted | null): Promise<MonthFacts> {
  const senders = new Set<string>();
  const media = new Map<string, number>();
  let messages = 0;
  for await (const message of readObjects(reader, node)) {
    messages++;
    const { from, at } = message;
    if (typeof from === 'string' && (wanted === null || wanted.people.has(from))) senders.add(from);
    const readMs = typeof at === 'string' ? Date.parse(at) : Number.NaN;
    const atMs = Number.isNaN(readMs) ? Infinity : readMs;
    for (const sha256 of mediaOf(message)) {
      if (wanted === null || wanted.media.has(sha256)) media.set(sha256, Math.min(atMs, media.get(sha256) ?? Infinity));
    }
  }
  return { messages, senders, media };
}

/** Each file is read once, however many snapshots have it. */
export function rememberByContent<Value>(read: (node: TreeNode) => Promise<Value>): (node: TreeNode) => Promise<Value> {
  const known = new Map<string, Value>();
  return async (node) => {
    const key = node.content.join();
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = await read(node);
    known.set(key, value);
    return value;
  };
}

// What the beginning of a thread's page says, read before its records.

import { readHtmlPieces } from '../../bytes/html-elements';
import { decodeEntities } from '../../bytes/html-entities';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { ByteSource } from '../../bytes/source';
import { detectBytes } from '../archive-files';
import { isBox, readBox } from './html-box';
import { messagePart, threadIdOf } from './thread-path';

export interface PageHead {
  /** The thread's title; null where there is none. */
  readonly title: string | null;
  /** Names of the first senders. */
  readonly senders: readonly string[];
  /** The first times, as they are written. */
  readonly times: readonly string[];
  /** By the paths of its files; null where there are none. */
  readonly threadId: string | null;
}

/** Null where it is no page of messages. Never throws for foreign bytes. */
export async function readPageHead(source: ByteSource): Promise<PageHead | null> {
  const bytes = await source.read(0, detectBytes);
  const text = new TextDecoder().decode(bytes);
  if (!text.includes('role="main"') && !text.includes('uiBoxWhite')) return null;
  const senders = new Set<string>();
  const times: string[] = [];
  for await (const pieces of readHtmlPieces(sourceOfBytes(bytes), { isWanted: isBox })) {
    for (const { element } of pieces) {
      const box = element && readBox(element);
      if (box === null || box.time === null) continue;
      times.push(box.timeText);
      if (box.sender !== null) senders.add(box.sender);
    }
  }
  if (times.length === 0) return null;
  const path = /["'/]messages\/\w{1,40}\/([^"'/<>]{1,300})\//.exec(text)?.[1];
  return { title: titleOf(text), senders: [...senders], times, threadId: path === undefined ? null : threadIdOf(path) };
}

/** Boxes of posts and comments look the same: away from a thread's name a page is one only where it is titled after who writes. */
export async function isThreadPage(source: ByteSource, path: string): Promise<boolean> {
  const head = await readPageHead(source);
  return head !== null && (messagePart(path) !== null || (head.title !== null && head.senders.includes(head.title)));
}

function titleOf(text: string): string | null {
  const title = /<title>([^<]{1,1000})<\/title>/.exec(text)?.[1];
  return title === undefined ? null : decodeEntities(title).trim() || null;
}

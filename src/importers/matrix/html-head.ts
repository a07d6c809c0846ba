// What the beginning of a page of Element's export says, read before its records.

import { readHtmlPieces, type HtmlTag } from '../../bytes/html-elements';
import { decodeEntities } from '../../bytes/html-entities';
import { textOf } from '../../bytes/html-query';
import { sourceOfBytes } from '../../bytes/memory-source';
import type { FileSet } from '../../bytes/source';
import { detectBytes } from '../archive-files';
import { decoded, isDate, isTile, readTileHead, type TileHead } from './html-tile';

export interface PageHead {
  readonly name: string | null;
  readonly roomId: string | null;
  /** Who exported, as a Matrix id: the first page names them. */
  readonly owner: string | null;
  readonly senders: ReadonlySet<string>;
  /** Times, as they are written. */
  readonly times: readonly string[];
}

/** Events, and the days between them. */
export function isWanted(tag: HtmlTag): boolean {
  return isTile(tag) || isDate(tag);
}

/** A time of day with its day before it. */
export function timeTextOf({ text, isWhole }: NonNullable<TileHead['time']>, date: string): string {
  return isWhole ? text : `${date} ${text}`;
}

/** Null where it is no page of an export. Never throws for foreign bytes. */
export async function readPageHead(files: FileSet, entry: number): Promise<PageHead | null> {
  const bytes = (await files.entries[entry]?.open().read(0, detectBytes)) ?? new Uint8Array(0);
  const text = new TextDecoder().decode(bytes);
  if (!text.includes('mx_Export_EventWrapper')) return null;
  const { heads, times } = await readTileHeads(bytes);
  if (heads.every(({ time, eventId }) => time === null || eventId === null)) return null;
  return {
    name: roomNameIn(text),
    roomId: heads.map(({ roomId }) => roomId).find((id) => id !== null) ?? null,
    owner: exporterIn(text),
    senders: new Set(heads.flatMap(({ senderId, name }) => senderId ?? name ?? [])),
    times,
  };
}

async function readTileHeads(bytes: Uint8Array): Promise<{ readonly heads: readonly TileHead[]; readonly times: readonly string[] }> {
  const heads: TileHead[] = [];
  const times: string[] = [];
  let date = '';
  for await (const pieces of readHtmlPieces(sourceOfBytes(bytes), { isWanted, nests: true })) {
    for (const { element } of pieces) {
      if (element !== null && !isTile(element)) date = textOf(element).trim();
      if (element === null || !isTile(element)) continue;
      const head = readTileHead(element);
      heads.push(head);
      if (head.time !== null) times.push(timeTextOf(head.time, date));
    }
  }
  return { heads, times };
}

function roomNameIn(text: string): string | null {
  const name = /class="mx_RoomHeader_nametext"[^<>]{0,1000}>([^<]{1,1000})</.exec(text)?.[1] ?? /<h2>([^<]{1,1000})<\/h2>/.exec(text)?.[1];
  return name === undefined ? null : decodeEntities(name).trim() || null;
}

/** The introduction names who exported in bold, in a sentence of their language. */
function exporterIn(text: string): string | null {
  const id = /<a href="https:\/\/matrix\.to\/#\/((?:@|%40)[^"]{1,300})"[^<>]{0,200}><b>/.exec(text)?.[1];
  return id === undefined ? null : decoded(id);
}

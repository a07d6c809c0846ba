// Finds text files of the message manager by their first lines: the banner, or, in a file that lost its head, two headers of
// a group's messages.

import { decodeHead, detectEncoding } from '../../../bytes/text-encoding';
import type { TextEncoding } from '../../../bytes/text-encoding';
import type { ByteSource, FileSet } from '../../../bytes/source';
import { baseName, candidates, detectBytes } from '../../archive-files';
import type { Detection } from '../../importer';
import { readSender } from './sender';
import { isBanner, isRule, readHeading, readTextHeader } from './text-lines';

export const textFormat = 'qq-text';

export interface TextHead {
  /** Null where it is left to the lines' reader. */
  readonly encoding: TextEncoding | null;
  /** Whom the first conversation is with; null where the file has no heading. */
  readonly name: string | null;
  /** Conversations that begin here. */
  readonly conversations: number;
}

/** The message manager's text files in the set. */
export async function detectText(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [index, entry] of candidates(files, /\.(txt|log)$/i)) {
    const source = entry.open();
    const head = await readTextHead(source);
    if (head === null) continue;
    const isSingle = head.conversations <= 1 && source.sizeBytes <= detectBytes;
    found.push({
      format: textFormat,
      formatVersion: 'txt',
      source: 'qq',
      entries: [index],
      title: head.conversations <= 1 ? (head.name ?? titleOf(entry.path)) : titleOf(entry.path),
      ...(isSingle ? { isSingle } : {}),
    });
  }
  return found;
}

/** The name of a file without what says its type. */
export function titleOf(path: string): string {
  return baseName(path).replace(/\.(txt|log)$/i, '');
}

/** What the beginning of a file says; null where it is no such text. */
export async function readTextHead(source: ByteSource): Promise<TextHead | null> {
  const bytes = await source.read(0, detectBytes);
  const detected = detectEncoding(bytes);
  // The codes of GBK are those of other languages too: what begins with the banner in it is in it.
  const encodings = isUnmarkedWide(bytes) ? (['utf-16le'] as const) : [detected.encoding, 'gb18030' as const];
  for (const encoding of encodings) {
    const lines = decodeHead(bytes, encoding).split(/\r?\n/);
    if (!isBanner(lines[0] ?? '') && !beginsWithMessages(lines)) continue;
    return { encoding: encoding === 'utf-8' || detected.bomBytes > 0 ? null : encoding, ...headingsOf(lines) };
  }
  return null;
}

function headingsOf(lines: readonly string[]): Pick<TextHead, 'name' | 'conversations'> {
  const names = lines.flatMap((line, at) => {
    const heading = isRule(lines[at - 1] ?? '') ? readHeading(line) : null;
    return heading?.part === 'object' ? [heading.name] : [];
  });
  return { name: names[0] ?? null, conversations: names.length };
}

/** 消息 in UTF-16 without a byte order mark. */
function isUnmarkedWide(bytes: Uint8Array): boolean {
  return [0x88, 0x6d, 0x6f, 0x60].every((byte, at) => bytes[at] === byte);
}

/** Bare names are too little to tell the text from that of other apps, so only groups are known without the banner. */
function beginsWithMessages(lines: readonly string[]): boolean {
  const first = lines.findIndex((line) => line !== '');
  return first >= 0 && isGroupHeader(lines[first]) && lines.some((line, at) => at > first && lines[at - 1] === '' && isGroupHeader(line));
}

function isGroupHeader(line: string | undefined): boolean {
  const header = line === undefined ? null : readTextHeader(line);
  return header !== null && readSender(header.sender).id !== null;
}

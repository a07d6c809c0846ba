// Finds text files of qq-chat-exporter by their first line.

import { decodeHead } from '../../../bytes/text-encoding';
import type { FileSet } from '../../../bytes/source';
import { candidates } from '../../archive-files';
import type { Detection } from '../../importer';
import { titleOf } from './json';

export const textFormat = 'qq-qce-text';
/** Enough for the head: two lines of banner, a title, a name. */
const headBytes = 4096;
const bannerPattern = /^\[QQChatExporter V(\d{1,3})/;

/** The exporter's text files in the set. */
export async function detectText(files: FileSet): Promise<readonly Detection[]> {
  const found: Detection[] = [];
  for (const [index, entry] of candidates(files, /\.txt$/i)) {
    const head = decodeHead(await entry.open().read(0, headBytes), 'utf-8');
    const version = bannerPattern.exec(head)?.[1];
    if (version === undefined) continue;
    const title = /^聊天名称: (.+)$/m.exec(head)?.[1]?.trim() ?? titleOf(entry.path);
    found.push({ format: textFormat, formatVersion: version, source: 'qq', entries: [index], title, isSingle: true });
  }
  return found;
}

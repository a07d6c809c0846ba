// KakaoTalk's saved chats as text: Android, iPhone, computers, Korean and English. See README.md.

import type { FileEntry } from '../../bytes/source';
import { decodeHead, detectEncoding } from '../../bytes/text-encoding';
import { candidates, entryOf, folderOf } from '../archive-files';
import type { Detection, Importer } from '../importer';
import { readLineRecords } from '../record-batches';
import { createChatReader } from './reader';
import { askOwner, readHead, surveyPeople, type Survey } from './survey';

const headBytes = 65_536;
const headLines = 200;
const versions = { stamped: 'phone', timed: 'phone', bracketed: 'computer' } as const;

/** Importer of KakaoTalk's `.txt`. */
export const kakaoTalkText: Importer = {
  format: 'kakaotalk-text',
  source: 'kakaotalk',

  async detect(files) {
    const found: Detection[] = [];
    for (const [index, entry] of candidates(files, /\.txt$/i)) {
      const head = await headOf(entry);
      if (head === null) continue;
      found.push({
        format: 'kakaotalk-text',
        formatVersion: versions[head.style],
        source: 'kakaotalk',
        entries: [index],
        title: head.title?.name ?? null,
        isSingle: true,
      });
    }
    return found;
  },

  async ask(files, detection) {
    const entry = entryOf(files, detection);
    const { style } = (await headOf(entry)) ?? unknownHead;
    return askOwner(await surveyPeople(entry.open(), style));
  },

  async *read(files, detection, { answers, onBytes }) {
    const entry = entryOf(files, detection);
    const { style, title } = (await headOf(entry)) ?? unknownHead;
    const place = { files, folder: folderOf(entry.path) };
    const reader = createChatReader({ style, title, place, owner: answers['owner'] ?? null });
    yield reader.begin();
    yield* readLineRecords({ source: entry.open(), entry: detection.entries[0] ?? 0, onBytes }, {}, reader.lines);
  },
};

/** A file whose beginning was damaged after it was detected. */
const unknownHead: Pick<Survey, 'style' | 'title'> = { style: 'stamped', title: null };

async function headOf(entry: FileEntry): Promise<Pick<Survey, 'style' | 'title'> | null> {
  const bytes = await entry.open().read(0, headBytes);
  return readHead(decodeHead(bytes, detectEncoding(bytes).encoding).split(/\r?\n/, headLines));
}

// A table that nothing recognised, read by the real thing: only the worker between it and the screen is missing.

import { sourceOfBytes } from '../../src/bytes/memory-source';
import { fileSetOfFiles } from '../../src/bytes/file-set';
import { previewTable } from '../../src/intake/map-table';
import { seeFile } from '../../src/intake/see-file';
import type { TableDraft } from '../../src/model/table-mapping';
import type { SeenFile, TablePreview } from '../../src/model/view';

const csv = `when,day,who,what,kind,picture
03/01/2024 10:00,Fri,Ann,The tomatoes are in,text,
03/01/2024 10:02,Fri,小雨,太好了，浇水了吗？,text,
03/02/2024 09:30,Sat,Ann,,photo,bed.png
03/03/2024 18:45,Sun,Béla,new in version 3,hologram,
`;

const entry = (path: string, text: string) => {
  const bytes = new TextEncoder().encode(text);
  return { path, sizeBytes: bytes.length, modifiedAtMs: null, open: () => sourceOfBytes(bytes) };
};
const files = fileSetOfFiles('garden', 'files', [entry('garden.csv', csv), entry('notes.txt', 'Dear diary, 12 eggs.\n今天下雨了。\n')]);
const set = { ...files, openedEntries: new Set<number>(), directory: null };

export const fakeTableId = '0/0';

/** What is seen of the two files. */
export function fakeSeen(): Promise<readonly SeenFile[]> {
  return Promise.all(set.entries.map((file, index) => seeFile(file, `0/${index}`, file.path)));
}

export function fakePreview(draft: TableDraft | null): Promise<TablePreview> {
  return previewTable({ sets: [set], jobs: [] }, { set: 0, entry: 0 }, draft, 'Europe/Berlin');
}

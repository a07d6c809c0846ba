// XML of the Android app SMS Backup & Restore: messages and calls. See README.md.

import { sourceOfBytes } from '../../bytes/memory-source';
import type { FileEntry } from '../../bytes/source';
import { readXmlTags } from '../../bytes/xml-tags';
import type { NeutralRecord } from '../../model/record';
import { candidates, entryOf } from '../archive-files';
import type { Detection, Importer } from '../importer';
import { batchesOf } from '../record-batches';
import { createSmsReader, roots } from './reader';

const headBytes = 16_384;
/** Texts are shorter; what is longer is base64, which stays in the file. */
const valueLimitBytes = 256 * 1024;
const children: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['smses', new Set(['sms', 'mms'])],
  ['calls', new Set(['call'])],
]);
const versions: ReadonlyMap<string, string> = new Map([
  ['smses', 'messages'],
  ['calls', 'calls'],
]);

/** Importer of `sms-….xml` and `calls-….xml`. */
export const smsXml: Importer = {
  format: 'sms-xml',
  source: 'sms',

  async detect(files) {
    const found: Detection[] = [];
    for (const [index, entry] of candidates(files, /\.xml$/i)) {
      const root = await readRoot(entry);
      if (root === null) continue;
      found.push({ format: 'sms-xml', formatVersion: versions.get(root) ?? root, source: 'sms', entries: [index], title: null });
    }
    return found;
  },

  ask: async () => [],

  async *read(files, detection, { onBytes }) {
    const entry = detection.entries[0] ?? 0;
    const source = entryOf(files, detection).open();
    const reader = createSmsReader(entry);
    for await (const pieces of readXmlTags(source, { valueLimitBytes })) {
      const out: NeutralRecord[] = [];
      for (const piece of pieces) reader.take(piece, out);
      yield* batchesOf(out);
      const last = pieces.at(-1);
      if (last !== undefined) onBytes?.(last.offsetBytes + last.lengthBytes);
    }
    const out: NeutralRecord[] = [];
    reader.end(out);
    yield* batchesOf(out);
  },
};

/** The root's name, where it is one of the app's and holds what it should; null for other files. */
async function readRoot(entry: FileEntry): Promise<string | null> {
  const head = sourceOfBytes(await entry.open().read(0, headBytes));
  let root: string | null = null;
  for await (const pieces of readXmlTags(head)) {
    for (const piece of pieces) {
      if (piece.kind === 'markup' || (piece.kind === 'text' && piece.text.replace('\ufeff', '').trim() === '')) continue;
      // The head may end inside the first message.
      if (piece.kind === 'problem' && piece.code === 'ends-early' && root !== null) return root;
      if (piece.kind !== 'open') return piece.kind === 'close' && piece.name === root ? root : null;
      if (root !== null) return children.get(root)?.has(piece.name) === true ? root : null;
      if (!roots.has(piece.name)) return null;
      root = piece.name;
    }
  }
  return null;
}

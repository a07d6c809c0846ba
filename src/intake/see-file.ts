// What can be said of a file that nothing recognised, without anything of what it holds.

import type { FileEntry } from '../bytes/source';
import { decodeHead, detectEncoding } from '../bytes/text-encoding';
import { readTableHeads } from '../importers/table/table-head';
import { sniffMedia, unknownMedia } from '../media/sniff';
import type { SeenFile } from '../model/view';
import { scrambleLines } from './scramble';

const headBytes = 4096;
/** Characters that no text has. */
// oxlint-disable-next-line no-control-regex
const control = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;
const textTypes: ReadonlySet<string> = new Set(['text/html', 'application/xml', 'text/vcard', 'image/svg+xml']);

/** Reads at most 256 KiB. What cannot be read is of no known type. */
export async function seeFile(entry: FileEntry, fileId: string, path: string): Promise<SeenFile> {
  const source = entry.open();
  const head = await source.read(0, headBytes).catch(() => new Uint8Array());
  const { mime } = sniffMedia(head);
  const common = { fileId, path, sizeBytes: entry.sizeBytes };
  const isKnown = mime !== unknownMedia.mime && !textTypes.has(mime);
  const text = decodeHead(head);
  if (head.length === 0 || isKnown || control.test(text)) return { ...common, mime, encoding: null, lines: [], isTable: false };
  const heads = textTypes.has(mime) ? [] : await readTableHeads(source).catch(() => []);
  return {
    ...common,
    mime: textTypes.has(mime) ? mime : typeOfText(text, heads[0]?.form),
    encoding: detectEncoding(head).encoding,
    lines: scrambleLines(text),
    isTable: heads.length > 0,
  };
}

function typeOfText(text: string, form: string | undefined): string {
  if (form === 'csv') return 'text/csv';
  if (form === 'jsonl') return 'application/jsonl';
  return /^\s*[[{]/.test(text) ? 'application/json' : 'text/plain';
}

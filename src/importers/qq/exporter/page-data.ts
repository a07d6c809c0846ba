// Files that a page holds itself, as `data:` addresses with base64.

import type { AttachmentRecord, EntryPart, Span } from '../../../model/record';

const beginning = /^data:([\w.+-]{1,60}\/[\w.+-]{1,80});base64,/;

/** The attachment as the range of its entry that `address` is; as it is where that is not found. `raw` is the text at the end of `span`. */
export function embed(attachment: AttachmentRecord, address: string, raw: string, span: Span): AttachmentRecord {
  const found = beginning.exec(address);
  const at = found === null ? -1 : raw.indexOf(address);
  const base64 = address.slice(found?.[0].length ?? 0);
  const encoder = new TextEncoder();
  const rawBytes = encoder.encode(raw).length;
  // In another encoding than UTF-8 places in the text are not those in the file.
  if (found === null || at === -1 || base64 === '' || rawBytes > span.lengthBytes) return attachment;
  const before = encoder.encode(raw.slice(0, at + found[0].length)).length;
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const offsetBytes = span.offsetBytes + span.lengthBytes - rawBytes + before;
  const part: EntryPart = { offsetBytes, lengthBytes: base64.length, encoding: 'base64' };
  const sizeBytes = Math.floor((base64.length * 3) / 4) - padding;
  return { ...attachment, entry: span.entry, missing: null, part, mime: found[1] ?? null, sizeBytes };
}

// Files of messages: `media/<document>.1.jpg` beside messages.json, where the message names the document.

import { attributeOf, findElement } from '../../bytes/html-query';
import type { HtmlNode } from '../../bytes/html-elements';
import type { FileSet } from '../../bytes/source';
import type { Json } from '../../model/json';
import type { AttachmentRecord } from '../../model/record';
import { baseName, folderOf } from '../archive-files';

/** Entries of media by the id of their document. */
export type MediaIndex = ReadonlyMap<string, number>;

/** The media of an export: files in `media/`, apart from the `.json` that says of each what it is. */
export function indexMedia(files: FileSet, path: string): MediaIndex {
  const folder = `${folderOf(path)}media/`;
  const index = new Map<string, number>();
  for (const [entry, file] of files.entries.entries()) {
    if (!file.path.startsWith(folder) || file.path.endsWith('.json')) continue;
    const document = baseName(file.path).split('.')[0] ?? '';
    if (!index.has(document)) index.set(document, entry);
  }
  return index;
}

/** What a `<URIObject>` of the content names; null where there is none. `references` are the message's `amsreferences`. */
export function readFile(
  nodes: readonly HtmlNode[],
  references: Json | undefined,
  kind: AttachmentRecord['kind'],
  media: MediaIndex,
): AttachmentRecord | null {
  const object = findElement({ children: nodes }, 'uriobject');
  const uri = (object && attributeOf(object, 'uri')) ?? '';
  const named = Array.isArray(references) ? references.filter((one) => typeof one === 'string') : [];
  const documents = [...named, /\/objects\/([^/?#]{1,200})/.exec(uri)?.[1] ?? ''];
  const entry = documents.map((document) => media.get(document)).find((found) => found !== undefined);
  if (object === null && entry === undefined) return null;
  const size = Number(valueOf(object, 'filesize') ?? Number.NaN);
  const file = {
    kind,
    name: valueOf(object, 'originalname'),
    mime: null,
    sizeBytes: Number.isSafeInteger(size) && size >= 0 ? size : null,
  };
  return entry === undefined ? { ...file, entry: null, missing: 'not-in-archive' } : { ...file, entry, missing: null };
}

function valueOf(object: ReturnType<typeof findElement>, name: string): string | null {
  const element = object && findElement(object, name);
  return element && attributeOf(element, 'v');
}

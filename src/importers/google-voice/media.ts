// Files of a message: pictures, videos, recordings and cards, which are named without the extension that they have on disk.

import type { HtmlElement } from '../../bytes/html-elements';
import { attributeOf, elementsIn, hasClass } from '../../bytes/html-query';
import type { FileSet } from '../../bytes/source';
import type { AttachmentRecord } from '../../model/record';
import { findFile } from '../archive-files';
import { attach } from '../file-kind';

type Kind = AttachmentRecord['kind'];

const extensions: ReadonlyMap<Kind, readonly string[]> = new Map<Kind, readonly string[]>([
  ['image', ['.jpg', '.gif', '.png', '.jpeg', '.webp']],
  ['video', ['.mp4', '.3gp', '.mov']],
  ['voice', ['.mp3', '.amr', '.m4a', '.3gp']],
  ['contact', ['.vcf']],
]);

/** The files that an element names, in its order. `folder` is where the page lies. */
export function readMedia(element: HtmlElement, files: FileSet, folder: string): AttachmentRecord[] {
  const found = new Map<string, AttachmentRecord>();
  for (const part of elementsIn(element)) {
    const kind = kindOf(part);
    const path = kind === null ? null : (attributeOf(part, 'src') ?? attributeOf(part, 'href'));
    if (kind === null || path === null || found.has(path)) continue;
    const onDisk = ['', ...(extensions.get(kind) ?? [])].map((extension) => path + extension);
    found.set(path, attach(files, folder, { kind, path: onDisk.find((one) => findFile(files, folder, one) !== -1) ?? path }));
  }
  return [...found.values()];
}

function kindOf(part: HtmlElement): Kind | null {
  if (part.name === 'img') return 'image';
  if (part.name === 'audio' || part.name === 'video') return part.name === 'audio' ? 'voice' : 'video';
  if (part.name !== 'a') return null;
  if (hasClass(part, 'video')) return 'video';
  if (hasClass(part, 'vcard')) return 'contact';
  return hasClass(part, 'audio') || attributeOf(part, 'rel') === 'enclosure' ? 'voice' : null;
}

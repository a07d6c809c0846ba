// The body of a message in an MHT file: text in `font` elements, and pictures, which are parts of the file.

import { elementsIn, textOf } from '../../../bytes/html-query';
import type { HtmlNode } from '../../../bytes/html-tree';
import type { FileSet } from '../../../bytes/source';
import type { AttachmentRecord } from '../../../model/record';
import { attach } from '../../file-kind';
import { readBody } from './body';
import type { ManagerBody } from './body';

/** Text, files and kind. A picture whose part is not there was lost before the export: it is named, and missing. */
export function readMhtBody(nodes: readonly HtmlNode[], files: FileSet): ManagerBody {
  const pictures = picturesIn(nodes, files);
  const text = textOf(nodes).replaceAll('\u00a0', ' ').trim();
  if (pictures.length > 0) return { kind: 'image', text, attachments: pictures };
  return readBody(text);
}

function picturesIn(nodes: readonly HtmlNode[], files: FileSet): readonly AttachmentRecord[] {
  return [...elementsIn({ children: nodes })]
    .filter(({ name }) => name === 'img')
    .flatMap(({ attributes }) => {
      const path = attributes.get('src') ?? '';
      return path === '' ? [] : [attach(files, '', { kind: 'image', path, missing: 'unavailable' })];
    });
}

// Files of qq-chat-exporter's messages. A file is told of twice: as an element of the message, and as a resource beside
// them, which may have the path.

import type { FileSet } from '../../../bytes/source';
import type { JsonObject } from '../../../model/json';
import type { AttachmentRecord } from '../../../model/record';
import { findFile } from '../../archive-files';
import { attach } from '../../file-kind';
import { countOf, words } from '../../json-fields';

/** Where the files of an export lie: beside it, in `resources/`. */
export interface ResourcePlace {
  readonly files: FileSet;
  /** Folders to look in, each '' or ending in `/`. */
  readonly folders: readonly string[];
}

const kinds: ReadonlyMap<string, AttachmentRecord['kind']> = new Map<string, AttachmentRecord['kind']>([
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'voice'],
  ['file', 'file'],
  ['market_face', 'sticker'],
  ['giphy', 'sticker'],
]);

/** The kind of file that an element of this type is; undefined for one that is no file. */
export function fileKindOf(type: string): AttachmentRecord['kind'] | undefined {
  return kinds.get(type);
}

/** What an attachment says by its own fields. */
export const fileMembers = new Set(['type', 'filename', 'fileName', 'name', 'size', 'width', 'height', 'duration', 'localPath']);

/** The file of an element; `resource` is what stands of it beside the elements, or null. */
export function toAttachment(
  kind: AttachmentRecord['kind'],
  element: JsonObject,
  resource: JsonObject | null,
  place: ResourcePlace,
): AttachmentRecord {
  const either = { ...element, ...resource };
  const name = words(either['filename']) ?? words(either['fileName']) ?? words(element['name']);
  const paths = pathsOf(element, resource);
  const sizeBytes = countOf(either['size']) || null;
  const file = attach(place.files, '', {
    kind: element['subType'] === 'sticker' ? 'sticker' : kind,
    path: locate(paths, place) ?? paths[0] ?? null,
    name,
    sizeBytes,
    missing: paths.length === 0 ? 'not-exported' : 'not-in-archive',
  });
  const widthPx = countOf(either['width']) || null;
  const heightPx = countOf(either['height']) || null;
  const seconds = either['duration'];
  return {
    ...file,
    ...(widthPx === null || heightPx === null ? {} : { widthPx, heightPx }),
    ...(typeof seconds === 'number' && seconds > 0 ? { durationMs: Math.round(seconds * 1000) } : {}),
  };
}

/** Paths that the export gives; addresses of QQ's servers are none. */
function pathsOf(element: JsonObject, resource: JsonObject | null): readonly string[] {
  const given = [resource?.['localPath'], element['localPath'], resource?.['url'], element['url']];
  return [...new Set(given.flatMap((path) => words(path) ?? []))].filter(
    (path) => !/^(?:[a-z]+:|\/)/i.test(path) || /^[a-z]:\\/i.test(path),
  );
}

/** The path in the set of the first file that is there. `images/x.jpg` is short for `resources/images/x.jpg`. */
function locate(paths: readonly string[], { files, folders }: ResourcePlace): string | null {
  for (const path of paths) {
    for (const folder of folders) {
      for (const full of [folder + path, `${folder}resources/${path}`]) {
        const entry = files.entries[findFile(files, '', full)];
        if (entry !== undefined) return entry.path;
      }
    }
  }
  return null;
}

// Files and tables in words.

import type { SeenFile } from '../../model/view';
import type { Format } from '../format';
import type { StringKey, Translate } from '../strings/strings';

const types: ReadonlyMap<string, StringKey> = new Map<string, StringKey>([
  ['text/csv', 'seen.type.csv'],
  ['application/json', 'seen.type.json'],
  ['application/jsonl', 'seen.type.jsonl'],
  ['text/plain', 'seen.type.text'],
  ['text/html', 'seen.type.html'],
  ['application/xml', 'seen.type.xml'],
  ['application/vnd.sqlite3', 'seen.type.sqlite'],
  ['application/octet-stream', 'seen.type.unknown'],
]);

/** "table (CSV) · 12 KB": its type in words, or as it is registered. */
export function seenWords({ mime, sizeBytes }: SeenFile, t: Translate, format: Format): string {
  return [typeWords(mime, t), format.bytes(sizeBytes)].join(t('mark.dot'));
}

export function typeWords(mime: string, t: Translate): string {
  const key = types.get(mime);
  return key === undefined ? mime : t(key);
}

/**
 * What a report says of files: type, form and size, for those who write importers, in their language. No name (of it only what
 * is behind the last dot), no word and no number that stands in the file.
 */
export function reportOf(files: readonly SeenFile[]): string {
  return files.map(describeFile).join('\n');
}

function describeFile({ path, mime, sizeBytes, encoding, lines, isTable }: SeenFile): string {
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(path)?.[0] ?? '';
  const facts = [
    `type: ${mime}`,
    `name: *${extension}`,
    `size: about ${roundSize(sizeBytes)}`,
    ...(encoding === null ? [] : [`encoding: ${encoding}`]),
  ];
  return [...facts, ...(isTable ? ['table: yes'] : []), ...lines.map((line) => `  ${line}`), ''].join('\n');
}

/** To one digit: an exact size could tell one file from another. */
function roundSize(sizeBytes: number): string {
  const unit = 10 ** Math.max(0, String(sizeBytes).length - 1);
  return `${Math.round(sizeBytes / unit) * unit} bytes`;
}

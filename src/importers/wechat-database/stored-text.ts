// Texts as WeChat's tables hold them: plain, or packed with zstd, with or without a dictionary. WCDB says which in a column of its
// own on some platforms; the bytes say it on all.

import type { Row } from '../../bytes/sqlite/row';
import { decodeText } from '../../bytes/sqlite/record-format';
import type { ZstdCodec } from '../../bytes/zstd';
import { dictionaryOf } from '../../bytes/zstd-frame';
import { CamphorError } from '../../model/error';
import type { ProblemCode } from '../../model/problem';

export interface HiddenText {
  readonly code: ProblemCode;
  /** Words without content. */
  readonly detail: string;
}

const textLimitBytes = 16 << 20;

/** The text of a column, '' for NULL; or why it cannot be read. */
export function readStoredText(row: Row, column: string, zstd: ZstdCodec): string | HiddenText {
  const value = row.value(column);
  if (!(value instanceof Uint8Array)) return withoutNuls(row.text(column) ?? '');
  const dictionary = dictionaryOf(value);
  if (dictionary === null) return withoutNuls(decodeText(value, 'utf-8'));
  if (dictionary > 0) return { code: 'not-understood', detail: `packed with dictionary ${dictionary}, which is in the app only` };
  try {
    return withoutNuls(decodeText(zstd.decompressBounded(value, textLimitBytes), 'utf-8'));
  } catch (error) {
    if (!(error instanceof CamphorError)) throw error;
    return { code: 'entry-damaged', detail: `${column}: damaged zstd` };
  }
}

/** Texts of WeChat may end with NULs. */
export function withoutNuls(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}

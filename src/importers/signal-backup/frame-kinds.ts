// What a frame of a backup is: BackupFrame of Signal Android's Backups.proto has one field, whose number says it.

import { type ProtobufFields, readProtobuf } from '../../bytes/protobuf';
import { readStatement, type Statement } from './statement';

export type Frame =
  | { readonly kind: 'statement'; readonly statement: Statement }
  | { readonly kind: 'other'; readonly name: string; readonly fields: ProtobufFields };

const statementField = 2;
export const frameNames: ReadonlyMap<number, string> = new Map([
  [1, 'header'],
  [3, 'preference'],
  [4, 'attachment'],
  [5, 'version'],
  [6, 'end'],
  [7, 'avatar'],
  [8, 'sticker'],
  [9, 'keyValue'],
]);

/** The frame in these bytes; null for one of no known kind, or that makes no sense. */
export function readFrame(bytes: Uint8Array): Frame | null {
  const fields = readProtobuf(bytes);
  const [number = 0, ...more] = fields.numbers;
  if (!fields.isWhole || more.length > 0) return null;
  if (number === statementField) {
    const statement = readStatement(fields.bytes(number) ?? new Uint8Array(0));
    return statement === null ? null : { kind: 'statement', statement };
  }
  const name = frameNames.get(number);
  return name === undefined ? null : { kind: 'other', name, fields: fields.messages(number)[0] ?? fields };
}

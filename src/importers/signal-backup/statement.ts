// One SQL statement of a backup with its values. It is read as data: nothing of it is ever run.

import { type ProtobufValue, readField } from '../../bytes/protobuf';
import type { SqlValue } from '../../bytes/sqlite/record-format';

export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** More values than any table has columns. */
const valueLimit = 4096;
const decoder = new TextDecoder();

/** The statement in the bytes of a SqlStatement; null where they are none. */
export function readStatement(bytes: Uint8Array): Statement | null {
  let sql: string | null = null;
  const values: SqlValue[] = [];
  for (let at = 0; at < bytes.length;) {
    const field = readField(bytes, at);
    if (field === null || !(field.value instanceof Uint8Array) || values.length > valueLimit) return null;
    if (field.number === 1) sql = decoder.decode(field.value);
    else if (field.number === 2) values.push(valueOf(field.value));
    at = field.end;
  }
  return sql === null ? null : { sql, values };
}

/** A SqlParameter: 1 text, 2 a whole number (two's complement), 3 a number, 4 bytes, 5 NULL. */
function valueOf(parameter: Uint8Array): SqlValue {
  const field = readField(parameter, 0);
  if (field === null) return null;
  const { number, value } = field;
  if (number === 1 && value instanceof Uint8Array) return decoder.decode(value);
  if (number === 2 && typeof value === 'bigint') return integerOf(value);
  if (number === 3 && typeof value === 'bigint') return doubleOf(value);
  return number === 4 && value instanceof Uint8Array ? value.slice() : null;
}

function integerOf(value: Extract<ProtobufValue, bigint>): number | bigint {
  const signed = BigInt.asIntN(64, value);
  const number = Number(signed);
  return Number.isSafeInteger(number) ? number : signed;
}

function doubleOf(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

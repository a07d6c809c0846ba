// Writes proto3 JSON as Protobuf by a table of fields: the other way round than importers/signal-export/proto-json reads it.

import type { Field, Fields } from '../../../src/importers/signal-export/proto-json';
import type { Json, JsonObject } from '../../../src/model/json';
import { bytes, join, number } from '../../crypto/signal-backup-writer';

/** Throws for a member that the table does not have. */
export function writeMessage(message: JsonObject, fields: Fields): Uint8Array {
  const numbers = new Map([...fields].map(([each, field]) => [field.name, [each, field] as const]));
  const parts = Object.entries(message).flatMap(([name, value]) => {
    const [at, field] = numbers.get(name) ?? [0, null];
    if (field === null) throw new RangeError(`no field ${name}`);
    const values: readonly Json[] = field.isRepeated ? (value as readonly Json[]) : [value];
    return values.map((each) => writeValue(at, field, each));
  });
  return join(...parts);
}

function writeValue(at: number, { type }: Field, value: Json): Uint8Array {
  if (typeof type === 'function') return bytes(at, writeMessage(value as JsonObject, type()));
  if (typeof type === 'object') return number(at, type.names.indexOf(value as string));
  if (type === 'text') return bytes(at, value as string);
  if (type === 'bytes') return bytes(at, new Uint8Array(Buffer.from(value as string, 'base64')));
  return number(at, type === 'bool' ? Number(value) : BigInt(value as string));
}

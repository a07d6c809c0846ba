// Protobuf messages as the JSON that proto3 makes of them, by a table of their fields: numbers of 64 bits are text, bytes base64, enums
// names. So what is written for Signal's readable export reads its sealed backup as well.

import { encodeBase64 } from '../../bytes/base64';
import { type ProtobufValue, readField } from '../../bytes/protobuf';
import type { Json, JsonObject } from '../../model/json';

export type FieldType =
  | 'text'
  | 'bytes'
  | 'uint32'
  | 'uint64'
  | 'bool'
  /** Names by number. */
  | { readonly names: readonly string[] }
  /** A message; a function, since some hold themselves. */
  | (() => Fields);

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly isRepeated: boolean;
}

/** Fields of a message by number. */
export type Fields = ReadonlyMap<number, Field>;

const depthLimit = 16;
const fieldLimit = 65_536;
const decoder = new TextDecoder();

/** The message in these bytes; null where they are none. Fields that are not in the table stand under `#` and their number, raw. */
export function readMessage(bytes: Uint8Array, fields: Fields, depth = 0): JsonObject | null {
  if (depth > depthLimit) return null;
  const members = new Map<string, Json>();
  for (let at = 0, count = 0; at < bytes.length; count++) {
    const found = readField(bytes, at);
    if (found === null || count > fieldLimit) return null;
    at = found.end;
    const known = fields.get(found.number);
    const value = known === undefined ? null : readValue(found.value, known.type, depth);
    const name = known === undefined || value === null ? `#${found.number}` : known.name;
    const json = value ?? rawValue(found.value);
    const before = members.get(name);
    if (known !== undefined && value !== null && !known.isRepeated) members.set(name, json);
    else members.set(name, [...((before as readonly Json[] | undefined) ?? []), json]);
  }
  return Object.fromEntries(members);
}

/** Null where the value is of another type. */
function readValue(value: ProtobufValue, type: FieldType, depth: number): Json | null {
  if (typeof type === 'function') return value instanceof Uint8Array ? readMessage(value, type(), depth + 1) : null;
  if (value instanceof Uint8Array) return type === 'text' ? decoder.decode(value) : type === 'bytes' ? encodeBase64(value) : null;
  if (type === 'uint64') return String(value);
  if (type === 'uint32') return Number(value);
  if (type === 'bool') return value !== 0n;
  return typeof type === 'object' ? (type.names[Number(value)] ?? Number(value)) : null;
}

const rawValue = (value: ProtobufValue): Json => (value instanceof Uint8Array ? encodeBase64(value) : String(value));

/** A table of fields, each as `number name type`, `[]` behind the type of a repeated one; `types` has what is neither text nor number. */
export function fieldsOf(lines: readonly string[], types: Readonly<Record<string, FieldType>> = {}): Fields {
  return new Map(
    lines.map((line) => {
      const [number = '', name = '', said = ''] = line.split(' ');
      const isRepeated = said.endsWith('[]');
      const word = isRepeated ? said.slice(0, -2) : said;
      const type = types[word] ?? plainTypes.get(word);
      if (type === undefined) throw new RangeError(`no type ${word}`);
      return [Number(number), { name, type, isRepeated }];
    }),
  );
}

const plainTypes: ReadonlyMap<string, FieldType> = new Map<string, FieldType>(
  (['text', 'bytes', 'uint32', 'uint64', 'bool'] as const).map((type) => [type, type]),
);

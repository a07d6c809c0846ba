// Protobuf's wire format (protobuf.dev/programming-guides/encoding): fields by number, without a schema. A field is a tag, which is
// a varint of number * 8 + wire type, and a value: 0 a varint, 1 eight bytes, 2 a varint length and as many bytes (text, bytes or
// another message), 5 four bytes. Groups (3, 4), which nothing writes any more, end the reading.

/** A number as its bits (negative ones are above 2^63), or bytes, which are not copied. */
export type ProtobufValue = bigint | Uint8Array;

/** How many fields a message may have; what is behind them is not read. */
const fieldLimit = 65_536;
const varintBytes = 10;
const numberLimit = 2 ** 29;

/**
 * The fields of one message. Paths go from field to field through messages inside of messages; where a field is there more than once
 * the last one counts, as the format says.
 */
export class ProtobufFields {
  /** False where the bytes end inside of a field or make no sense: fields before that are there. */
  readonly isWhole: boolean;
  readonly #values: ReadonlyMap<number, readonly ProtobufValue[]>;

  constructor(values: ReadonlyMap<number, readonly ProtobufValue[]>, isWhole: boolean) {
    this.#values = values;
    this.isWhole = isWhole;
  }

  get numbers(): readonly number[] {
    return [...this.#values.keys()];
  }

  /** Each value of field `number`, in order. */
  all(number: number): readonly ProtobufValue[] {
    return this.#values.get(number) ?? [];
  }

  /** Each message in field `number`, in order. */
  messages(number: number): readonly ProtobufFields[] {
    return this.all(number).flatMap((value) => (value instanceof Uint8Array ? [readProtobuf(value)] : []));
  }

  /** Null where there are no bytes. */
  bytes(...path: readonly number[]): Uint8Array | null {
    const value = this.#at(path);
    return value instanceof Uint8Array ? value : null;
  }

  /** Text with something in it, else null; bytes that are no UTF-8 are replaced. */
  words(...path: readonly number[]): string | null {
    const bytes = this.bytes(...path);
    return bytes === null ? null : new TextDecoder().decode(bytes) || null;
  }

  /** A number of any size, not negative. */
  integer(...path: readonly number[]): bigint | null {
    const value = this.#at(path);
    return typeof value === 'bigint' ? value : null;
  }

  /** A number that is exact as one. */
  whole(...path: readonly number[]): number | null {
    const value = Number(this.integer(...path) ?? -1);
    return value >= 0 && Number.isSafeInteger(value) ? value : null;
  }

  #at([number = 0, ...rest]: readonly number[]): ProtobufValue | null {
    const value = this.all(number).at(-1) ?? null;
    if (rest.length === 0) return value;
    return value instanceof Uint8Array ? readProtobuf(value).#at(rest) : null;
  }
}

/** Reads one message; never throws. Bytes of messages inside are read when they are asked for. */
export function readProtobuf(bytes: Uint8Array): ProtobufFields {
  const values = new Map<number, ProtobufValue[]>();
  let at = 0;
  for (let count = 0; at < bytes.length && count < fieldLimit; count++) {
    const field = readField(bytes, at);
    if (field === null) break;
    const known = values.get(field.number);
    if (known === undefined) values.set(field.number, [field.value]);
    else known.push(field.value);
    at = field.end;
  }
  return new ProtobufFields(values, at === bytes.length);
}

export interface ProtobufField {
  readonly number: number;
  readonly value: ProtobufValue;
  /** Where the next field begins. */
  readonly end: number;
}

/** The field that begins at byte `from`; null where there is none, or one that makes no sense. For messages that are read in millions. */
export function readField(bytes: Uint8Array, from: number): ProtobufField | null {
  const tag = readVarint(bytes, from);
  if (tag === null) return null;
  const number = Number(tag.value >> 3n);
  if (number === 0 || number >= numberLimit) return null;
  const { end: at } = tag;
  switch (Number(tag.value & 7n)) {
    case 0: {
      const varint = readVarint(bytes, at);
      return varint === null ? null : { number, ...varint };
    }
    case 1:
      return readFixed(bytes, number, at, 8);
    case 2: {
      const length = readVarint(bytes, at);
      if (length === null || length.value > BigInt(bytes.length - length.end)) return null;
      const end = length.end + Number(length.value);
      return { number, value: bytes.subarray(length.end, end), end };
    }
    case 5:
      return readFixed(bytes, number, at, 4);
    default:
      return null;
  }
}

/** Seven bits a byte, the low ones first. */
function readVarint(bytes: Uint8Array, at: number): { readonly value: bigint; readonly end: number } | null {
  let value = 0;
  for (let index = 0; index < 4; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    value |= (byte & 0x7f) << (7 * index);
    if (byte < 0x80) return { value: BigInt(value), end: at + index + 1 };
  }
  let long = BigInt(value);
  for (let index = 4; index < varintBytes; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    long |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte < 0x80) return { value: BigInt.asUintN(64, long), end: at + index + 1 };
  }
  return null;
}

function readFixed(bytes: Uint8Array, number: number, at: number, sizeBytes: 4 | 8): ProtobufField | null {
  if (at + sizeBytes > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, sizeBytes);
  const value = sizeBytes === 4 ? BigInt(view.getUint32(0, true)) : view.getBigUint64(0, true);
  return { number, value, end: at + sizeBytes };
}

// Protobuf messages for tests, written by their fields.

export type WrittenField = readonly [number: number, value: number | bigint | string | Uint8Array | readonly WrittenField[]];

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  for (; value > 0x7fn; value >>= 7n) bytes.push(Number(value & 0x7fn) | 0x80);
  return [...bytes, Number(value)];
}

/** Numbers as varints, text and bytes as they are, fields as a message inside. */
export function writeProtobuf(fields: readonly WrittenField[]): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(([number, value]) => {
      const tag = BigInt(number) << 3n;
      if (typeof value === 'number' || typeof value === 'bigint') return [...varint(tag), ...varint(BigInt.asUintN(64, BigInt(value)))];
      const bytes =
        typeof value === 'string' ? new TextEncoder().encode(value) : value instanceof Uint8Array ? value : writeProtobuf(value);
      return [...varint(tag | 2n), ...varint(BigInt(bytes.length)), ...bytes];
    }),
  );
}

/** As SQL writes it. */
export function blobLiteral(bytes: Uint8Array): string {
  return `x'${Buffer.from(bytes).toString('hex')}'`;
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readProtobuf } from '../../src/bytes/protobuf';
import { writeProtobuf } from './protobuf-builder';

const bytesOfHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(/[ |]/g, ''), 'hex'));

test('reads the documentation’s examples', () => {
  // protobuf.dev: field 1 = 150; field 2 = "testing"; field 3 = a message whose field 1 is 150.
  expect(readProtobuf(bytesOfHex('08 96 01')).whole(1)).toBe(150);
  const read = readProtobuf(bytesOfHex('12 07 74 65 73 74 69 6e 67 1a 03 08 96 01'));
  expect([read.words(2), read.whole(3, 1), read.isWhole, read.numbers]).toEqual(['testing', 150, true, [2, 3]]);
});

test('reads numbers of fields that take three bytes', () => {
  // 40800 LEN 21 {45001: 101, 45002: 1, 45101: 大家好}: formats/china.md §8.2.
  const read = readProtobuf(bytesOfHex('82F61315 C8FC1565 D0FC1501 EA821609 E5A4A7E5AEB6E5A5BD'));
  const [element] = read.messages(40800);
  expect([element?.whole(45001), element?.whole(45002), element?.words(45101)]).toEqual([101, 1, '大家好']);
});

test('reads fixed numbers, and passes over nothing that it does not know', () => {
  const read = readProtobuf(bytesOfHex('09 0102030405060708 | 15 01020304 | 18 ffffffffffffffffff01 | 23 08 01'));
  expect([read.integer(1), read.integer(2), read.integer(3), read.whole(3)]).toEqual([
    0x0807060504030201n,
    0x04030201n,
    2n ** 64n - 1n,
    null,
  ]);
  // Field 4 begins a group.
  expect(read.isWhole).toBe(false);
});

test('the last of repeated fields counts, and all are there', () => {
  const read = readProtobuf(
    writeProtobuf([
      [1, 'a'],
      [1, 'b'],
    ]),
  );
  expect([read.words(1), read.all(1).length]).toEqual(['b', 2]);
});

const field = fc.tuple(
  fc.integer({ min: 1, max: 2 ** 29 - 1 }),
  fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.uint8Array({ maxLength: 40 })),
);

test('gives back what was written', () => {
  fc.assert(
    fc.property(fc.array(field, { maxLength: 20 }), (fields) => {
      const read = readProtobuf(writeProtobuf(fields));
      expect(read.isWhole).toBe(true);
      for (const number of read.numbers)
        expect(read.all(number)).toEqual(fields.filter(([each]) => each === number).map(([, value]) => value));
    }),
  );
});

test('never throws, and what is cut off is a beginning of the whole', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, cut) => {
      const [whole, part] = [readProtobuf(bytes), readProtobuf(bytes.subarray(0, cut))];
      for (const number of part.numbers) expect(whole.all(number).slice(0, part.all(number).length)).toEqual(part.all(number));
    }),
  );
});

// Raw deflate (RFC 1951) for a stream that ends too early, as the last entry of a broken-off ZIP does. An engine's own
// DecompressionStream throws at that end and may lose what it had not yet delivered, differently from run to run; this one
// gives every byte that the input determines. It is slower, and used for nothing else.

import { joinBytes } from './join-bytes';

const windowBytes = 32_768;
const longestMatch = 258;
const bufferBytes = 8 * windowBytes;
/** More than any block header has (14 bits, 19 lengths of 3, 320 codes of at most 14) and any symbol with its extra bits. */
const lookaheadBytes = 1024;

/** §3.2.5: base and number of extra bits of each length symbol from 257, and of each distance symbol. */
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const lengthBase = [...basesOf(lengthExtra.slice(0, 28), 3), longestMatch];
const distanceExtra = Array.from({ length: 30 }, (_, symbol) => Math.max(0, (symbol >> 1) - 1));
const distanceBase = basesOf(distanceExtra, 1);
/** §3.2.7: the order in which the lengths of the code length code come. */
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function basesOf(extraBits: readonly number[], first: number): number[] {
  let base = first;
  return extraBits.map((bits) => (base += 1 << bits) - (1 << bits));
}

/** Looks up the next bits, first bit lowest: symbol << 4 | length of its code; 0 where no code begins so. */
interface CodeTable {
  readonly bits: number;
  readonly entries: Uint16Array;
}

/** §3.2.2: codes of one length follow each other, shorter ones first. Null where the lengths ask for more codes than there are. */
function makeTable(lengths: ArrayLike<number>): CodeTable | null {
  const bits = Math.max(1, ...Array.from(lengths));
  const entries = new Uint16Array(1 << bits);
  let code = 0;
  for (let length = 1; length <= bits; length++, code <<= 1) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue;
      if (code >> length) return null;
      let reversed = 0;
      for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
      for (let at = reversed; at < entries.length; at += 1 << length) entries[at] = (symbol << 4) | length;
      code++;
    }
  }
  return { bits, entries };
}

const fixedLiterals = makeTable(Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)));
const fixedDistances = makeTable(new Uint8Array(30).fill(5));

/** What is being read: a block's header, its stored bytes, or its symbols. */
type Block =
  | { readonly kind: 'header' }
  | { readonly kind: 'stored'; left: number; readonly isLast: boolean }
  | { readonly kind: 'codes'; readonly literals: CodeTable; readonly distances: CodeTable; readonly isLast: boolean }
  | { readonly kind: 'end' };

const nextHeader: Block = { kind: 'header' };
const end: Block = { kind: 'end' };

/** Inflates as far as `compressed` goes or makes sense; nothing is thrown but what `compressed` throws. */
export async function* inflateCut(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const decoder = createDecoder();
  let rest: Uint8Array = new Uint8Array(0);
  for await (const piece of compressed) {
    rest = rest.length === 0 ? piece : joinBytes([rest, piece], rest.length + piece.length);
    yield* decoder.decode(rest, rest.length - lookaheadBytes);
    rest = rest.subarray(decoder.takeWholeBytes());
    if (decoder.isDone()) return;
  }
  yield* decoder.decode(rest, rest.length);
  yield* decoder.flush();
}

function createDecoder() {
  const output = new Uint8Array(bufferBytes);
  let written = 0;
  let given = 0;
  let input: Uint8Array = new Uint8Array(0);
  let bitAt = 0;
  let block: Block = nextHeader;

  /** The next bits, zeros beyond the end; the caller checks that. */
  const peek = (bits: number): number => {
    const at = bitAt >> 3;
    const three = (input[at] ?? 0) | ((input[at + 1] ?? 0) << 8) | ((input[at + 2] ?? 0) << 16);
    return (three >> (bitAt & 7)) & ((1 << bits) - 1);
  };
  const take = (bits: number): number => {
    const value = peek(bits);
    bitAt += bits;
    return value;
  };
  const takeSymbol = (table: CodeTable): number => {
    const entry = table.entries[peek(table.bits)] ?? 0;
    bitAt += entry & 15;
    return entry === 0 ? -1 : entry >> 4;
  };

  const readLengths = (table: CodeTable, count: number): number[] | null => {
    const lengths: number[] = [];
    while (lengths.length < count) {
      const symbol = takeSymbol(table);
      if (symbol < 0 || (symbol === 16 && lengths.length === 0)) return null;
      if (symbol < 16) lengths.push(symbol);
      else {
        const repeats = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7);
        const value = symbol === 16 ? (lengths.at(-1) ?? 0) : 0;
        for (let repeat = 0; repeat < repeats; repeat++) lengths.push(value);
      }
    }
    return lengths.length === count ? lengths : null;
  };

  const readDynamic = (isLast: boolean): Block => {
    const literalCount = take(5) + 257;
    const distanceCount = take(5) + 1;
    const orderCount = take(4) + 4;
    const codeLengths = new Uint8Array(19);
    for (const place of codeLengthOrder.slice(0, orderCount)) codeLengths[place] = take(3);
    const table = makeTable(codeLengths);
    const lengths = table && readLengths(table, literalCount + distanceCount);
    const literals = lengths && makeTable(lengths.slice(0, literalCount));
    const distances = lengths && makeTable(lengths.slice(literalCount));
    return literals && distances ? { kind: 'codes', literals, distances, isLast } : end;
  };

  const readHeader = (): Block => {
    const isLast = take(1) === 1;
    const kind = take(2);
    if (kind === 0) {
      bitAt = (bitAt + 7) & ~7;
      const left = take(16);
      return (take(16) ^ 0xffff) === left ? { kind: 'stored', left, isLast } : end;
    }
    if (kind === 1 && fixedLiterals && fixedDistances) return { kind: 'codes', literals: fixedLiterals, distances: fixedDistances, isLast };
    return kind === 2 ? readDynamic(isLast) : end;
  };

  const copyStored = (stored: Block & { kind: 'stored' }) => {
    const from = bitAt >> 3;
    const piece = input.subarray(from, from + Math.min(stored.left, bufferBytes - written));
    output.set(piece, written);
    written += piece.length;
    bitAt += piece.length * 8;
    stored.left -= piece.length;
    if (stored.left === 0) block = stored.isLast ? end : nextHeader;
  };

  /** One symbol; a match is copied only when all of it was read before `endBit`. */
  const decodeSymbol = (codes: Block & { kind: 'codes' }, endBit: number) => {
    const symbol = takeSymbol(codes.literals);
    if (symbol < 256) {
      if (symbol >= 0 && bitAt <= endBit) output[written++] = symbol;
      else block = end;
      return;
    }
    if (symbol === 256) {
      block = codes.isLast ? end : nextHeader;
      return;
    }
    const length = (lengthBase[symbol - 257] ?? 0) + take(lengthExtra[symbol - 257] ?? 0);
    const distanceSymbol = takeSymbol(codes.distances);
    const distance = (distanceBase[distanceSymbol] ?? Infinity) + take(distanceExtra[distanceSymbol] ?? 0);
    if (distance > written || bitAt > endBit) block = end;
    else for (let copied = 0; copied < length; copied++, written++) output[written] = output[written - distance] ?? 0;
  };

  /** What was written and not given; the window that matches may reach back to is kept. */
  function* flush(): Generator<Uint8Array, void, void> {
    if (written > given) yield output.slice(given, written);
    const kept = Math.min(written, windowBytes);
    output.copyWithin(0, written - kept, written);
    written = given = kept;
  }

  return {
    flush,
    isDone: () => block.kind === 'end',
    /** Decodes `bytes`, beginning no symbol or header at or after `untilByte`. */
    *decode(bytes: Uint8Array, untilByte: number): Generator<Uint8Array, void, void> {
      input = bytes;
      const endBit = bytes.length * 8;
      while (block.kind !== 'end' && bitAt < untilByte * 8) {
        if (written > bufferBytes - longestMatch) yield* flush();
        if (block.kind === 'codes') decodeSymbol(block, endBit);
        else if (block.kind === 'stored') copyStored(block);
        else block = readHeader();
      }
      if (block.kind === 'end') yield* flush();
    },
    /** Forgets the whole bytes that were used up, and says how many they are. */
    takeWholeBytes(): number {
      const whole = bitAt >> 3;
      bitAt &= 7;
      return whole;
    },
  };
}

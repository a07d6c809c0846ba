// Raw deflate (RFC 1951), decoded step by step by our own code: for streams that end too early (inflate-cut.ts), and for those that are
// read at any place (inflate-index.ts). An engine's own DecompressionStream can do neither, and is faster for all else.

import { joinBytes } from './join-bytes';

export const windowBytes = 32_768;
const longestMatch = 258;
const bufferBytes = 8 * windowBytes;
/** More than any block header has (14 bits, 19 lengths of 3, 320 codes of at most 14) and any symbol with its extra bits. */
export const lookaheadBytes = 1024;

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
export type Block =
  | { readonly kind: 'header' }
  | { readonly kind: 'stored'; left: number; readonly isLast: boolean }
  /** `headerBit`: where its header begins, counted from the start of the stream. */
  | {
      readonly kind: 'codes';
      readonly literals: CodeTable;
      readonly distances: CodeTable;
      readonly isLast: boolean;
      readonly headerBit: number;
    }
  | { readonly kind: 'end' };

const nextHeader: Block = { kind: 'header' };
const end: Block = { kind: 'end' };

export interface Decoder {
  /** What was inflated; matches reach back into it. */
  readonly output: Uint8Array;
  written: number;
  given: number;
  input: Uint8Array;
  /** Where `input` begins in the stream. */
  inputFrom: number;
  /** Of `input`. */
  bitAt: number;
  block: Block;
  /** Set where the stream makes no sense; it is at its end then too. */
  isBad: boolean;
}

export function createDecoder(): Decoder {
  return {
    output: new Uint8Array(bufferBytes),
    written: 0,
    given: 0,
    input: new Uint8Array(0),
    inputFrom: 0,
    bitAt: 0,
    block: nextHeader,
    isBad: false,
  };
}

/** Puts `piece` behind what of the input is not decoded yet. */
export function addInput(decoder: Decoder, piece: Uint8Array): void {
  const done = decoder.bitAt >> 3;
  const rest = decoder.input.subarray(done);
  decoder.input = rest.length === 0 ? piece : joinBytes([rest, piece], rest.length + piece.length);
  decoder.inputFrom += done;
  decoder.bitAt &= 7;
}

/** Decodes the input, beginning no symbol or header at or after `untilByte`. */
export function* decode(decoder: Decoder, untilByte: number): Generator<Uint8Array, void, void> {
  const endBit = decoder.input.length * 8;
  while (decoder.block.kind !== 'end' && decoder.bitAt < untilByte * 8) {
    const { block } = decoder;
    if (decoder.written > bufferBytes - longestMatch) yield* flush(decoder);
    if (block.kind === 'codes') decodeSymbols(decoder, block, Math.min(untilByte * 8, endBit), endBit);
    else if (block.kind === 'stored') copyStored(decoder, block);
    else readHeader(decoder);
  }
  if (decoder.block.kind === 'end') yield* flush(decoder);
}

/** What was written and not given; the window that matches may reach back to is kept. */
export function* flush(decoder: Decoder): Generator<Uint8Array, void, void> {
  const { output, written, given } = decoder;
  if (written > given) yield output.slice(given, written);
  const kept = Math.min(written, windowBytes);
  output.copyWithin(0, written - kept, written);
  decoder.written = decoder.given = kept;
}

/** The next bits, zeros beyond the end; the caller checks that. */
function peek({ input, bitAt }: Decoder, bits: number): number {
  const at = bitAt >> 3;
  const three = (input[at] ?? 0) | ((input[at + 1] ?? 0) << 8) | ((input[at + 2] ?? 0) << 16);
  return (three >> (bitAt & 7)) & ((1 << bits) - 1);
}

function take(decoder: Decoder, bits: number): number {
  const value = peek(decoder, bits);
  decoder.bitAt += bits;
  return value;
}

/** The symbol of the next code; -1 where no code begins so. */
function takeSymbol(decoder: Decoder, table: CodeTable): number {
  const entry = table.entries[peek(decoder, table.bits)] ?? 0;
  decoder.bitAt += entry & 15;
  return entry === 0 ? -1 : entry >> 4;
}

/** The next block's header, and what it says as the decoder's block. */
export function readHeader(decoder: Decoder): void {
  const headerBit = decoder.inputFrom * 8 + decoder.bitAt;
  const block = parseHeader(decoder, headerBit);
  if (block === null) giveUp(decoder);
  else decoder.block = block;
}

function giveUp(decoder: Decoder): void {
  decoder.isBad = true;
  decoder.block = end;
}

function parseHeader(decoder: Decoder, headerBit: number): Block | null {
  const isLast = take(decoder, 1) === 1;
  const kind = take(decoder, 2);
  if (kind === 0) {
    decoder.bitAt = (decoder.bitAt + 7) & ~7;
    const left = take(decoder, 16);
    return (take(decoder, 16) ^ 0xffff) === left ? storedBlock(left, isLast) : null;
  }
  if (kind === 1 && fixedLiterals && fixedDistances)
    return { kind: 'codes', literals: fixedLiterals, distances: fixedDistances, isLast, headerBit };
  return kind === 2 ? readDynamic(decoder, isLast, headerBit) : null;
}

/** One without content is over at once: nothing that follows would end it. */
function storedBlock(left: number, isLast: boolean): Block {
  if (left > 0) return { kind: 'stored', left, isLast };
  return isLast ? end : nextHeader;
}

function readDynamic(decoder: Decoder, isLast: boolean, headerBit: number): Block | null {
  const literalCount = take(decoder, 5) + 257;
  const distanceCount = take(decoder, 5) + 1;
  const orderCount = take(decoder, 4) + 4;
  const codeLengths = new Uint8Array(19);
  for (const place of codeLengthOrder.slice(0, orderCount)) codeLengths[place] = take(decoder, 3);
  const table = makeTable(codeLengths);
  const lengths = table && readLengths(decoder, table, literalCount + distanceCount);
  const literals = lengths && makeTable(lengths.slice(0, literalCount));
  const distances = lengths && makeTable(lengths.slice(literalCount));
  return literals && distances ? { kind: 'codes', literals, distances, isLast, headerBit } : null;
}

/** §3.2.7: lengths, and repeats of the last one (16) or of zero (17, 18). */
function readLengths(decoder: Decoder, table: CodeTable, count: number): number[] | null {
  const lengths: number[] = [];
  while (lengths.length < count) {
    const symbol = takeSymbol(decoder, table);
    if (symbol < 0 || (symbol === 16 && lengths.length === 0)) return null;
    if (symbol < 16) lengths.push(symbol);
    else {
      const repeats = symbol === 16 ? 3 + take(decoder, 2) : symbol === 17 ? 3 + take(decoder, 3) : 11 + take(decoder, 7);
      const value = symbol === 16 ? (lengths.at(-1) ?? 0) : 0;
      for (let repeat = 0; repeat < repeats; repeat++) lengths.push(value);
    }
  }
  return lengths.length === count ? lengths : null;
}

function copyStored(decoder: Decoder, stored: Block & { kind: 'stored' }): void {
  const from = decoder.bitAt >> 3;
  const piece = decoder.input.subarray(from, from + Math.min(stored.left, bufferBytes - decoder.written));
  decoder.output.set(piece, decoder.written);
  decoder.written += piece.length;
  decoder.bitAt += piece.length * 8;
  stored.left -= piece.length;
  if (stored.left === 0) decoder.block = stored.isLast ? end : nextHeader;
}

type CodesBlock = Block & { kind: 'codes' };

/** Symbols that begin before `untilBit`, while there is room; what one stands for is written only when all of it was read before `endBit`. */
function decodeSymbols(decoder: Decoder, codes: CodesBlock, untilBit: number, endBit: number): void {
  const { output, input } = decoder;
  const { bits, entries } = codes.literals;
  const mask = (1 << bits) - 1;
  const full = bufferBytes - longestMatch;
  let { bitAt, written } = decoder;
  while (bitAt < untilBit && written <= full) {
    const at = bitAt >> 3;
    const three = (input[at] ?? 0) | ((input[at + 1] ?? 0) << 8) | ((input[at + 2] ?? 0) << 16);
    const entry = entries[(three >> (bitAt & 7)) & mask] ?? 0;
    const symbol = entry >> 4;
    if (entry !== 0 && symbol < 256 && bitAt + (entry & 15) <= endBit) {
      output[written++] = symbol;
      bitAt += entry & 15;
      continue;
    }
    decoder.bitAt = bitAt;
    decoder.written = written;
    if (!decodeOther(decoder, codes, endBit)) return;
    ({ bitAt, written } = decoder);
  }
  decoder.bitAt = bitAt;
  decoder.written = written;
}

/** A symbol that is no literal, or none at all; false where the block is over. */
function decodeOther(decoder: Decoder, codes: CodesBlock, endBit: number): boolean {
  const symbol = takeSymbol(decoder, codes.literals);
  if (symbol === 256 && decoder.bitAt <= endBit) {
    decoder.block = codes.isLast ? end : nextHeader;
    return false;
  }
  if (symbol <= 256) {
    giveUp(decoder);
    return false;
  }
  const length = (lengthBase[symbol - 257] ?? 0) + take(decoder, lengthExtra[symbol - 257] ?? 0);
  const distanceSymbol = takeSymbol(decoder, codes.distances);
  const distance = (distanceBase[distanceSymbol] ?? Infinity) + take(decoder, distanceExtra[distanceSymbol] ?? 0);
  if (distance > decoder.written || decoder.bitAt > endBit) {
    giveUp(decoder);
    return false;
  }
  copyMatch(decoder, distance, length);
  return true;
}

function copyMatch(decoder: Decoder, distance: number, length: number): void {
  const { output } = decoder;
  let to = decoder.written;
  for (const past = to + length; to < past; to++) output[to] = output[to - distance] ?? 0;
  decoder.written = to;
}

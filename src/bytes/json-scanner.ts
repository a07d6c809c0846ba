// The synchronous half of json-elements.ts: takes chunks, gives the pieces that end in them. It walks the containers on
// the way to wanted arrays token by token, and passes over every other value by counting brackets.

import { problemRawLimitBytes } from '../model/problem';
import type { JsonPath, PathNode } from './json-paths';
import { createValueScan } from './json-value';
import { decodeLossy, decodeStrictly } from './text-encoding';

export interface JsonPiece {
  readonly kind: 'item' | 'member' | 'structure' | 'problem';
  /** Only for `problem`. */
  readonly code: 'piece-too-large' | 'depth-limit' | 'ends-early' | 'bad-json' | null;
  /** Way from the root to the container of the value. */
  readonly parent: JsonPath;
  /** Key or index of the value in its container; -1 where it has none. */
  readonly key: string | number;
  /** The value as it is in the file; for a problem at most its first 64 KiB, for `structure` ''. */
  readonly text: string;
  /** True where some of the value's bytes are no UTF-8; they are U+FFFD in `text`. */
  readonly isDamaged: boolean;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

export interface JsonLimits {
  readonly pieceLimitBytes: number;
  readonly depthLimit: number;
}

export interface JsonScanner {
  push(chunk: Uint8Array): JsonPiece[];
  end(): JsonPiece[];
}

/** A container on the way to a wanted array, entered and not yet left. */
interface Frame {
  readonly node: PathNode;
  readonly isArray: boolean;
  readonly path: JsonPath;
  /** Key or index of the value to come or being read. */
  key: string | number;
}

const quote = 0x22;
const openSquare = 0x5b;
const closeSquare = 0x5d;
const openCurly = 0x7b;
const closeCurly = 0x7d;
const byteOrderMark = [0xef, 0xbb, 0xbf];
const noPath: JsonPath = [];

export function createJsonScanner(root: PathNode, limits: JsonLimits): JsonScanner {
  const scan = createValueScan();
  const frames: Frame[] = [];
  let pieces: JsonPiece[] = [];
  /** What comes next in the innermost container; `nothing` after the root. */
  let expected: 'value' | 'key' | 'colon' | 'nothing' = 'value';
  /** What `scan` is passing over. */
  let open: 'none' | 'key' | 'item' | 'member' = 'none';
  /** Where the next piece's span begins. */
  let spanStart = 0;
  let chunkOffset = 0;
  /** Bytes since then that are out of place, cut at the limit of a problem's raw text. */
  let strayBytes: number[] = [];

  const emit = (kind: JsonPiece['kind'], code: JsonPiece['code'], bytes: Uint8Array, spanEnd: number) => {
    const frame = frames.at(-1);
    const sound = decodeStrictly(bytes, 'utf-8');
    pieces.push({
      kind,
      code,
      parent: frame?.path ?? noPath,
      key: frame?.key ?? -1,
      text: sound ?? decodeLossy(bytes, 'utf-8'),
      isDamaged: sound === null,
      offsetBytes: spanStart,
      lengthBytes: spanEnd - spanStart,
    });
    spanStart = spanEnd;
  };

  const emitStrayBytes = (spanEnd: number) => {
    if (strayBytes.length === 0) return;
    emit('problem', 'bad-json', Uint8Array.from(strayBytes), spanEnd);
    strayBytes = [];
  };

  const expectNext = () => {
    const frame = frames.at(-1);
    if (frame?.isArray) frame.key = (frame.key as number) + 1;
    expected = !frame ? 'nothing' : frame.isArray ? 'value' : 'key';
  };

  const finishValue = (end: number) => {
    const kind = open;
    open = 'none';
    const bytes = scan.bytes();
    if (kind === 'key') {
      frames.at(-1)!.key = readKey(bytes);
      expected = 'colon';
      return;
    }
    emitStrayBytes(end - scan.lengthBytes());
    const isTooDeep = frames.length + scan.maxDepth() > limits.depthLimit;
    const code = scan.lengthBytes() > limits.pieceLimitBytes ? 'piece-too-large' : isTooDeep ? 'depth-limit' : null;
    if (code) emit('problem', code, bytes.subarray(0, problemRawLimitBytes), end);
    else emit(kind === 'item' ? 'item' : 'member', null, bytes, end);
    expectNext();
  };

  const startValue = (byte: number): 'token' | 'value' => {
    const frame = frames.at(-1);
    const node = !frame ? root : frame.isArray ? frame.node.each : frame.node.keys.get(frame.key as string);
    const isArray = byte === openSquare;
    if (node && (isArray ? node.each !== null : byte === openCurly && node.keys.size > 0)) {
      frames.push({ node, isArray, path: frame ? [...frame.path, frame.key] : noPath, key: isArray ? 0 : '' });
      expected = isArray ? 'value' : 'key';
      return 'token';
    }
    open = node?.isItem ? 'item' : 'member';
    scan.start(limits.pieceLimitBytes);
    return 'value';
  };

  /** Takes a byte between values: `value` where it begins a value or key, `stray` where it is out of place. */
  const takeByte = (byte: number): 'token' | 'value' | 'stray' => {
    const frame = frames.at(-1);
    if (byte === closeSquare || byte === closeCurly) {
      if (!frame || frame.isArray !== (byte === closeSquare)) return 'stray';
      frames.pop();
      expectNext();
      return 'token';
    }
    if (expected === 'value') return startValue(byte);
    if (expected === 'colon' && byte === 0x3a) {
      expected = 'value';
      return 'token';
    }
    if (expected !== 'key' || byte !== quote) return 'stray';
    open = 'key';
    scan.start(problemRawLimitBytes);
    return 'value';
  };

  const isBetween = (byte: number, offset: number): boolean =>
    byte === 0x20 || byte === 0x2c || byte === 0x0a || byte === 0x0d || byte === 0x09 || (offset < 3 && byte === byteOrderMark[offset]);

  return {
    push(chunk) {
      pieces = [];
      let at = 0;
      while (at < chunk.length) {
        if (open !== 'none') {
          at = scan.push(chunk, at);
          if (at < 0) break;
          finishValue(chunkOffset + at);
          continue;
        }
        const byte = chunk[at]!;
        const taken = isBetween(byte, chunkOffset + at) ? 'token' : takeByte(byte);
        if (taken === 'stray' && strayBytes.length < problemRawLimitBytes) strayBytes.push(byte);
        if (taken !== 'value') at++;
      }
      chunkOffset += chunk.length;
      return pieces;
    },
    end() {
      pieces = [];
      if (open !== 'none' && frames.length === 0 && scan.isBare()) finishValue(chunkOffset);
      if (expected !== 'nothing') {
        const bytes = open === 'none' ? Uint8Array.from(strayBytes) : scan.bytes().subarray(0, problemRawLimitBytes);
        emit('problem', 'ends-early', bytes, chunkOffset);
      } else if (strayBytes.length > 0) emitStrayBytes(chunkOffset);
      else if (spanStart < chunkOffset) emit('structure', null, new Uint8Array(0), chunkOffset);
      return pieces;
    },
  };
}

/** The key's text; as it is in the file where it is no valid JSON string. */
function readKey(bytes: Uint8Array): string {
  const text = decodeLossy(bytes, 'utf-8');
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

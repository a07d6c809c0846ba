// Apple's binary property lists (`bplist00`): objects, a table of where each lies, and a trailer that says how wide its numbers are.
// Facts: the layout as CFBinaryPList.c of Apple's open CoreFoundation writes it.

/** A date is a `PlistDate`, a reference to another object of an archive a `PlistUid`. */
export type PlistValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PlistDate
  | PlistUid
  | readonly PlistValue[]
  | PlistDictionary;
export type PlistDictionary = ReadonlyMap<string, PlistValue>;

export interface PlistDate {
  readonly atMs: number;
}
export interface PlistUid {
  readonly uid: number;
}

const trailerBytes = 32;
const depthLimit = 64;
/** Objects read, an object named twice counted twice: small files can name one object very often. */
const stepLimit = 1_000_000;
/** 2001-01-01 in ms since 1970. */
const epochMs = 978_307_200_000;

/** The root object; null for what is no binary property list, or a damaged one. */
export function readBinaryPlist(bytes: Uint8Array): PlistValue {
  if (bytes.length < 8 + trailerBytes || new TextDecoder('latin1').decode(bytes.subarray(0, 6)) !== 'bplist') return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const trailer = bytes.length - trailerBytes;
  const list: Plist = {
    bytes,
    view,
    offsetBytes: view.getUint8(trailer + 6),
    referenceBytes: view.getUint8(trailer + 7),
    count: Number(view.getBigUint64(trailer + 8)),
    tableOffset: Number(view.getBigUint64(trailer + 24)),
    steps: 0,
  };
  try {
    return readObject(list, Number(view.getBigUint64(trailer + 16)), 0);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

interface Plist {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly offsetBytes: number;
  readonly referenceBytes: number;
  readonly count: number;
  readonly tableOffset: number;
  steps: number;
}

/** A big-endian number of 1 to 8 bytes. Throws RangeError outside of the file, as DataView does. */
function uint(view: DataView, at: number, lengthBytes: number): number {
  if (lengthBytes < 1 || lengthBytes > 8) throw new RangeError('width');
  let value = 0;
  for (let index = 0; index < lengthBytes; index++) value = value * 256 + view.getUint8(at + index);
  return value;
}

function slice({ bytes }: Plist, at: number, lengthBytes: number): Uint8Array {
  if (at + lengthBytes > bytes.length) throw new RangeError('length');
  return bytes.subarray(at, at + lengthBytes);
}

function readObject(list: Plist, index: number, depth: number): PlistValue {
  if (++list.steps > stepLimit || depth > depthLimit || !(index < list.count)) throw new RangeError('limit');
  const { view } = list;
  const at = uint(view, list.tableOffset + index * list.offsetBytes, list.offsetBytes);
  const marker = view.getUint8(at);
  const low = marker & 15;
  switch (marker >> 4) {
    case 0:
      return low === 8 ? false : low === 9 ? true : null;
    case 1:
      return readInteger(view, at + 1, 1 << low);
    case 2:
      return low === 2 ? view.getFloat32(at + 1) : view.getFloat64(at + 1);
    case 3:
      return { atMs: epochMs + view.getFloat64(at + 1) * 1000 };
    case 8:
      return { uid: uint(view, at + 1, low + 1) };
    default:
      return readSized(list, marker >> 4, at, depth);
  }
}

/** Up to eight bytes are a number, of which eight are signed; sixteen are cut to the lower eight. */
function readInteger(view: DataView, at: number, lengthBytes: number): number | bigint {
  if (lengthBytes < 8) return uint(view, at, lengthBytes);
  const value = view.getBigInt64(at + lengthBytes - 8);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function readSized(list: Plist, kind: number, at: number, depth: number): PlistValue {
  const { view, referenceBytes } = list;
  let count = view.getUint8(at) & 15;
  let from = at + 1;
  if (count === 15) {
    const widthBytes = 1 << (view.getUint8(from) & 15);
    count = uint(view, from + 1, widthBytes);
    from += 1 + widthBytes;
  }
  const reference = (number: number): number => uint(view, from + number * referenceBytes, referenceBytes);
  if (kind === 4) return slice(list, from, count);
  if (kind === 5) return new TextDecoder('latin1').decode(slice(list, from, count));
  if (kind === 6) return new TextDecoder('utf-16be', { ignoreBOM: true }).decode(slice(list, from, count * 2));
  if (kind === 10 || kind === 12) {
    const items: PlistValue[] = [];
    for (let number = 0; number < count; number++) items.push(readObject(list, reference(number), depth + 1));
    return items;
  }
  if (kind !== 13) return null;
  const entries = new Map<string, PlistValue>();
  for (let number = 0; number < count; number++) {
    const key = readObject(list, reference(number), depth + 1);
    if (typeof key === 'string') entries.set(key, readObject(list, reference(count + number), depth + 1));
  }
  return entries;
}

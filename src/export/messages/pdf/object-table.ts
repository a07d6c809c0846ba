// Where each object of a file is (ISO 32000-1, 7.5.7 and 7.5.8): many small ones lie in one stream, which deflates well, and the
// table is a stream of its own.

import { latin1 } from './pdf-syntax';

/** Objects that lie in one stream at most: a program that wants one reads all of them. */
export const packedObjects = 256;

export interface ObjectTable {
  /** A number for another object. */
  reserve(): number;
  /** The object begins at this byte of the file. */
  setPlace(number: number, atByte: number): void;
  /** The object is the one of this index in a stream of objects. */
  setPacked(number: number, stream: number, index: number): void;
  readonly size: number;
  /** The rows, for the filter that `tableEntries` names. */
  rows(): Uint8Array<ArrayBuffer>;
}

/** Kind of place, the byte or the stream, and the index in that stream, in so many bytes. */
const widths = [1, 5, 2] as const;
const rowBytes = 8;
export const tableEntries = `/Type /XRef /W [${widths.join(' ')}] /DecodeParms << /Predictor 12 /Columns ${rowBytes} >>`;
const indexBits = 16;

export function createObjectTable(): ObjectTable {
  // By number: a byte of the file, or below zero a stream and an index in it. 0 for one that was never put, as is entry 0.
  const places: number[] = [0];
  return {
    reserve: () => places.push(0) - 1,
    setPlace: (number, atByte) => void (places[number] = atByte),
    setPacked: (number, stream, index) => void (places[number] = -(stream * 2 ** indexBits + index)),
    get size() {
      return places.length;
    },
    rows: () => rowsOf(places),
  };
}

/** Each row as its difference from the one before (PNG's filter Up), since places grow evenly. */
function rowsOf(places: readonly number[]): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array(places.length * (rowBytes + 1));
  let before = new Uint8Array(rowBytes);
  for (const [number, place] of places.entries()) {
    const row = rowOf(place);
    const at = number * (rowBytes + 1);
    rows[at] = 2;
    for (let byte = 0; byte < rowBytes; byte++) rows[at + 1 + byte] = (row[byte] ?? 0) - (before[byte] ?? 0);
    before = row;
  }
  return rows;
}

function rowOf(place: number): Uint8Array<ArrayBuffer> {
  const row = new DataView(new ArrayBuffer(rowBytes));
  const write = (kind: number, where: number, index: number): void => {
    row.setUint8(0, kind);
    row.setUint8(1, Math.floor(where / 2 ** 32));
    row.setUint32(2, where % 2 ** 32);
    row.setUint16(6, index);
  };
  if (place === 0) write(0, 0, 65_535);
  else if (place > 0) write(1, place, 0);
  else write(2, Math.floor(-place / 2 ** indexBits), -place % 2 ** indexBits);
  return new Uint8Array(row.buffer);
}

export interface PackedObject {
  readonly number: number;
  readonly body: string;
}

/** The content of a stream of objects, and the entries of its dictionary. */
export function packObjects(objects: readonly PackedObject[]): { readonly entries: string; readonly bytes: Uint8Array<ArrayBuffer> } {
  let at = 0;
  const heads = objects.map(({ number, body }) => {
    const head = `${number} ${at}`;
    at += body.length + 1;
    return head;
  });
  const head = `${heads.join(' ')}\n`;
  const bytes = latin1(`${head}${objects.map(({ body }) => body).join('\n')}`);
  return { entries: `/Type /ObjStm /N ${objects.length} /First ${head.length}`, bytes };
}

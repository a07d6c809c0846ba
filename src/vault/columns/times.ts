// The column `times`: when, in which order of arrival, how exact, and at which offset from UTC.
//
// unit (1, 1,000 or 60,000 ms: the largest that divides all) · first time / unit, zigzag · differences / unit, varints ·
// seq as runs of consecutive numbers · clock as runs · zone offsets as runs.

import { CamphorError } from '../../model/error';
import type { Message } from '../../model/message';
import type { SegmentColumns } from '../archive';
import { clocks } from './clocks';
import { type ByteReader, type ByteWriter, byteReader, byteWriter } from '../varint';

export type TimesColumn = NonNullable<SegmentColumns['times']>;

const unitsMs = [60_000, 1_000, 1] as const;

function largestUnitMs(messages: readonly Message[]): number {
  return unitsMs.find((unitMs) => messages.every(({ sentAtMs }) => sentAtMs % unitMs === 0)) ?? 1;
}

/** Runs of equal values: count of runs, then value (zigzag) and length of each. */
function writeRuns(writer: ByteWriter, length: number, valueAt: (index: number) => number): void {
  const runs: number[] = [];
  for (let from = 0; from < length;) {
    const value = valueAt(from);
    let to = from + 1;
    while (to < length && valueAt(to) === value) to += 1;
    runs.push(value, to - from);
    from = to;
  }
  writer.varint(runs.length / 2);
  runs.forEach((number, at) => (at % 2 === 0 ? writer.zigzag(number) : writer.varint(number)));
}

function readRuns(reader: ByteReader, length: number, put: (index: number, value: number) => void): void {
  let index = 0;
  for (let runs = reader.varint(); runs > 0; runs -= 1) {
    const value = reader.zigzag();
    const end = index + reader.varint();
    if (end > length) throw new CamphorError('damaged');
    while (index < end) put(index++, value);
  }
  if (index !== length) throw new CamphorError('damaged');
}

/** Messages sorted by sentAtMs, which is a safe integer. Throws RangeError otherwise. */
export function encodeTimes(messages: readonly Message[]): Uint8Array<ArrayBuffer> {
  const writer = byteWriter(messages.length * 2 + 64);
  const unitMs = largestUnitMs(messages);
  writer.varint(messages.length);
  writer.varint(unitMs);
  let before = 0;
  messages.forEach(({ sentAtMs }, index) => {
    const inUnits = sentAtMs / unitMs;
    if (index === 0) writer.zigzag(inUnits);
    else writer.varint(inUnits - before);
    before = inUnits;
  });
  writeRuns(writer, messages.length, (index) => (messages[index]?.seq ?? 0) - index);
  writeRuns(writer, messages.length, (index) => clocks.indexOf(messages[index]?.clock ?? 'absolute'));
  writeRuns(writer, messages.length, (index) => messages[index]?.zoneOffsetMin ?? 0);
  return writer.finish();
}

/** Throws CamphorError `damaged` for bytes that `encodeTimes` does not make. */
export function decodeTimes(bytes: Uint8Array): TimesColumn {
  const reader = byteReader(bytes);
  const length = reader.varint();
  const unitMs = reader.varint();
  if (length > bytes.length) throw new CamphorError('damaged');
  const sentAtMs = new Float64Array(length);
  const seq = new Uint32Array(length);
  const clock = new Uint8Array(length);
  const zoneOffsetMin = new Int16Array(length);
  let inUnits = 0;
  for (let index = 0; index < length; index += 1) {
    inUnits = index === 0 ? reader.zigzag() : inUnits + reader.varint();
    sentAtMs[index] = inUnits * unitMs;
  }
  readRuns(reader, length, (index, value) => (seq[index] = value + index));
  readRuns(reader, length, (index, value) => (clock[index] = value));
  readRuns(reader, length, (index, value) => (zoneOffsetMin[index] = value));
  return { sentAtMs, seq, clock, zoneOffsetMin };
}

// The frames of a Signal Android backup in their order, each checked before it is given. A damaged one is passed over where the next
// can be found, and found is only what has the right MAC.

import { readProtobuf, type ProtobufFields } from '../../bytes/protobuf';
import { readAhead } from '../../bytes/read-ahead';
import type { ByteSource } from '../../bytes/source';
import { signalCounterAfter, signalLengthBytes, signalMacBytes, type SignalFrameOpener } from '../../crypto/signal-backup';

/** Where a frame begins in the file, and its value of the counter. */
export interface FramePlace {
  readonly offsetBytes: number;
  readonly counter: number;
}

/** A file that lies behind the frame that announces it: `sizeBytes`, then the MAC. */
export interface FramePayload extends FramePlace {
  readonly kind: 'attachment' | 'avatar' | 'sticker';
  readonly sizeBytes: number;
  readonly fields: ProtobufFields;
}

export type WalkStep =
  | { readonly kind: 'frame'; readonly plain: Uint8Array; readonly place: FramePlace; readonly payload: FramePayload | null }
  /** Bytes [fromByte, toByte) are not what was written; frames go on behind. */
  | { readonly kind: 'damaged'; readonly fromByte: number; readonly toByte: number }
  /** What follows `fromByte` cannot be read, or there is nothing though there should be. */
  | { readonly kind: 'ends-early'; readonly fromByte: number }
  | { readonly kind: 'end'; readonly toByte: number };

/** Frames that announce a file, and the field that says its length. */
const payloadFrames: readonly (readonly [field: number, kind: FramePayload['kind'], lengthField: number])[] = [
  [4, 'attachment', 3],
  [7, 'avatar', 2],
  [8, 'sticker', 2],
];
const endField = 6;
const newestField = 15;
/** A row of Signal's database has to fit into the 2 MiB of Android's cursors. */
export const frameLimitBytes = 16 << 20;
/** The next frame is looked for in so many bytes behind a damaged one … */
const searchBytes = 1 << 20;
/** … and in so many values of the counter; frames longer than this are not found so. */
const searchFrames = 8;
const searchFrameLimitBytes = 64 << 10;

type Read = (fromByte: number, toByte: number) => Promise<Uint8Array>;

interface Walk {
  readonly read: Read;
  readonly opener: SignalFrameOpener;
  readonly sizeBytes: number;
}

interface OpenedFrame {
  readonly plain: Uint8Array;
  readonly endByte: number;
}

/** All frames from `start`, which is the place of one. Throws what reading throws. */
export async function* walkFrames(source: ByteSource, opener: SignalFrameOpener, start: FramePlace): AsyncGenerator<WalkStep, void, void> {
  const walk: Walk = { read: readAhead(source), opener, sizeBytes: source.sizeBytes };
  let place = start;
  for (;;) {
    const frame = await openFrame(walk, place, frameLimitBytes);
    if (frame === null) {
      const next = await findNext(walk, place);
      if (next === null) return yield { kind: 'ends-early', fromByte: place.offsetBytes };
      yield { kind: 'damaged', fromByte: place.offsetBytes, toByte: next.offsetBytes };
      place = next;
      continue;
    }
    const { plain, endByte } = frame;
    const fields = readProtobuf(plain);
    const payload = payloadOf(fields, { offsetBytes: endByte, counter: signalCounterAfter(place.counter, 1) });
    if (payload !== null && behind(payload).offsetBytes > walk.sizeBytes) {
      yield { kind: 'frame', plain, place, payload: null };
      return yield { kind: 'ends-early', fromByte: endByte };
    }
    yield { kind: 'frame', plain, place, payload };
    if (fields.whole(endField) === 1) return yield { kind: 'end', toByte: endByte };
    place = payload === null ? { offsetBytes: endByte, counter: signalCounterAfter(place.counter, 1) } : behind(payload);
  }
}

async function openFrame({ read, opener, sizeBytes }: Walk, place: FramePlace, limitBytes: number): Promise<OpenedFrame | null> {
  const bodyAt = place.offsetBytes + signalLengthBytes;
  const head = await read(place.offsetBytes, bodyAt);
  if (head.length < signalLengthBytes) return null;
  const length = opener.lengthOf(head, place.counter);
  if (length < signalMacBytes || length > limitBytes || length > sizeBytes - bodyAt) return null;
  // Reading on may give another view: the head is kept.
  const ownHead = Uint8Array.from(head);
  const plain = opener.open(ownHead, await read(bodyAt, bodyAt + length), place.counter);
  return plain === null ? null : { plain, endByte: bodyAt + length };
}

function payloadOf(fields: ProtobufFields, place: FramePlace): FramePayload | null {
  for (const [field, kind, lengthField] of payloadFrames) {
    const [inside] = fields.messages(field);
    if (inside !== undefined) return { ...place, kind, sizeBytes: inside.whole(lengthField) ?? 0, fields: inside };
  }
  return null;
}

/** The frame behind a file. */
function behind({ offsetBytes, sizeBytes, counter }: FramePayload): FramePlace {
  return { offsetBytes: offsetBytes + sizeBytes + signalMacBytes, counter: signalCounterAfter(counter, 1) };
}

/** The first frame behind a damaged one that has the right MAC: where its length says, where the length of its file says, or anywhere near. */
async function findNext(walk: Walk, damaged: FramePlace): Promise<FramePlace | null> {
  for (const place of await sayNext(walk, damaged)) if (await isFrame(walk, place, frameLimitBytes)) return place;
  return searchNext(walk, damaged);
}

/** The MAC of version 0 does not cover the counter: with the wrong one it is right, and what is decrypted makes no sense. */
async function isFrame(walk: Walk, place: FramePlace, limitBytes: number): Promise<boolean> {
  const frame = await openFrame(walk, place, limitBytes);
  if (frame === null) return false;
  const fields = readProtobuf(frame.plain);
  const [number = 0, ...more] = fields.numbers;
  if (!fields.isWhole || more.length > 0 || number > newestField) return false;
  return number === endField ? fields.whole(endField) === 1 : fields.bytes(number) !== null;
}

async function sayNext({ read, opener, sizeBytes }: Walk, { offsetBytes, counter }: FramePlace): Promise<readonly FramePlace[]> {
  const bodyAt = offsetBytes + signalLengthBytes;
  const head = await read(offsetBytes, bodyAt);
  if (head.length < signalLengthBytes) return [];
  const length = opener.lengthOf(head, counter);
  if (length < signalMacBytes || length > frameLimitBytes || length > sizeBytes - bodyAt) return [];
  const next = { offsetBytes: bodyAt + length, counter: signalCounterAfter(counter, 1) };
  const payload = payloadOf(readProtobuf(opener.guess(await read(bodyAt, bodyAt + length), counter)), next);
  return payload === null ? [next] : [next, behind(payload)];
}

async function searchNext(walk: Walk, { offsetBytes, counter }: FramePlace): Promise<FramePlace | null> {
  const from = offsetBytes + 1;
  const bytes = Uint8Array.from(await walk.read(from, from + searchBytes));
  const counters = Array.from({ length: searchFrames }, (_, by) => signalCounterAfter(counter, by + 1));
  const keys = counters.map((each) => lengthKey(walk.opener, each));
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + signalLengthBytes <= bytes.length; at++) {
    const head = view.getUint32(at);
    for (let index = 0; index < searchFrames; index++) {
      const length = (head ^ (keys[index] ?? 0)) >>> 0;
      if (length <= signalMacBytes || length > searchFrameLimitBytes) continue;
      const place = { offsetBytes: from + at, counter: counters[index] ?? 0 };
      if (await isFrame(walk, place, searchFrameLimitBytes)) return place;
    }
  }
  return null;
}

/** What a length is encrypted with by this value of the counter; 0 where it is not. */
const lengthKey = (opener: SignalFrameOpener, counter: number): number => opener.lengthOf(new Uint8Array(signalLengthBytes), counter);

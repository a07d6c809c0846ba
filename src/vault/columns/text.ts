// The column `text`: the lengths of all texts in UTF-16 units, then all texts joined, in UTF-8.
//
// UTF-8 cannot carry half a surrogate pair. Each lone half becomes U+FFFD, which is one unit as well, so lengths hold.

import { CamphorError } from '../../model/error';
import type { Message } from '../../model/message';
import type { SegmentColumns } from '../archive';
import { utf8Text } from '../utf8';
import { byteReader, byteWriter } from '../varint';

export type TextColumn = NonNullable<SegmentColumns['text']>;

const utf8 = new TextEncoder();
const loneSurrogate = /\p{Surrogate}/u;
const loneSurrogates = /\p{Surrogate}/gu;

/** A text that ends in the first half of a pair would join with a next one that begins with the second. */
function endsInHalf(text: string): boolean {
  return text.length > 0 && (text.charCodeAt(text.length - 1) & 0xfc00) === 0xd800;
}

/** All texts in one string, well-formed, and where each ends. */
export function joinTexts(messages: readonly Message[]): TextColumn {
  const ends = new Uint32Array(messages.length);
  const texts: string[] = [];
  let end = 0;
  for (const { text } of messages) {
    texts.push(endsInHalf(text) ? text.replace(loneSurrogates, '\ufffd') : text);
    end += text.length;
    ends[texts.length - 1] = end;
  }
  const joined = texts.join('');
  return { joined: loneSurrogate.test(joined) ? joined.replace(loneSurrogates, '\ufffd') : joined, ends };
}

export function encodeText({ joined, ends }: TextColumn): Uint8Array<ArrayBuffer> {
  const writer = byteWriter(ends.length * 2 + 16);
  writer.varint(ends.length);
  ends.forEach((end, index) => writer.varint(end - (ends[index - 1] ?? 0)));
  const lengths = writer.finish();
  const buffer = new Uint8Array(lengths.length + joined.length * 3);
  buffer.set(lengths);
  const { written } = utf8.encodeInto(joined, buffer.subarray(lengths.length));
  return buffer.subarray(0, lengths.length + written);
}

/** As they lie in the vault; decoded when they are first asked for, since a search folds the bytes. */
class StoredTexts implements TextColumn {
  readonly utf8: Uint8Array;
  readonly ends: Uint32Array;
  #joined: string | null = null;

  constructor(utf8: Uint8Array, ends: Uint32Array) {
    this.utf8 = utf8;
    this.ends = ends;
  }

  /** Throws CamphorError `damaged`. */
  get joined(): string {
    this.#joined ??= joinedFrom(this.utf8, this.ends);
    return this.#joined;
  }
}

/** All texts in one string. Throws CamphorError `damaged` where the bytes are no UTF-8, or not as long as the texts are. */
export function joinedFrom(utf8: Uint8Array, ends: Uint32Array): string {
  const joined = utf8Text(utf8);
  if (joined.length !== (ends.at(-1) ?? 0)) throw new CamphorError('damaged');
  return joined;
}

/** Throws CamphorError `damaged` for bytes that `encodeText` does not make, of the texts themselves when they are asked for. */
export function decodeText(bytes: Uint8Array): TextColumn {
  const reader = byteReader(bytes);
  const count = reader.varint();
  if (count > bytes.length) throw new CamphorError('damaged');
  const ends = new Uint32Array(count);
  let end = 0;
  for (let index = 0; index < count; index += 1) {
    end += reader.varint();
    ends[index] = end;
  }
  return new StoredTexts(reader.bytes(reader.left()), ends);
}

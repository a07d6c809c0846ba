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

export function encodeText({ joined, ends }: TextColumn): Uint8Array {
  const writer = byteWriter(ends.length * 2 + 16);
  writer.varint(ends.length);
  ends.forEach((end, index) => writer.varint(end - (ends[index - 1] ?? 0)));
  const lengths = writer.finish();
  const buffer = new Uint8Array(lengths.length + joined.length * 3);
  buffer.set(lengths);
  const { written } = utf8.encodeInto(joined, buffer.subarray(lengths.length));
  return buffer.subarray(0, lengths.length + written);
}

/** Throws CamphorError `damaged` for bytes that `encodeText` does not make. */
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
  const joined = utf8Text(reader.bytes(reader.left()));
  if (joined.length !== end) throw new CamphorError('damaged');
  return { joined, ends };
}

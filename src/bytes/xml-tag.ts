// One tag of an XML file: its name and attributes, out of what stands between its values.

import { createBase64Counter, type Base64Counter } from './base64';
import { createBoundedBytes } from './bounded-bytes';
import type { UnplacedPiece } from './xml-tag-scanner';
import type { XmlValue } from './xml-tags';
import { decodeUtf8, decodeXmlText } from './xml-text';

/** A value while its end is not known. */
export interface OpenValue {
  add(bytes: Uint8Array): void;
  close(): XmlValue;
}

/** A value that begins at `offsetBytes`. */
export function createXmlValue(offsetBytes: number, limitBytes: number): OpenValue {
  const held = createBoundedBytes(limitBytes);
  /** Of a value that is cut, which cannot be counted later. */
  let counter: Base64Counter | null = null;
  return {
    add(bytes) {
      const kept = held.add(bytes);
      if (!held.isCut) return;
      if (counter === null) {
        counter = createBase64Counter();
        counter.add(held.bytes());
      }
      counter.add(bytes.subarray(kept));
    },
    close: () => ({
      text: decodeXmlText(decodeUtf8(held.bytes())),
      isCut: held.isCut,
      offsetBytes,
      lengthBytes: held.lengthBytes,
      base64Bytes() {
        if (counter === null) {
          counter = createBase64Counter();
          counter.add(held.bytes());
        }
        return counter.sizeBytes();
      },
    }),
  };
}

const tagStart = /^<(\/?)([^\s<>/="'!?]{1,200})(?=[\s/>]|$)/;
/** Before a value; the white space around is no part, so that nothing is matched in two ways. */
const attributeName = /([^\s<>/="']{1,200})\s{0,100}=\s{0,100}$/;
const nameTail = 512;

/**
 * The tag; null where it is none. `between` is what stands before each value, and after the last, from `<` on and without
 * the `>`. What stands there and is no name of a value is passed over.
 */
export function openTag(between: readonly string[], values: readonly OpenValue[], raw: string): UnplacedPiece | null {
  const [first = ''] = between;
  const start = tagStart.exec(first.slice(0, nameTail));
  const name = start?.[2];
  if (name === undefined) return null;
  if (start?.[1] === '/') return values.length === 0 ? { kind: 'close', name } : null;
  const attributes = new Map<string, XmlValue>();
  for (const [at, value] of values.entries()) {
    const attribute = attributeName.exec((between[at] ?? '').slice(-nameTail))?.[1];
    if (attribute !== undefined && !attributes.has(attribute)) attributes.set(attribute, value.close());
  }
  return { kind: 'open', name, isEmpty: between.at(-1)?.endsWith('/') ?? false, attributes, raw };
}

const encoder = new TextEncoder();

/** The same for a tag that is at hand whole, from `<` to `>`; `offsetBytes` is where it begins. */
export function readWholeTag(raw: string, offsetBytes: number): UnplacedPiece | null {
  const between: string[] = [];
  const values: OpenValue[] = [];
  let from = 0;
  for (;;) {
    const at = findMark(raw, from);
    between.push(raw.slice(from, at < 0 ? -1 : at));
    if (at < 0) return openTag(between, values, raw);
    const end = raw.indexOf(raw[at] ?? '', at + 1);
    values.push(wholeValue(raw, at + 1, end, offsetBytes));
    from = end + 1;
  }
}

function findMark(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === '"' || text[at] === "'") return at;
  return -1;
}

/** A value of a whole tag. Where it lies in bytes is worked out when it is asked for. */
function wholeValue(tag: string, from: number, to: number, offsetBytes: number): OpenValue {
  const raw = tag.slice(from, to);
  const value: XmlValue = {
    text: decodeXmlText(raw),
    isCut: false,
    get offsetBytes() {
      return offsetBytes + encoder.encode(tag.slice(0, from)).length;
    },
    get lengthBytes() {
      return encoder.encode(raw).length;
    },
    base64Bytes() {
      const counter = createBase64Counter();
      counter.add(encoder.encode(raw));
      return counter.sizeBytes();
    },
  };
  return { add: () => undefined, close: () => value };
}

// A window of a file as the text of code units that tokens of HTML are found in.

import type { UnitText } from './html-tokens';
import { decodeLossy, decodeStrictly, unitBytes } from './text-encoding';
import type { TextWindow } from './text-windows';

/** V8 keeps a longer slice as a reference into its whole text, and with it the window, for as long as a name is remembered. */
const sliceLimit = 12;

/** The window's units; of a wide encoding without the half unit that a broken file may end in. */
export function unitTextOf({ bytes, encoding, isEnd }: TextWindow): UnitText {
  const unit = unitBytes(encoding);
  const units = unit === 1 ? binaryText(bytes) : decodeLossy(bytes.subarray(0, bytes.length & ~1), encoding);
  return {
    units,
    isEnd,
    decode(from, to) {
      if (to - from <= sliceLimit) {
        const short = units.slice(from, to);
        if (unit === 2 || /^[\0-\x7f]*$/.test(short)) return short;
      }
      return decodeUnits(bytes.subarray(from * unit, to * unit), encoding);
    },
  };
}

function decodeUnits(bytes: Uint8Array, encoding: TextWindow['encoding']): string {
  return decodeStrictly(bytes, encoding) ?? decodeLossy(bytes, encoding);
}

/** One letter a byte: widened to UTF-16 by hand, which needs no table and is what decodes fastest. */
function binaryText(bytes: Uint8Array): string {
  return widened.decode(new Uint16Array(bytes));
}

const widened = new TextDecoder('utf-16le', { ignoreBOM: true });

// Base64 (RFC 4648 §4): encoding of short pieces, decoding of streams.

import { textOfUnits } from '../model/unit-text';

export const encodeBase64 = (bytes: Uint8Array): string => btoa(textOfUnits(bytes));

/** Values of the alphabet by byte, that of RFC 4648 §5 for addresses included; 64 for what is none of it. */
const values = new Uint8Array(256).fill(64);
for (const [value, letter] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries())
  values[letter.charCodeAt(0)] = value;
values[0x2d] = 62;
values[0x5f] = 63;

const ampersand = 0x26;
const semicolon = 0x3b;

export interface Base64Decoder {
  /** The bytes that are whole by now. White space, padding and references such as `&#10;` are passed over. */
  push(text: Uint8Array): Uint8Array;
}

/** A decoder of one text that comes in pieces. What is left of a last group gives its whole bytes as soon as it has them. */
export function createBase64Decoder(): Base64Decoder {
  const reference = { isOpen: false };
  let bits = 0;
  let count = 0;
  return {
    push(text) {
      const bytes = new Uint8Array(((text.length + 3) * 3) >> 2);
      let length = 0;
      for (let at = 0; at < text.length; at++) {
        const value = valueOf(text[at] ?? 0, reference);
        if (value === 64) continue;
        bits = (bits << 6) | value;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes[length++] = (bits >> count) & 0xff;
        bits &= (1 << count) - 1;
      }
      return bytes.subarray(0, length);
    },
  };
}

export interface Base64Counter {
  add(text: Uint8Array): void;
  /** Bytes that the text so far stands for. */
  sizeBytes(): number;
}

/** Counts what a decoder would give. */
export function createBase64Counter(): Base64Counter {
  const reference = { isOpen: false };
  let letters = 0;
  return {
    add(text) {
      for (let at = 0; at < text.length; at++) if (valueOf(text[at] ?? 0, reference) !== 64) letters++;
    },
    sizeBytes: () => Math.floor((letters * 3) / 4),
  };
}

function valueOf(code: number, reference: { isOpen: boolean }): number {
  const value = values[code] ?? 64;
  if (!reference.isOpen && value !== 64) return value;
  reference.isOpen = reference.isOpen ? code !== semicolon : code === ampersand;
  return 64;
}

// Which encoding a text file is in, and decoding its head. Names and rules of the encodings are those of the WHATWG
// Encoding Standard (encoding.spec.whatwg.org), which TextDecoder implements.

import { detectLegacyEncoding, type LegacyEncoding } from './legacy-encoding';
import { textOfUnits } from '../model/unit-text';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | LegacyEncoding;

export interface DetectedEncoding {
  readonly encoding: TextEncoding;
  /** Length of the byte order mark; 0 where there is none. */
  readonly bomBytes: number;
  /** False where the head is ASCII only: then nothing speaks against UTF-8, and nothing for it. */
  readonly certain: boolean;
}

/** The encoding of a text that begins with `head` (64 KiB are plenty; it may end inside a character). A byte order mark decides. */
export function detectEncoding(head: Uint8Array): DetectedEncoding {
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', bomBytes: 3, certain: true };
  if (startsWith(head, 0xff, 0xfe)) return { encoding: 'utf-16le', bomBytes: 2, certain: true };
  if (startsWith(head, 0xfe, 0xff)) return { encoding: 'utf-16be', bomBytes: 2, certain: true };
  if (startsWith(head, 0x84, 0x31, 0x95, 0x33)) return { encoding: 'gb18030', bomBytes: 4, certain: true };
  const wide = detectUnmarkedUtf16(head);
  return wide === null ? detectUnmarkedEncoding(head) : { encoding: wide, bomBytes: 0, certain: true };
}

/**
 * The encoding of bytes that begin with no byte order mark and are no UTF-16. UTF-8, as long as more of its characters are
 * whole than broken: a few damaged bytes do not turn a UTF-8 file into another. What is left is one of the encodings from
 * before Unicode.
 */
export function detectUnmarkedEncoding(bytes: Uint8Array): DetectedEncoding {
  const { whole, broken } = countUtf8(bytes);
  if (whole + broken === 0) return { encoding: 'utf-8', bomBytes: 0, certain: false };
  if (whole > broken) return { encoding: 'utf-8', bomBytes: 0, certain: true };
  return { encoding: detectLegacyEncoding(bytes), bomBytes: 0, certain: true };
}

/** UTF-16 without its mark: line feeds, spaces and digits leave NUL bytes on one side; few letters (一 is one) do on the other. */
function detectUnmarkedUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros: [even: number, odd: number] = [0, 0];
  for (let at = 0; at < head.length; at++) if (head[at] === 0) zeros[at & 1 ? 1 : 0]++;
  const [even, odd] = zeros;
  const few = Math.max(8, head.length / 20);
  if (odd >= few && even * 4 <= odd) return 'utf-16le';
  return even >= few && odd * 4 <= even ? 'utf-16be' : null;
}

/** Text of the head of a file, without byte order mark and without a character that the cut broke. Never throws. */
export function decodeHead(head: Uint8Array, encoding: TextEncoding = detectEncoding(head).encoding): string {
  return encoding === 'windows-1252' ? decodeWindows1252(head) : new TextDecoder(encoding).decode(head, { stream: true });
}

/** The text of `bytes`, a byte order mark kept as U+FEFF; undecodable bytes become U+FFFD. */
export function decodeLossy(bytes: Uint8Array, encoding: TextEncoding): string {
  return encoding === 'windows-1252' ? decodeWindows1252(bytes) : new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

const strictDecoders = new Map<TextEncoding, TextDecoder>();

/** The same, or null where some bytes are not of this encoding. */
export function decodeStrictly(bytes: Uint8Array, encoding: TextEncoding): string | null {
  if (encoding === 'windows-1252') return decodeWindows1252(bytes);
  let decoder = strictDecoders.get(encoding);
  if (!decoder) strictDecoders.set(encoding, (decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })));
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** What 0x80 to 0x9f stand for in Windows-1252; the rest is as in Latin-1. */
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Our own, since Node 20 decodes it as Latin-1 and loses a 0xff at the start. */
function decodeWindows1252(bytes: Uint8Array): string {
  return textOfUnits(bytes).replace(/[\x80-\x9f]/g, (letter) => windows1252[letter.charCodeAt(0) - 0x80] ?? letter);
}

/** Bytes of one line feed in this encoding. */
export function unitBytes(encoding: TextEncoding): 1 | 2 {
  return encoding === 'utf-16le' || encoding === 'utf-16be' ? 2 : 1;
}

function startsWith(bytes: Uint8Array, ...mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

/** Multi-byte characters of UTF-8 that are whole, and bytes that belong to none. The cut at the end counts as neither. */
function countUtf8(bytes: Uint8Array): { whole: number; broken: number } {
  let whole = 0;
  let broken = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    const trail = lead >= 0xf0 && lead <= 0xf4 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4) {
      broken++;
      continue;
    }
    let found = 0;
    while (found < trail && ((bytes[at + 1 + found] ?? 0) & 0xc0) === 0x80) found++;
    if (found === trail) whole++;
    else if (at + 1 + found < bytes.length) broken++;
    at += found;
  }
  return { whole, broken };
}

// Bodies of MIME parts (RFC 2045, 6): base64 and quoted-printable to bytes, in pieces of any size.

import { createBase64Decoder } from './base64';

export interface BodyDecoder {
  /** The bytes that end in this piece. */
  push(piece: Uint8Array): Uint8Array;
  /** What is left at the end. */
  end(): Uint8Array;
}

export type TransferEncoding = 'base64' | 'quoted-printable' | 'none';

/** By the field Content-Transfer-Encoding; `7bit`, `8bit`, `binary` and what is unknown are bytes as they are. */
export function transferEncodingOf(field: string | null): TransferEncoding {
  return field === 'base64' || field === 'quoted-printable' ? field : 'none';
}

export function createBodyDecoder(encoding: TransferEncoding): BodyDecoder {
  if (encoding === 'base64') return { ...createBase64Decoder(), end: () => new Uint8Array(0) };
  if (encoding === 'quoted-printable') return createQuotedDecoder();
  return { push: (piece) => piece, end: () => new Uint8Array(0) };
}

const equals = 0x3d;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** `=XX` is a byte, `=` before a line's end joins the lines; anything else after `=` stays as it is. */
function createQuotedDecoder(): BodyDecoder {
  /** An equals sign and what follows it, as far as it was seen. */
  let held: number[] = [];
  const out: number[] = [];
  const take = (byte: number): void => {
    if (held.length === 0 && byte !== equals) return void out.push(byte);
    held.push(byte);
    if (held.length === 2 && byte === lineFeed) held = [];
    else if (held.length === 3) release();
  };
  const release = (): void => {
    const [, first = 0, second = 0] = held;
    const rest = held;
    held = [];
    if (first === carriageReturn && second === lineFeed) return;
    const value = Number.parseInt(String.fromCharCode(first, second), 16);
    if (isHex(first) && isHex(second)) out.push(value);
    else {
      out.push(equals);
      for (const byte of rest.slice(1)) take(byte);
    }
  };
  const flush = (): Uint8Array => Uint8Array.from(out.splice(0));
  return {
    push(piece) {
      for (let at = 0; at < piece.length; at++) take(piece[at] ?? 0);
      return flush();
    },
    end() {
      out.push(...held);
      held = [];
      return flush();
    },
  };
}

function isHex(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

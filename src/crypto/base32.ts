// Base32 (RFC 4648 §6) without padding: what people can read aloud and type.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Upper case, without padding: 52 letters for 32 bytes. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31];
  }
  return bits === 0 ? text : text + alphabet[(held << (5 - bits)) & 31];
}

/** The inverse; null for text that `toBase32` does not make. */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let held = 0;
  let bits = 0;
  let filled = 0;
  for (const letter of text) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return null;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[filled] = (held >> bits) & 0xff;
    filled += 1;
  }
  return toBase32(bytes) === text ? bytes : null;
}

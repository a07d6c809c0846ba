// ZIP's old cipher (PKWARE APPNOTE 6.1): three running numbers, no MAC, known to be weak. Bytes can only be opened in order.

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

const crcStep = (crc: number, byte: number): number => (crc >>> 8) ^ (crcTable[(crc ^ byte) & 255] ?? 0);

/** Bytes that stand before the content; the last of them checks the password. */
export const zipCryptoHeadBytes = 12;

export interface ZipCrypto {
  /** The next bytes, opened. */
  open(encrypted: Uint8Array): Uint8Array;
}

/** The cipher at an entry's beginning, for a password as UTF-8. */
export function createZipCrypto(password: string): ZipCrypto {
  let [first, second, third] = [0x12345678, 0x23456789, 0x34567890];
  const take = (byte: number): void => {
    first = crcStep(first, byte);
    second = (Math.imul(second + (first & 255), 134_775_813) + 1) | 0;
    third = crcStep(third, second >>> 24);
  };
  for (const byte of new TextEncoder().encode(password)) take(byte);
  return {
    open(encrypted) {
      const opened = new Uint8Array(encrypted.length);
      for (let at = 0; at < encrypted.length; at++) {
        const mask = (third | 2) & 0xffff;
        const byte = (encrypted[at] ?? 0) ^ ((Math.imul(mask, mask ^ 1) >>> 8) & 255);
        opened[at] = byte;
        take(byte);
      }
      return opened;
    },
  };
}

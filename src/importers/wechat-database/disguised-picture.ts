// Pictures of WeChat 3 for Windows, and older ones of version 4: files called `.dat`, all bytes of which are XORed with one.

import type { FileEntry } from '../../bytes/source';

/** How files of pictures begin; `wxgf` is WeChat's own. */
const magics: readonly (readonly number[])[] = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47],
  [0x47, 0x49, 0x46, 0x38],
  [0x52, 0x49, 0x46, 0x46],
  [0x77, 0x78, 0x67, 0x66],
  [0x49, 0x49, 0x2a, 0x00],
  [0x4d, 0x4d, 0x00, 0x2a],
];
/** `ftyp`, from the fourth byte on, begins HEIC. */
const heicAt = 4;
const heic = [0x66, 0x74, 0x79, 0x70];
const pictureLimitBytes = 64 << 20;

export function isDisguised(path: string): boolean {
  return path.toLowerCase().endsWith('.dat');
}

/** The picture; the file as it is where no byte makes one of it (version 4 seals them with a key: intake/locks), null where it is too large. */
export async function readDisguised(entry: FileEntry): Promise<Uint8Array | null> {
  if (entry.sizeBytes > pictureLimitBytes) return null;
  const bytes = await entry.open().read(0, entry.sizeBytes);
  const key = disguiseOf(bytes);
  return key === 0 ? bytes : bytes.map((byte) => byte ^ key);
}

/** Whether these bytes, as they are, begin a picture. */
export function beginsAsPicture(bytes: Uint8Array): boolean {
  const holds = (magic: readonly number[], from: number): boolean => magic.every((byte, at) => bytes[from + at] === byte);
  return magics.some((magic) => holds(magic, 0)) || holds(heic, heicAt);
}

/** The byte that all others are XORed with; 0 where there is none. */
export function disguiseOf(bytes: Uint8Array): number {
  const fits = (magic: readonly number[], from: number): number | null => {
    const key = (bytes[from] ?? 0) ^ (magic[0] ?? 0);
    return bytes.length >= from + magic.length && magic.every((byte, at) => ((bytes[from + at] ?? 0) ^ key) === byte) ? key : null;
  };
  for (const magic of magics) {
    const key = fits(magic, 0);
    if (key !== null) return key;
  }
  return fits(heic, heicAt) ?? 0;
}

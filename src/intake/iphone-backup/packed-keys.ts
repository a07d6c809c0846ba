// Many small byte strings of one length in a few large arrays: 200,000 arrays of their own would take 50 MB.

export interface PackedKeys {
  /** Keeps a copy; gives its number, from 0. */
  add(key: Uint8Array): number;
  /** A view that must not be written into. */
  at(number: number): Uint8Array;
}

const keysOfPage = 4096;

export function packKeys(lengthBytes: number): PackedKeys {
  const pages: Uint8Array[] = [];
  let count = 0;
  const place = (number: number): number => (number % keysOfPage) * lengthBytes;
  return {
    add(key) {
      const page = (pages[Math.floor(count / keysOfPage)] ??= new Uint8Array(keysOfPage * lengthBytes));
      page.set(key.subarray(0, lengthBytes), place(count));
      return count++;
    },
    at: (number) => pages[Math.floor(number / keysOfPage)]!.subarray(place(number), place(number) + lengthBytes),
  };
}

// Builds TARs by hand, so that tests can make what no writer makes.

export interface TarPart {
  readonly name: string;
  /** As in a header: `0` a file (default), `x` pax, `L` a long name, `2` a link. */
  readonly type?: string;
  readonly content: Uint8Array;
}

interface TarHeaderFields {
  readonly name: string;
  readonly sizeBytes: number;
  readonly type?: string;
  readonly isBase256?: boolean;
}

/** One header block of ustar. */
export function tarHeader({ name, sizeBytes, type = '0', isBase256 = false }: TarHeaderFields): Uint8Array {
  const block = new Uint8Array(512);
  const put = (at: number, text: string) => block.set(new TextEncoder().encode(text), at);
  put(0, name);
  put(100, '0000644\0');
  put(124, `${sizeBytes.toString(8).padStart(11, '0').slice(-11)}\0`);
  if (isBase256) {
    block.fill(0, 124, 136);
    block[124] = 0x80;
    new DataView(block.buffer).setBigUint64(128, BigInt(sizeBytes));
  }
  put(136, '14371573540\0');
  put(148, ' '.repeat(8));
  put(156, type);
  put(257, 'ustar\u000000');
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return block;
}

/** A whole TAR, its two empty blocks included. */
export function buildTar(parts: readonly TarPart[]): Uint8Array {
  const blocks = parts.flatMap(({ name, type, content }) => {
    const padded = new Uint8Array(Math.ceil(content.length / 512) * 512);
    padded.set(content);
    return [tarHeader({ name, sizeBytes: content.length, ...(type === undefined ? {} : { type }) }), padded];
  });
  const tar = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0) + 1024);
  let at = 0;
  for (const block of blocks) {
    tar.set(block, at);
    at += block.length;
  }
  return tar;
}

// An invented picture of WeChat's own kind: its parts have the parameters of a still and nothing that a decoder would draw.

/** Of parts with so many bytes each (40 or more). */
export function inventWxgf(partSizes: readonly number[]): Uint8Array<ArrayBuffer> {
  const head = [0x77, 0x78, 0x67, 0x66, 0x13, 0, 2, 0x07, 0x80, 0x04, 0x38, 0, 0, 0, 0, 0, 0x40, 1, 0];
  const parameters = [
    ...[0, 0, 0, 1, 0x40, 0x01, 0x0c, 0x01],
    ...[0, 0, 0, 1, 0x42, 0x01, 0x01, 0x03, 0x70, 0, 0, 0x03, 0, 0x90, 0, 0, 0x03, 0, 0, 0x03, 0, 0x78],
  ];
  const parts = partSizes.map((size) => {
    const length = [size >>> 24, (size >>> 16) & 0xff, (size >>> 8) & 0xff, size & 0xff];
    return [...length, ...parameters, ...Array.from({ length: size - parameters.length }, () => 0xaa)];
  });
  return Uint8Array.from([...head, ...parts.flat()]);
}

// The one fact that we take from Exif (CIPA DC-008 §4.6): which way up a picture is. Place and device are left alone.

const orientationTag = 0x0112;

/** Orientation 1 to 8 from an APP1 segment's content [from, to); null where it says none. Throws RangeError beyond the view. */
export function readOrientation(view: DataView, from: number, to: number): number | null {
  if (to - from < 14 || view.getUint32(from) !== 0x45786966) return null; // 'Exif'
  const tiffAt = from + 6;
  const isLittle = view.getUint16(tiffAt) === 0x4949;
  const directoryAt = tiffAt + view.getUint32(tiffAt + 4, isLittle);
  if (directoryAt + 2 > to) return null;
  const count = view.getUint16(directoryAt, isLittle);
  for (let index = 0; index < count; index++) {
    const at = directoryAt + 2 + index * 12;
    if (at + 12 > to) return null;
    if (view.getUint16(at, isLittle) !== orientationTag) continue;
    const orientation = view.getUint16(at + 8, isLittle);
    return orientation >= 1 && orientation <= 8 ? orientation : null;
  }
  return null;
}

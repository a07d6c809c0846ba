import { CamphorError } from '../../model/error';

/**
 * Where in the stored bytes each text ends. Throws CamphorError `damaged` where the bytes are not as long as the texts are, or where a text
 * ends within a character; the bytes were encoded and sealed here, and are not looked at more closely.
 */
export function byteEndsOf(utf8: Uint8Array, ends: Uint32Array): Uint32Array {
  const byteEnds = new Uint32Array(ends.length);
  let at = 0;
  let units = 0;
  for (let index = 0; index < ends.length; index += 1) {
    const end = ends[index] as number;
    while (units < end && at < utf8.length) {
      const lead = utf8[at] as number;
      if (lead >= 0x80 && lead < 0xc0) throw new CamphorError('damaged');
      at += lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      units += lead < 0xf0 ? 1 : 2;
    }
    if (units !== end) throw new CamphorError('damaged');
    byteEnds[index] = at;
  }
  if (at !== utf8.length) throw new CamphorError('damaged');
  return byteEnds;
}

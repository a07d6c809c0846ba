import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDimensions } from '../../src/media/dimensions';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** A JPEG's head: Exif with an orientation, a skipped segment, padding, and a frame of 640 × 480. */
const jpegWith = (orientation: string) =>
  hex(
    `ffd8 ffe1 0022 457869660000 4d4d002a 00000008 0001 0112 0003 00000001 ${orientation}0000 00000000 fffe 0004 ffc0 ff ffc2 0011 08 01e0 0280 03`,
  );

test.each<[string, Uint8Array, string, readonly [number, number] | null]>([
  ['PNG', hex('89504e470d0a1a0a 0000000d 49484452 00000280 000001e0 08'), 'image/png', [640, 480]],
  ['GIF', hex('474946383961 8002 e001 00'), 'image/gif', [640, 480]],
  ['JPEG upright', jpegWith('0001'), 'image/jpeg', [640, 480]],
  ['JPEG lying', jpegWith('0006'), 'image/jpeg', [480, 640]],
  ['JPEG with an orientation that is none', jpegWith('0009'), 'image/jpeg', [640, 480]],
  ['JPEG whose frame is not in the head', jpegWith('0001').subarray(0, 40), 'image/jpeg', null],
  ['WebP, lossy', hex('52494646 00000000 57454250 56503820 00000000 000000 9d012a 8002 e001'), 'image/webp', [640, 480]],
  ['WebP, lossless', hex('52494646 00000000 57454250 5650384c 00000000 2f 7fc27700'), 'image/webp', [640, 480]],
  ['WebP, extended', hex('52494646 00000000 57454250 56503858 0a000000 00000000 7f0200 df0100'), 'image/webp', [640, 480]],
  ['BMP, upside down', hex('424d 00000000 00000000 36000000 28000000 80020000 20feffff'), 'image/bmp', [640, 480]],
  [
    'AVIF with a thumbnail',
    latin1('\0\0\0\x14ispe\0\0\0\0\0\0\0\x10\0\0\0\x10\0\0\0\x14ispe\0\0\0\0\0\0\x02\x80\0\0\x01\xe0'),
    'image/avif',
    [640, 480],
  ],
  ['no height', hex('89504e470d0a1a0a 0000000d 49484452 00000280 00000000 08'), 'image/png', null],
  ['an unknown type', hex('00'), 'image/svg+xml', null],
])('%s', (_name, head, mime, size) => {
  expect(readDimensions(head, mime)).toEqual(size && { widthPx: size[0], heightPx: size[1] });
});

test('real pictures', (context) => {
  const samples = new URL('../../../shared/samples/', import.meta.url);
  if (!existsSync(samples)) context.skip('../shared/samples is missing');
  const sizeOf = (path: string, mime: string) => readDimensions(readFileSync(new URL(path, samples)), mime);
  expect(sizeOf('china/synthetic/media/red.png', 'image/png')).toEqual({ widthPx: 8, heightPx: 8 });
  expect(sizeOf('international/whatsapp-ios-txt/some-image.jpg', 'image/jpeg')).toEqual({ widthPx: 294, heightPx: 300 });
});

test('any bytes of any type give a size or none, and end', () => {
  const mimes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/bmp', 'image/avif', 'image/heic'];
  const starts = [[], [0xff, 0xd8, 0xff, 0xe1], [...jpegWith('0001').subarray(0, 24)], [...latin1('RIFF\0\0\0\0WEBPVP8X')]];
  fc.assert(
    fc.property(fc.constantFrom(...mimes), fc.constantFrom(...starts), fc.uint8Array({ maxLength: 80 }), (mime, start, rest) => {
      const size = readDimensions(Uint8Array.of(...start, ...rest), mime);
      if (size) expect(Math.min(size.widthPx, size.heightPx)).toBeGreaterThan(0);
    }),
    { numRuns: 2000 },
  );
});

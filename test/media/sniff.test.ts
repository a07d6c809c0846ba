import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blobTypeOf, downloadType, isInlineType } from '../../src/media/inline-types';
import { sniffMedia, unknownMedia } from '../../src/media/sniff';
import { buildZip, utf8, type ZipPart } from '../hostile/zip-builder';

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const box = (brand: string, ...compatible: string[]) =>
  `\0\0\0${String.fromCharCode(16 + compatible.length * 4)}ftyp${brand}\0\0\0\0${compatible.join('')}`;
const ogg = (codec: string) => `OggS\0\x02${'\0'.repeat(22)}${codec}`;

test.each([
  ['\xff\xd8\xff\xe0\0\x10JFIF', 'image/jpeg', 'jpg'],
  ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png', 'png'],
  ['GIF89a', 'image/gif', 'gif'],
  ['RIFF\x10\0\0\0WEBPVP8 ', 'image/webp', 'webp'],
  ['RIFF\x10\0\0\0WAVEfmt ', 'audio/wav', 'wav'],
  ['RIFF\x10\0\0\0AVI LIST', 'video/x-msvideo', 'avi'],
  [box('avif', 'mif1'), 'image/avif', 'avif'],
  [box('mif1', 'avif', 'miaf'), 'image/avif', 'avif'],
  [box('mif1', 'heic'), 'image/heic', 'heic'],
  [box('heic'), 'image/heic', 'heic'],
  [box('isom', 'mp42'), 'video/mp4', 'mp4'],
  [box('qt  '), 'video/quicktime', 'mov'],
  [box('M4A '), 'audio/mp4', 'm4a'],
  [box('3gp5'), 'video/3gpp', '3gp'],
  ['\0\0\0\x08wide\0\0\0\0mdat', 'video/quicktime', 'mov'],
  [`BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0`, 'image/bmp', 'bmp'],
  ['\x1a\x45\xdf\xa3\x9fB\x82\x84webm', 'video/webm', 'webm'],
  ['\x1a\x45\xdf\xa3\x9fB\x82\x88matroska', 'video/x-matroska', 'mkv'],
  ['ID3\x04\0\0', 'audio/mpeg', 'mp3'],
  ['\xff\xfb\x90\x64', 'audio/mpeg', 'mp3'],
  ['\xff\xf1\x50\x80', 'audio/aac', 'aac'],
  [ogg('OpusHead\x01'), 'audio/ogg', 'opus'],
  [ogg('\x01vorbis'), 'audio/ogg', 'ogg'],
  [ogg('\x80theora'), 'video/ogg', 'ogv'],
  ['#!AMR\n\x3c', 'audio/amr', 'amr'],
  ['#!SILK_V3', 'audio/silk', 'silk'],
  ['\x02#!SILK_V3', 'audio/silk', 'silk'],
  ['fLaC\0\0\0\x22', 'audio/flac', 'flac'],
  ['%PDF-1.7', 'application/pdf', 'pdf'],
  ['wxgf\x0b', 'image/x-wxgf', 'wxgf'],
  ['BEGIN:VCARD\r\n', 'text/vcard', 'vcf'],
  ['SQLite format 3\0', 'application/vnd.sqlite3', 'sqlite'],
  ['BMW is a car', unknownMedia.mime, 'bin'],
  ['\xff\xff\xff\xff', unknownMedia.mime, 'bin'],
  ['<3 you', unknownMedia.mime, 'bin'],
  ['', unknownMedia.mime, 'bin'],
])('%j is %s', (head, mime, extension) => {
  expect(sniffMedia(latin1(head))).toMatchObject({ mime, extension });
});

test.each<[readonly ZipPart[], string]>([
  [[{ name: '[Content_Types].xml', content: utf8('x') }, { name: 'word/document.xml' }], 'docx'],
  [[{ name: '[Content_Types].xml', content: utf8('x') }, { name: 'xl/workbook.xml' }], 'xlsx'],
  [[{ name: 'mimetype', content: utf8('application/epub+zip') }], 'epub'],
  [[{ name: 'mimetype', content: utf8('application/vnd.oasis.opendocument.text') }], 'odt'],
  [[{ name: 'AndroidManifest.xml' }], 'apk'],
  [[{ name: '_chat.txt' }, { name: 'word/x' }], 'zip'],
  [[], 'zip'],
])('a ZIP of %j is .%s', (parts, extension) => {
  expect(sniffMedia(buildZip(parts)).extension).toBe(extension);
});

test('samples are what their apps wrote, whatever their names say', (context) => {
  const samples = new URL('../../../shared/samples/', import.meta.url);
  const expected: Record<string, string> = {
    'china/amr/mario.amr': 'audio/amr',
    'china/synthetic/media/red.jpg': 'image/jpeg',
    'china/synthetic/media/red.png': 'image/png',
    'china/synthetic/media/tone-440hz-1s.silk': 'audio/silk',
    'china/synthetic/wechat-android/MicroMsg/ffdef473a3a56cbf6d38456a41f52f46/voice2/11/3d/msg_2912345678901234567890a.amr': 'audio/silk',
    'international/whatsapp-ios-txt/some-doc.pdf': 'application/pdf',
    'international/whatsapp-ios-txt/some-image.jpg': 'image/jpeg',
  };
  if (!existsSync(samples)) context.skip('../shared/samples is missing');
  for (const [path, mime] of Object.entries(expected)) expect(sniffMedia(readFileSync(new URL(path, samples))).mime).toBe(mime);
});

// checks.md B2: what lies about its type must not become a document of our origin.
test.each([
  ['HTML', '<!DOCTYPE html><script>alert(1)</script>'],
  ['HTML after white space and a comment', ' \n<!-- x --><HTML><body onload=alert(1)>'],
  ['a script element alone', '<script src=x></script>'],
  ['HTML with a byte order mark', '\ufeff<html>'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['SVG behind an XML head', '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "x" "y">\n<svg onload="alert(1)">'],
  ['XHTML', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>'],
  ['JavaScript', 'alert(document.cookie)'],
  ['PDF', '%PDF-1.4'],
])('%s may be downloaded only', (_name, text) => {
  const { mime } = sniffMedia(utf8(text));
  expect(isInlineType(mime)).toBe(false);
  expect(blobTypeOf(mime)).toBe(downloadType);
});

test('SVG is recognised, and a picture that is also a script is a picture', () => {
  expect(sniffMedia(utf8('<?xml version="1.0"?><svg>')).mime).toBe('image/svg+xml');
  expect(sniffMedia(latin1('GIF89a/*<html><script>alert(1)</script>*/=1')).mime).toBe('image/gif');
});

test('any bytes at all: no error, and no type that may be shown runs script', () => {
  const anyHead = fc.oneof(fc.uint8Array({ maxLength: 600 }), fc.string({ unit: 'binary' }).map(utf8), fc.constantFrom('PK\x03\x04', 'RIFF', '\0\0\0\x10ftyp', '<svg', 'OggS', 'BM').chain((start) => fc.uint8Array().map((rest) => Uint8Array.of(...latin1(start), ...rest)))); // prettier-ignore
  fc.assert(
    fc.property(anyHead, (head) => {
      const { mime, extension } = sniffMedia(head);
      expect(extension).toMatch(/^[a-z0-9]{2,6}$/);
      expect(blobTypeOf(mime)).toMatch(/^((image|audio|video)\/[a-z0-9]+|application\/octet-stream)$/);
    }),
    { numRuns: 2000 },
  );
});

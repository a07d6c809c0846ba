// Splitting MIME files, fields of headers, and bodies.

import { describe, expect, it } from 'vitest';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { createBodyDecoder } from '../../src/bytes/mime-body';
import { parameterOf, parseFields, valueOf } from '../../src/bytes/mime-header';
import { boundaryOf, findMimeParts, sourceOfMimePart } from '../../src/bytes/mime-parts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const file = [
  'MIME-Version: 1.0',
  'Content-Type: multipart/related; boundary="b b"',
  '',
  'a preamble',
  '--b b',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: 8bit',
  '',
  `<p>好</p>${'x'.repeat(1000)}`,
  '--bb is no boundary',
  '--b b',
  'Content-Type: image/png; name="n.png"',
  'Content-Transfer-Encoding: base64',
  'Content-Location: a.png',
  '',
  'AAEC',
  'AwQ=',
  '',
  '--b b',
  'Content-Transfer-Encoding: Quoted-Printable',
  'Content-ID: <id@x>',
  '',
  'caf=C3=A9 =',
  'goes=20on=',
  '',
  '--b b--',
  'an epilogue',
  '',
].join('\r\n');

async function partsOf(text: string, chunkBytes?: number, partLimit = 100) {
  const source = sourceOfBytes(encode(text), chunkBytes);
  const { parts, ...rest } = await findMimeParts(source, boundaryOf(encode(text)) ?? '', partLimit);
  const contents = await Promise.all(parts.map((part) => sourceOfMimePart(source, part).read(0, 1e9)));
  return { parts, contents, ...rest };
}

describe('findMimeParts', () => {
  it('finds parts, their names and their decoded sizes', async () => {
    const { parts, contents, isWhole, isLimited } = await partsOf(file);
    expect(parts.map(({ mime, location, encoding, sizeBytes }) => [mime, location, encoding, sizeBytes])).toEqual([
      ['text/html', null, 'none', 1031],
      ['image/png', 'a.png', 'base64', 5],
      [null, 'cid:id@x', 'quoted-printable', 13],
    ]);
    expect(decode(contents[0]!)).toBe(`<p>好</p>${'x'.repeat(1000)}\r\n--bb is no boundary`);
    expect([...contents[1]!]).toEqual([0, 1, 2, 3, 4]);
    expect(decode(contents[2]!)).toBe('café goes on');
    expect([isWhole, isLimited]).toEqual([true, false]);
  });

  it.each([1, 2, 3, 7, 64, 4099])('gives the same in chunks of %d bytes', async (chunkBytes) => {
    expect(await partsOf(file, chunkBytes)).toEqual(await partsOf(file));
    const long = file.replaceAll('\r\n--b b', `\r\n${'y'.repeat(5000)}\r\n--b b`);
    expect(await partsOf(long, chunkBytes)).toEqual(await partsOf(long));
  });

  it('cut anywhere, gives sizes that are those of the bodies, and says that it is not whole', async () => {
    for (let length = file.indexOf('--b b'); length < file.lastIndexOf('--\r\nan'); length += 3) {
      const { parts, contents, isWhole } = await partsOf(file.slice(0, length));
      expect(contents.map((content) => content.length)).toEqual(parts.map(({ sizeBytes }) => sizeBytes));
      expect(isWhole).toBe(false);
    }
  });

  it('keeps to the limit of parts', async () => {
    const { parts, isLimited } = await partsOf(file, undefined, 2);
    expect([parts.length, isLimited]).toEqual([2, true]);
  });

  it('reads a decoded part from any place to any other', async () => {
    const source = sourceOfBytes(encode(file), 5);
    const { parts } = await findMimeParts(source, 'b b', 9);
    const part = sourceOfMimePart(source, parts[1]!);
    expect([...(await part.read(1, 3))]).toEqual([1, 2]);
    expect([...(await part.read(3, 99))]).toEqual([3, 4]);
    expect([...(await part.read(7, 9))]).toEqual([]);
    const streamed: number[] = [];
    for await (const chunk of part.stream(2)) streamed.push(...chunk);
    expect(streamed).toEqual([2, 3, 4]);
  });
});

describe('boundaryOf', () => {
  it.each([
    [file, 'b b'],
    ['From: <x>\nContent-Type:multipart/related;\n\tcharset="utf-8"\n\ttype="text/html";\n\tboundary="--=1"\n\nx', '--=1'],
    ['Content-Type: multipart/mixed; boundary=plain\n\n', 'plain'],
    ['Content-Type: text/plain; boundary=x\n\n', null],
    ['Content-Type: multipart/related\n\n', null],
    ['\nContent-Type: multipart/related; boundary=x', null],
    ['', null],
  ])('%j', (head, boundary) => {
    expect(boundaryOf(encode(head))).toBe(boundary);
  });
});

describe('header fields', () => {
  it('continued lines, repeated fields and encoded words', () => {
    const fields = parseFields('Subject: =?utf-8?B?5aW9?=\r\n =?utf-8?q?_a=3Db?= c\r\nX: 1\r\nx: 2\r\nno field\r\n: none');
    expect([...fields]).toEqual([
      ['subject', '好 a=b c'],
      ['x', '1'],
    ]);
  });

  it.each([
    ['=?gb2312?B?usM=?=', '好'],
    ['=?x-unknown?B?usM=?=', '=?x-unknown?B?usM=?='],
    ['=?utf-8?B?%%%?=', '%%%'],
    ['=?utf-8?B?', '=?utf-8?B?'],
  ])('%j is %j', (word, text) => {
    expect(parseFields(`A: ${word}`).get('a')).toBe(text);
  });

  it('values and parameters', () => {
    expect(valueOf('Text/HTML; charset=x')).toBe('text/html');
    expect(valueOf('')).toBeNull();
    expect(parameterOf('a; Charset="utf-8" boundary=x;', 'charset')).toBe('utf-8');
    expect(parameterOf('a; Charset="utf-8" boundary=x;', 'boundary')).toBe('x');
    expect(parameterOf(undefined, 'boundary')).toBeNull();
  });

  it.each(['=?', '=?utf-8?q?', ' ', '"', ';a=', '?=\t=?'])('a megabyte of %j takes no time', (evil) => {
    const text = `Content-Type: ${evil.repeat(65_536 / evil.length)}`;
    expect(parseFields(text).size).toBe(1);
    expect(parameterOf(text, 'boundary')).toBeNull();
  });
});

describe('bodies', () => {
  const run = (encoding: 'base64' | 'quoted-printable', text: string) => {
    const decoder = createBodyDecoder(encoding);
    const pieces = [...text].map((letter) => decoder.push(encode(letter)));
    return decode(new Uint8Array(Buffer.concat([...pieces, decoder.end()])));
  };
  it.each([
    ['base64', 'aGVs\r\nbG8=', 'hello'],
    ['base64', 'aGVsbG8', 'hello'],
    ['base64', 'a', ''],
    ['base64', '*aG*VsbG8=', 'hello'],
    ['quoted-printable', 'a=3Db=\r\nc=\nd', 'a=bcd'],
    ['quoted-printable', '=zz ==3D =4', '=zz == =4'],
    ['quoted-printable', 'x=', 'x='],
  ] as const)('%s of %j', (encoding, text, plain) => {
    expect(run(encoding, text)).toBe(plain);
  });
});

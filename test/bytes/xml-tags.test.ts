import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { readXmlTags, type XmlPiece } from '../../src/bytes/xml-tags';
import { decodeXmlText } from '../../src/bytes/xml-text';

const utf8 = (text: string) => new TextEncoder().encode(text);

async function readPieces(text: string | Uint8Array, chunkBytes = 1 << 20, valueLimitBytes?: number): Promise<XmlPiece[]> {
  const bytes = typeof text === 'string' ? utf8(text) : text;
  const options = valueLimitBytes === undefined ? {} : { valueLimitBytes };
  const pieces: XmlPiece[] = [];
  for await (const batch of readXmlTags(sourceOfBytes(bytes, chunkBytes), options)) pieces.push(...batch);
  let at = 0;
  for (const { offsetBytes, lengthBytes } of pieces) {
    expect(offsetBytes).toBe(at);
    at += lengthBytes;
  }
  expect(at).toBe(bytes.length);
  return pieces;
}

/** Short, for comparison. */
const shown = (pieces: readonly XmlPiece[]) =>
  pieces.map((piece) => {
    if (piece.kind === 'open') {
      const attributes = [...piece.attributes].map(
        ([name, { text, isCut, lengthBytes }]) => `${name}=${text}${isCut ? `… of ${lengthBytes}` : ''}`,
      );
      return `<${[piece.name, ...attributes].join(' ')}${piece.isEmpty ? '/' : ''}>`;
    }
    if (piece.kind === 'close') return `</${piece.name}>`;
    return `${piece.kind} ${piece.kind === 'problem' ? `${piece.code} ${piece.raw}` : piece.text}`;
  });

describe('tags', () => {
  it('have names and attributes, between text and markup', async () => {
    const text = `<?xml version="1.0"?>\n<!-- a > b --><a x="1" y = 'two "2"' z=""><b/>t &amp; t<![CDATA[<x>]]></a >`;
    expect(shown(await readPieces(text))).toEqual([
      'markup <?xml version="1.0"?>',
      'text \n',
      'markup <!-- a > b -->',
      '<a x=1 y=two "2" z=>',
      '<b/>',
      'text t &amp; t',
      'markup <![CDATA[<x>]]>',
      '</a>',
    ]);
  });

  it('are the same in chunks of any size', async () => {
    const part = fc.constantFrom(
      '<a',
      ' x="',
      '"',
      "'",
      '>',
      '/>',
      '<!--',
      '-->',
      '</a>',
      '&#55357;',
      '&#56832;',
      'é',
      '😀',
      '\0',
      '=',
      ' ',
      '<![CDATA[',
      ']]>',
      '<',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), async (parts, chunkBytes) => {
        const text = parts.join('');
        expect(shown(await readPieces(text, chunkBytes, 3))).toEqual(shown(await readPieces(text, 1 << 20, 3)));
      }),
      { numRuns: 300 },
    );
  });

  it('tile any bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => void (await readPieces(bytes, 7))));
  });

  it('say where a long value lies, and how many bytes its base64 stands for', async () => {
    const [tag] = await readPieces(`<part ct="x" data="${'QUJD\r\n'.repeat(100)}QQ=="/>`, 13, 8);
    const data = tag?.kind === 'open' ? tag.attributes.get('data') : undefined;
    expect(data).toMatchObject({ text: 'QUJD\r\nQU', isCut: true, offsetBytes: 19, lengthBytes: 604 });
    expect(data?.base64Bytes()).toBe(301);
  });

  it('that are none are problems', async () => {
    expect(shown(await readPieces('<a x="1<b/>1 < 2<c></d x="1"><e'))).toEqual([
      'problem not-understood <a x="1',
      '<b/>',
      'text 1 ',
      'problem not-understood < 2',
      '<c>',
      'problem not-understood </d x="1">',
      'problem ends-early <e',
    ]);
  });
});

it.each([
  ['&#55357;&#56832; &#x1F600;', '😀 😀'],
  ['a&#0;b&#8;c&#10;d', 'abc\nd'],
  ['&#55357; alone, &#56832;&#55357; turned', ' alone,  turned'],
  ['&amp;amp; &lt;&gt;&quot;&apos; &nbsp; &#xFFFFFF; &', '&amp; <>"\' &nbsp;  &'],
])('%s is read as %s', (raw, text) => {
  expect(decodeXmlText(raw)).toBe(text);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLooseXml } from '../../../src/importers/wechat/loose-xml';
import { attributeOf, findNode, nodeAt, textAt } from '../../../src/importers/wechat/xml-fields';

const root = (body: string) => readLooseXml(body)!.root;

describe('a body that is not well-formed', () => {
  it('is read past a declaration, an id of a sender and NULs', () => {
    const xml = readLooseXml('wxid_a:\n<?xml version="1.0"?>\n<msg><title>x</title></msg>\0\0');
    expect(xml).toMatchObject({ isDamaged: false });
    expect(textAt(xml!.root, 'title')).toBe('x');
  });

  it.each([
    ['<msg><url>http://a.invalid/?b=1&c=2</url></msg>', 'http://a.invalid/?b=1&c=2'],
    ['<msg><url>&lt;&amp;lt;&#65;&#x4e2d;&#0;&nosuch;</url></msg>', '<&lt;A中&#0;&nosuch;'],
    ['<msg><url><![CDATA[a <b> & c]]></url></msg>', 'a <b> & c'],
    ['<msg><url><![CDATA[x<![CDATA[y]]>z]]></url></msg>', 'x<![CDATA[y]]>z'],
    ['<msg><url>1 < 2</url></msg>', '1 < 2'],
  ])('%s', (body, url) => {
    expect(textAt(root(body), 'url')).toBe(url);
  });

  it('takes attributes without a space between them, in either quotes, and the first of two', () => {
    const node = root(`<location x="30.1"y='120' label="a &amp; &quot;b&quot;" x="9" empty/>`);
    expect([attributeOf(node, 'x'), attributeOf(node, 'y'), attributeOf(node, 'label')]).toEqual(['30.1', '120', 'a & "b"']);
  });

  it.each(['<msg><title>cut', '<msg><a><b></a></msg>', '<msg a="no end', '<msg a=1></msg>', '</x><msg></msg>'])('%s is damaged', (body) => {
    expect(readLooseXml(body)).toMatchObject({ isDamaged: true, root: { name: 'msg' } });
  });

  it('closes what a closing tag passes over', () => {
    const msg = root('<msg><a><b>1</a><c>2</c></msg>');
    expect(textAt(msg, 'a', 'b')).toBe('1');
    expect(textAt(msg, 'c')).toBe('2');
  });

  it('is nothing where there is no element', () => {
    expect(['', 'hello', '<', '<>', '<!--', '<![CDATA[x]]>', '<?xml?>'].map(readLooseXml)).toEqual(Array(7).fill(null));
  });
});

describe('a hostile body', () => {
  it('expands no entities', () => {
    const xml = readLooseXml('<!DOCTYPE msg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><msg><t>&b;</t></msg>');
    expect(findNode(xml!.root, 't')?.text ?? '&b;').toBe('&b;');
  });

  it('nested without end, or of a million elements, is cut at the limits', () => {
    const deep = readLooseXml('<a>'.repeat(100_000));
    expect(deep?.isDamaged).toBe(true);
    const wide = readLooseXml(`<m>${'<a/>'.repeat(1_000_000)}</m>`);
    expect(wide?.isDamaged).toBe(true);
    expect(wide?.root.children.length).toBeLessThanOrEqual(20_000);
  });

  it.each(['<![CDATA[', '<![CDATA[]]>', '<a ', '<a b="', '</a>', '<', '&', '&#x41;', '<!--', '<?', ']]>', '<a><![CDATA[<![CDATA[]]>'])(
    'a megabyte of %s is read in passing',
    (piece) => {
      const body = `<msg>${piece.repeat(Math.ceil(1e6 / piece.length))}`;
      expect(readLooseXml(body)?.root.name).toBe('msg');
    },
    10_000,
  );

  it('never throws, and knows names such as __proto__', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).length;
    expect(nodeAt(root('<msg><__proto__ constructor="1">x</__proto__></msg>'), '__proto__')?.text).toBe('x');
    const pieces = fc.constantFrom(
      '<msg>',
      '</msg>',
      '<a',
      ' b="1"',
      "='",
      '>',
      '/>',
      '<![CDATA[',
      ']]>',
      '&amp;',
      '&#1;',
      'x',
      '\0',
      '<!',
      '<?',
      '-->',
    );
    fc.assert(fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => void readLooseXml(parts.join(''))));
    expect(Object.getOwnPropertyNames(Object.prototype).length).toBe(before);
  });
});

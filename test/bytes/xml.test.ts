import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWholeXml, readXml, type XmlEvent } from '../../src/bytes/xml';
import { CamphorError } from '../../src/model/error';

const limits = { sizeBytes: 100_000, depth: 20 };
const utf8 = new TextEncoder();

function read(text: string): XmlEvent[] {
  return readWholeXml(utf8.encode(text), limits);
}

function reasonOf(run: () => unknown): unknown {
  try {
    run();
    return null;
  } catch (error) {
    return error instanceof CamphorError ? [error.code, error.facts['reason']] : error;
  }
}

/** Neighbouring texts joined, since a chunk's end may cut them. */
function joined(events: readonly XmlEvent[]): XmlEvent[] {
  const all: XmlEvent[] = [];
  for (const event of events) {
    const last = all.at(-1);
    if (event.kind === 'text' && last?.kind === 'text') all[all.length - 1] = { kind: 'text', text: last.text + event.text };
    else all.push(event);
  }
  return all;
}

describe('xml', () => {
  test('resolves namespaces, whatever their prefixes', () => {
    for (const text of [
      '<a xmlns="DAV:" b="1"/>',
      '<D:a xmlns:D="DAV:" b="1"></D:a>',
      '<?xml version="1.0"?>\n<x:a xmlns:x="DAV:" b="1" x:c="2"/>',
    ])
      expect(read(text).filter(({ kind }) => kind !== 'text')).toEqual([
        {
          kind: 'open',
          uri: 'DAV:',
          local: 'a',
          attributes: new Map([['b', '1']]),
        },
        { kind: 'close', uri: 'DAV:', local: 'a' },
      ]);
  });

  test('knows five entities and character references, and no others', () => {
    expect(joined(read('<a>&lt;&amp;&gt;&quot;&apos;&#20320;&#x597D;<![CDATA[<&]]></a>'))[1]).toEqual({
      kind: 'text',
      text: '<&>"\'你好<&',
    });
    expect(reasonOf(() => read('<a>&nbsp;</a>'))).toEqual(['damaged', 'syntax']);
  });

  test('refuses a document type, also one that declares nothing', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>';
    for (const text of [bomb, '<!DOCTYPE html><html/>', '<!DOCTYPE a SYSTEM "http://example.com/x.dtd"><a/>'])
      expect(reasonOf(() => read(text))).toEqual(['damaged', 'doctype']);
  });

  test('refuses what is cut, wrongly nested, too deep, too large or not UTF-8', () => {
    for (const text of ['', '<a>', '<a><b></a></b>', '<a/><b/>', 'plain', '<html><br></html>', '<x:a/>'])
      expect(
        reasonOf(() => read(text)),
        text,
      ).toEqual(['damaged', 'syntax']);
    expect(reasonOf(() => read('<a>'.repeat(21) + '</a>'.repeat(21)))).toEqual(['damaged', 'depth']);
    expect(reasonOf(() => read(`<a>${'x'.repeat(100_000)}</a>`))).toEqual(['damaged', 'size']);
    expect(reasonOf(() => readWholeXml(Uint8Array.of(0x3c, 0x61, 0x3e, 0xff), limits))).toEqual(['damaged', 'encoding']);
  });

  test('gives the same events however the bytes are cut, and what was written', async () => {
    const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const text = fc.string({ unit: fc.constantFrom('a', '你', '🎉', ' ', '&', '<', '>', '"'), minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 7 }), async (texts, chunkBytes) => {
        const bytes = utf8.encode(`<l xmlns="DAV:">${texts.map((each) => `<i>${escape(each)}</i>`).join('')}</l>`);
        const chunks = async function* (): AsyncGenerator<Uint8Array> {
          for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
        };
        const events: XmlEvent[] = [];
        for await (const event of readXml(chunks(), limits)) events.push(event);
        expect(joined(events)).toEqual(joined(readWholeXml(bytes, limits)));
        expect(joined(events).flatMap((event) => (event.kind === 'text' ? [event.text] : []))).toEqual(texts);
      }),
      { numRuns: 50 },
    );
  });
});

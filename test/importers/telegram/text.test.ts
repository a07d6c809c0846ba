import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectRichText, plainText, readText } from '../../../src/importers/telegram/text';

const part = fc.record({
  type: fc.constantFrom('plain', 'bold', 'link', 'hashtag', 'custom_emoji', 'invented'),
  text: fc.string({ unit: 'grapheme' }),
});

describe('readText', () => {
  it('concatenates the parts, and each entity covers exactly its part', () => {
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const { text, entities } = readText(undefined, parts);
        expect(text).toBe(parts.map((one) => one.text).join(''));
        const marked = parts.filter((one) => one.type !== 'plain' && one.text !== '');
        expect((entities ?? []).map(({ offset, length }) => text.slice(offset, offset + length))).toEqual(marked.map((one) => one.text));
      }),
    );
  });

  it('gives the same for the mixed array of old exports as for text_entities', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const mixed = parts.map((one) => (one.type === 'plain' ? one.text : one));
        expect(readText(mixed, undefined)).toEqual(readText(undefined, parts));
        expect(readText(mixed, parts)).toEqual(readText(undefined, parts));
      }),
    );
  });

  it('counts offsets in UTF-16 code units', () => {
    expect(readText(['👀 ', { type: 'bold', text: '好' }], undefined).entities).toEqual([{ type: 'bold', offset: 3, length: 1 }]);
  });

  it('keeps addresses of links and of people without a name', () => {
    const { entities } = readText(
      [
        { type: 'text_link', text: 'here', href: 'https://a.example/' },
        { type: 'mention_name', text: 'Li', user_id: 42 },
      ],
      undefined,
    );
    expect(entities).toEqual([
      { type: 'link', offset: 0, length: 4, href: 'https://a.example/' },
      { type: 'mention', offset: 4, length: 2, href: 'tg://user?id=42' },
    ]);
  });

  it('takes the string where the parts say something else, and says that there is more', () => {
    expect(
      readText('whole', [
        { type: 'plain', text: 'wh' },
        { type: 'bold', text: 'x' },
      ]),
    ).toEqual({ text: 'whole', entities: null, richer: true });
  });

  it.each([
    [[{ type: 'pre', text: 'x', language: 'rust' }], true],
    [[{ type: 'pre', text: 'x', language: '' }], false],
    [[{ type: 'custom_emoji', text: '😁', document_id: '123' }], true],
    [[{ type: 'blockquote', text: 'x', collapsed: true }], true],
    [[{ type: 'bold', text: 'x' }], false],
    [[{ type: 'invented', text: 'x' }], true],
    [[7], true],
  ])('%j holds more than entities: %s', (parts, richer) => {
    expect(readText(parts, undefined).richer).toBe(richer);
  });

  it('is empty for a message without text', () => {
    expect(readText('', [])).toEqual({ text: '', entities: null, richer: false });
    expect(readText(undefined, undefined)).toEqual({ text: '', entities: null, richer: false });
  });
});

describe('plainText', () => {
  it('reads the question of a poll in both forms', () => {
    expect(plainText('Who?')).toBe('Who?');
    expect(plainText(['Who ', { type: 'custom_emoji', text: '🤔', document_id: '1' }])).toBe('Who 🤔');
    expect(plainText(null)).toBe('');
  });
});

describe('collectRichText', () => {
  it('collects every text of a tree in order, blocks on lines of their own', () => {
    const blocks = [
      { type: 'heading', text: 'Title' },
      { type: 'paragraph', children: [{ text: 'one ' }, { type: 'bold', children: [{ text: 'two' }] }] },
      { type: 'divider' },
      { type: 'list', items: [{ text: ['three', { text: ' four' }] }] },
    ];
    expect(collectRichText({ blocks })).toBe('Title\none two\nthree four');
    expect(collectRichText(blocks)).toBe('Title\none two\nthree four');
  });

  it('does not follow a tree without end', () => {
    let tree: object = { text: 'deep' };
    for (let depth = 0; depth < 5000; depth++) tree = { child: tree };
    expect(collectRichText([tree as never, { text: 'shallow' }])).toBe('shallow');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clipLength, clipText, isEmojiOnly, styleText } from '../../../src/ui/reading/styled-text';

describe('styleText', () => {
  test('the runs joined are the text, whatever the entities say', () => {
    const entity = fc.record({
      type: fc.constantFrom('bold' as const, 'link' as const, 'spoiler' as const, 'other' as const),
      offset: fc.integer({ min: -5, max: 60 }),
      length: fc.integer({ min: -5, max: 60 }),
    });
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.array(entity), (text, entities) => {
        expect(
          styleText(text, entities)
            .map((run) => run.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  test('entities lie over each other, and links we find do not cross those of the source', () => {
    const runs = styleText('go https://a.example now', [
      { type: 'bold', offset: 0, length: 24 },
      { type: 'link', offset: 3, length: 17, href: 'https://b.example' },
    ]);
    expect(runs).toEqual([
      { text: 'go ', looks: ['bold'], href: null },
      { text: 'https://a.example', looks: ['bold'], href: 'https://b.example/' },
      { text: ' now', looks: ['bold'], href: null },
    ]);
  });

  test('a text link to a script is plain text', () => {
    expect(styleText('press', [{ type: 'link', offset: 0, length: 5, href: 'javascript:alert(1)' }])).toEqual([
      { text: 'press', looks: [], href: null },
    ]);
  });
});

describe('clipText', () => {
  test('short texts are whole', () => expect(clipText('x'.repeat(clipLength))).toBeNull());
  test('2 MB are cut, between letters as people see them', () => {
    const family = '👨‍👩‍👧‍👦';
    const cut = clipText(family.repeat(200_000)) ?? '';
    expect(cut.length).toBeGreaterThan(clipLength - 64);
    expect(cut.length).toBeLessThanOrEqual(clipLength);
    expect(cut.length % family.length).toBe(0);
  });
});

describe('isEmojiOnly', () => {
  test.each(['🎂🎉', '👨‍👩‍👧‍👦', '❤️', '🇨🇳 🇩🇪'])('%s is', (text) => expect(isEmojiOnly(text)).toBe(true));
  test.each(['', '123', 'ok 👍', '#', '👍'.repeat(9), '好'])('%s is not', (text) => expect(isEmojiOnly(text)).toBe(false));
});

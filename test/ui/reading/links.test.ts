// Links: only four kinds, found in one pass, honest about where they lead (B6, A8).

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLinks, safeHref } from '../../../src/model/links';
import { hostNote, mixesScripts } from '../../../src/ui/reading/links';

const found = (text: string): readonly string[] => findLinks(text).map(({ from, to }) => text.slice(from, to));

describe('findLinks', () => {
  test.each([
    ['see https://a.example/x?y=1#z, then go', ['https://a.example/x?y=1#z']],
    ['(https://a.example/wiki/X_(y))', ['https://a.example/wiki/X_(y)']],
    ['看这里https://a.example/路径。好吗', ['https://a.example/路径']],
    ['www.example.org!', ['www.example.org']],
    ['mailto:a@b.example tel:+4912345', ['mailto:a@b.example', 'tel:+4912345']],
    ['xhttps://a.example', []],
    ['javascript:alert(1) data:text/html,x file:///etc/passwd ftp://a.example', []],
    ['https://', []],
    ['"https://a.example/"', ['https://a.example/']],
  ])('%s', (text, links) => expect(found(text)).toEqual(links));

  test('links lie in order inside the text and never overlap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('http://', 'https://a.b', 'www.', ' ', '.', ')', '(', '好', 'mailto:x', '\u202e', 'tel:1')),
        (parts) => {
          const text = parts.join('');
          let last = 0;
          for (const link of findLinks(text)) {
            expect(link.from).toBeGreaterThanOrEqual(last);
            expect(link.to).toBeGreaterThan(link.from);
            expect(link.href).toMatch(/^(?:https?:|mailto:|tel:)/);
            last = link.to;
          }
          expect(last).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });

  test.each([
    'http://'.repeat(60_000),
    `http://a${')'.repeat(400_000)}`,
    'www.'.repeat(100_000),
    `https://${'a.'.repeat(200_000)}`,
    'https://a.b/ '.repeat(40_000),
  ])('an evil text of 400,000 letters is one pass (no hang)', (evil) => expect(findLinks(evil).length).toBeLessThanOrEqual(2000), 30_000);
});

describe('safeHref', () => {
  test.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'JaVaScRiPt://x',
    'data:text/html,<script>',
    'vbscript:x',
    'blob:https://a/b',
    'file:///x',
    '//evil.example',
    'https://',
    '',
  ])('%j is no link', (address) => expect(safeHref(address)).toBeNull());
  test('the four kinds are', () => {
    expect(['http://a.example', 'https://a.example', 'mailto:a@b.c', 'tel:+1', 'www.a.example'].map(safeHref)).toEqual([
      'http://a.example/',
      'https://a.example/',
      'mailto:a@b.c',
      'tel:+1',
      'https://www.a.example/',
    ]);
  });
});

describe('hostNote', () => {
  test.each([
    ['https://example.org/a', 'https://example.org/a', null],
    ['https://例子.com', 'https://例子.com', null],
    ['https://пример.рф', 'https://пример.рф', null],
    ['https://аpple.com', 'https://аpple.com', 'xn--pple-43d.com'],
    ['https://xn--pple-43d.com/', 'apple', 'xn--pple-43d.com'],
    ['https://bank.example@evil.example/', 'https://bank.example@evil.example/', 'evil.example'],
    ['https://evil.example/', 'https://bank.example/', 'evil.example'],
    ['https://evil.example/', 'press here', 'evil.example'],
    ['mailto:a@b.example', 'write to us', null],
  ])('%s shown as %s', (address, shown, note) => expect(hostNote(safeHref(address) ?? '', shown)).toBe(note));

  test('scripts that belong together do not mix', () => {
    expect(['例えばexample', '한국example', 'пример', 'example'].map(mixesScripts)).toEqual([false, false, false, false]);
    expect(['exаmple', 'αpple', 'сайт.com'].map(mixesScripts)).toEqual([true, true, true]);
  });
});

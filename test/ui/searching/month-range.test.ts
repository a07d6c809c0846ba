import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { monthLabel, monthNumber, splitRange, withRange } from '../../../src/ui/searching/month-range';

const range = (from: string, to: string) => ({ from: monthNumber(from), to: monthNumber(to) });

describe('the months of a query', () => {
  test.each([
    ['during:2023-03..2024-06 wine', 'wine', range('2023-03', '2024-06')],
    ['wine  期间：2023-03 红', 'wine 红', range('2023-03', '2023-03')],
    ['wine during:2023', 'wine during:2023', null],
    ['during:2024-06..2023-03 wine', 'during:2024-06..2023-03 wine', null],
    ['during:2024-13 wine', 'during:2024-13 wine', null],
    ['-during:2023-03 wine', '-during:2023-03 wine', null],
    ['wine OR during:2023-03 beer', 'wine OR during:2023-03 beer', null],
    ['wine (during:2023-03)', 'wine (during:2023-03)', null],
    ['(wine during:2023-03 )', '(wine during:2023-03 )', null],
    ['"during:2023-03" wine', '"during:2023-03" wine', null],
    ['(red OR white) during:2023-03', '(red OR white)', range('2023-03', '2023-03')],
  ])('%s', (query, rest, expected) => {
    expect(splitRange(query)).toEqual({ rest, range: expected });
  });

  test('are replaced, added in front and taken away', () => {
    const months = range('2023-03', '2024-06');
    expect(withRange('wine', months, 'en')).toBe('during:2023-03..2024-06 wine');
    expect(withRange('during:2020-01 "red wi', months, 'zh-CN')).toBe('期间:2023-03..2024-06 "red wi');
    expect(withRange('wine', range('2023-03', '2023-03'), 'en')).toBe('during:2023-03 wine');
    expect(withRange('red OR white', months, 'en')).toBe('during:2023-03..2024-06 (red OR white)');
    expect(withRange('during:2023-03 wine', null, 'en')).toBe('wine');
  });

  test('come back from any query they are put into, and leave the rest', () => {
    const months = fc
      .tuple(fc.integer({ min: 12, max: 119_999 }), fc.nat(600))
      .map(([from, more]) => ({ from, to: Math.min(119_999, from + more) }));
    const words = fc.array(fc.constantFrom('wine', '"red wine"', '(a OR b)', '火锅', '-x', 'from:Ann', 'OR', '"open', '('), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(words, months, fc.constantFrom('en' as const, 'zh-CN' as const), (parts, chosen, language) => {
        const { rest } = splitRange(parts.join(' '));
        const found = splitRange(withRange(rest, chosen, language));
        expect(found.range).toEqual(chosen);
        expect([rest, `(${rest})`]).toContain(found.rest);
      }),
    );
  });

  test('are numbered so that labels come back', () => {
    for (const label of ['0001-01', '1999-12', '2024-01', '9999-12']) expect(monthLabel(monthNumber(label))).toBe(label);
  });
});

import { describe, expect, test, vi } from 'vitest';

vi.stubGlobal('navigator', { userAgent: 'Linux', languages: ['en'] });
const { matchesKeys, showKeys } = await import('../../src/ui/keyboard');
const { commands } = await import('../../src/ui/commands');

const press = (key: string, more: object = {}): Parameters<typeof matchesKeys>[1] => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('keys', () => {
  test('modifiers are exact', () => {
    expect(matchesKeys('Mod+K', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(matchesKeys('Mod+K', press('k', { metaKey: true }), true)).toBe(true);
    expect(matchesKeys('Mod+K', press('k', { ctrlKey: true, altKey: true }), false)).toBe(false);
    expect(matchesKeys('/', press('/', { ctrlKey: true }), false)).toBe(false);
  });
  test('a symbol may need Shift; Alt on a Mac changes the letter, not the key', () => {
    expect(matchesKeys('?', press('?', { shiftKey: true }), false)).toBe(true);
    expect(matchesKeys('Alt+L', press('¬', { altKey: true, code: 'KeyL' }), true)).toBe(true);
  });
  test('are written as the keyboard has them', () =>
    expect([showKeys('Mod+K', true), showKeys('Mod+K', false), showKeys('Alt+ArrowUp', false)]).toEqual(['⌘K', 'Ctrl+K', 'Alt+↑']));
  test('no two commands have the same keys', () => {
    const all = commands.flatMap(({ keys }) => keys);
    expect(new Set(all).size).toBe(all.length);
  });
});

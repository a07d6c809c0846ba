import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repairPath, safeName } from '../../src/bytes/safe-name';

const hostile = fc.constantFrom(
  '../',
  '..\\',
  '/',
  'C:',
  '\0',
  '\u202e',
  '\u2066',
  '\u200f',
  '\ufeff',
  '\ud800',
  '\n',
  'CON',
  'nul.txt',
  '.',
  ' ',
  '．',
  '／',
  '∕',
  'e\u0301',
  '照片',
  '👩‍👧',
  'x'.repeat(130),
  '.jpg',
  '\u2028',
);
const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(hostile, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
);

const separators = /[/\\:*?"<>|\u2215\u2044\u29f8\uff0f\uff3c]/;
const controls = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/u;

test('a safe name has no separator, control or direction mark, is short, and is reserved nowhere', () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const safe = safeName(name);
      expect(safe).not.toMatch(separators);
      expect(safe).not.toMatch(controls);
      expect(safe).not.toMatch(/^\.|[. ]$/);
      expect(safe.length).toBeGreaterThan(0);
      expect(safe.length).toBeLessThanOrEqual(120);
      expect(new TextEncoder().encode(safe).length).toBeLessThanOrEqual(240);
      expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i);
      expect(safeName(safe)).toBe(safe);
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ['../../x', '_.._x'],
  ['C:\\x', 'C__x'],
  ['/etc/x', '_etc_x'],
  ['a\0b', 'ab'],
  ['photo\u202egpj.exe', 'photogpj.exe'],
  ['CON', '_CON'],
  ['con.txt', '_con.txt'],
  ['...', '_'],
  ['', '_'],
  ['Mum’s photo 你好.jpg', 'Mum’s photo 你好.jpg'],
  [`${'n'.repeat(4096)}.jpeg`, `${'n'.repeat(120)}`],
  [`${'n'.repeat(200)}.jpeg`, `${'n'.repeat(115)}.jpeg`],
  ['照'.repeat(100), '照'.repeat(80)],
])('safeName(%j) is %j', (name, safe) => {
  expect(safeName(name)).toBe(safe);
});

test('a repaired path has no part that leaves its folder, and an honest one stays as it is', () => {
  fc.assert(
    fc.property(anyName, (written) => {
      const { path, isUnsafe } = repairPath(written);
      expect(path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')).toBe(true);
      expect(path).not.toMatch(/\\|\p{Cc}/u);
      expect(path).not.toMatch(/^[a-z]:/i);
      if (!isUnsafe) expect(path).toBe(written.replaceAll('\\', '/').replace(/^(\.\/)+/, ''));
      expect(repairPath(path)).toEqual({ path, isUnsafe: false });
    }),
    { numRuns: 2000 },
  );
});

test('look-alike names stay two names', () => {
  expect(repairPath('\u0430.txt').path).not.toBe(repairPath('a.txt').path);
});

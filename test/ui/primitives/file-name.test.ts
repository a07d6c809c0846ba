import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeFileName, shownName } from '../../../src/ui/primitives/file-name';
import { initials, stableHue } from '../../../src/ui/primitives/initials';

describe('names of files', () => {
  test('a turned-around ending is shown as it is', () => expect(shownName('invoice\u202Egpj.exe')).toBe('invoicegpj.exe'));
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\x\\photo.jpg', 'photo.jpg'],
    ['a\0b.txt', 'ab.txt'],
    ['CON.txt', '_CON.txt'],
    ['...', 'file'],
    ['', 'file'],
  ])('%j is saved as %j', (name, safe) => expect(safeFileName(name, 'file')).toBe(safe));
  test('any name is safe', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const safe = safeFileName(name, 'file');
        expect(safe).not.toMatch(/[/\\\p{Cc}\p{Cf}<>:"|?*]/u);
        expect(safe.length).toBeGreaterThan(0);
        expect(safe.length).toBeLessThanOrEqual(121);
      }),
    );
  });
});

describe('avatars', () => {
  test.each([
    ['Zoë Ångström', 'ZÅ'],
    ['林小满', '林'],
    ['mum', 'M'],
    ['+49 170', ''],
    ['Room 101', 'R'],
    ['🎂', ''],
    ['', ''],
  ])('%s', (name, letters) => expect(initials(name)).toBe(letters));
  test('a hue is one of eight, and stays', () => {
    expect([stableHue('林小满'), stableHue('Mum')]).toEqual([stableHue('林小满'), stableHue('Mum')]);
    expect(new Set(Array.from({ length: 200 }, (_, at) => stableHue(`p${at}`))).size).toBe(8);
  });
});

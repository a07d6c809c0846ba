// Contrast of every pair of colours in use, computed from theme.css.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../src/ui');
const theme = readFileSync(join(folder, 'theme.css'), 'utf8');
const tokens = new Map(
  [...theme.matchAll(/--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name ?? '',
    { light: light ?? '', dark: dark ?? '' },
  ]),
);

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dim + 0.05);
}

const names = Array.from({ length: 8 }, (_, hue) => `name-${hue}`);
const pairs = (front: readonly string[], back: readonly string[]): readonly (readonly [string, string])[] =>
  front.flatMap((one) => back.map((other) => [one, other] as const));

const textPairs = [
  ...pairs(['ink', 'ink-quiet', 'accent'], ['paper', 'surface', 'raised', 'own', 'other']),
  ...pairs(['danger', 'warn', 'ok'], ['paper', 'surface', 'raised']),
  ...pairs(names, ['own', 'other', 'surface']),
  // Initials in an avatar: the paper on the hue.
  ...pairs(['paper'], names),
  ['on-accent', 'accent'],
  ['ink', 'mark'],
] as const;
const controlPairs = [...pairs(['edge', 'accent'], ['paper', 'surface', 'raised']), ...pairs(['ink-quiet', 'accent'], ['own', 'other'])];

describe('theme', () => {
  test('all tokens of look.md are there', () => {
    for (const name of [
      'paper',
      'surface',
      'raised',
      'ink',
      'ink-quiet',
      'edge',
      'accent',
      'on-accent',
      'own',
      'mark',
      'danger',
      'warn',
      'ok',
    ])
      expect(tokens.has(name), name).toBe(true);
  });

  for (const scheme of ['light', 'dark'] as const) {
    const ratio = (front: string, back: string): number =>
      contrast(tokens.get(front)?.[scheme] ?? '#000000', tokens.get(back)?.[scheme] ?? '#000000');
    test.each(textPairs)(`${scheme}: %s on %s is text of at least 4.5:1`, (front, back) =>
      expect(ratio(front, back)).toBeGreaterThanOrEqual(4.5),
    );
    test.each(controlPairs)(`${scheme}: %s on %s is a control of at least 3:1`, (front, back) =>
      expect(ratio(front, back)).toBeGreaterThanOrEqual(3),
    );
  }

  test('style sheets name roles, not colours (the lightbox and marks on pictures are black in both schemes)', () => {
    const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (path) => path.endsWith('.module.css') && !/timeline\.module|card\.module/.test(path),
    );
    for (const path of sheets) expect(readFileSync(join(folder, path), 'utf8'), path).not.toMatch(/#[0-9a-f]{3,8}\b|rgb\(|hsl\(/i);
  });

  test('style sheets are free of left and right', () => {
    const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.css'));
    for (const path of sheets)
      expect(readFileSync(join(folder, path), 'utf8'), path).not.toMatch(
        /(?:^|[\s;{])(?:margin|padding|border)-(?:left|right)\b|(?:^|[\s;{])(?:left|right):|text-align:\s*(?:left|right)/,
      );
  });
});

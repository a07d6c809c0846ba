// Chinese text of any length in the encodings from before Unicode, made of frequent characters by chance: by its bytes some of
// it has the marks of Thai, Korean or Japanese.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectLegacyEncoding, type LegacyEncoding } from '../../src/bytes/legacy-encoding';

const frequent = [
  ...'今天天气很好我一起去公吃有空明收到的没等下看会三点回家得工作太多文字可以不是大人中上出本生地小用行心分年前後高老少水火山田',
];

/** Each two-byte character of the encoding with its bytes. */
function tableOf(encoding: LegacyEncoding): Map<string, Uint8Array> {
  const decoder = new TextDecoder(encoding);
  const table = new Map<string, Uint8Array>();
  for (let lead = 0xfe; lead >= 0x81; lead -= 1) {
    for (let trail = 0xfe; trail >= 0x40; trail -= 1) {
      const bytes = Uint8Array.of(lead, trail);
      const text = decoder.decode(bytes);
      if (text.length === 1 && text !== '\ufffd') table.set(text, bytes);
    }
  }
  return table;
}

describe.each([
  ['gb18030', 20],
  ['big5', 40],
] as const)('%s', (encoding, fewest) => {
  const table = tableOf(encoding);
  const letters = frequent.flatMap((letter) => table.get(letter) ?? []);
  const line = fc.array(fc.constantFrom(...letters), { minLength: 2, maxLength: 20 });

  test('is told from the others', () => {
    let wrong = 0;
    let all = 0;
    fc.assert(
      fc.property(fc.array(line, { minLength: 4, maxLength: 20 }), (lines) => {
        const text = Buffer.concat(lines.flatMap((characters) => [...characters, Uint8Array.of(0x0d, 0x0a)]));
        if (lines.flat().length < fewest) return;
        all += 1;
        if (detectLegacyEncoding(new Uint8Array(text)) !== encoding) wrong += 1;
      }),
      { numRuns: 1000, seed: 7 },
    );
    expect(wrong / all).toBeLessThan(0.02);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPreferences, writePreferences } from '../../src/session/preferences';

const defaults = { language: 'system', theme: 'system', textSize: 'usual', density: 'roomy', idleLockMin: 5, seenVersion: '' };

function storage(text: string | null) {
  let kept = text;
  return { getItem: () => kept, setItem: (_: string, value: string) => void (kept = value) };
}

describe('preferences', () => {
  it('come back as they were written', () => {
    const preferences = fc.record({
      language: fc.constantFrom('system' as const, 'en' as const, 'zh-CN' as const),
      theme: fc.constantFrom('system' as const, 'light' as const, 'dark' as const),
      textSize: fc.constantFrom('small' as const, 'usual' as const, 'large' as const, 'largest' as const),
      density: fc.constantFrom('roomy' as const, 'compact' as const),
      idleLockMin: fc.integer({ min: 0, max: 1440 }),
      seenVersion: fc.string(),
    });
    fc.assert(
      fc.property(preferences, (written) => {
        const store = storage(null);
        writePreferences(store, written);
        expect(readPreferences(store)).toEqual(written);
      }),
    );
  });

  it.each([
    null,
    '',
    'null',
    '[]',
    '{',
    '{"language":"xx","theme":1,"idleLockMin":-1}',
    '{"idleLockMin":"5"}',
    '{"textSize":"huge","density":["compact"]}',
    '{"__proto__":{"theme":"dark"}}',
  ])('are the defaults for %s', (text) => expect(readPreferences(storage(text))).toEqual(defaults));

  it('never throw, whatever is stored', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readPreferences(storage(text)).idleLockMin).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

// Typedstreams and attributed strings: one built by hand, and those of ReagentX/crabstep where they lie beside the project.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAttributedString } from '../../src/bytes/attributed-string';
import { readTypedstream } from '../../src/bytes/typedstream';
import { streamOf } from './typedstream-builder';
import { hasSharedSamples, sharedSamplePath } from '../importers/samples';

test('reads a text and its runs', () => {
  const read = readAttributedString(streamOf('Hi 妈妈', [3, 2]));
  expect(read?.text).toBe('Hi 妈妈');
  expect(read?.runs.map(({ offset, length, attributes }) => [offset, length, [...attributes]])).toEqual([
    [0, 3, [['__kIMMessagePartAttributeName', 0]]],
    [3, 2, [['__kIMMessagePartAttributeName', 0]]],
  ]);
  expect(readAttributedString(streamOf('x'.repeat(300), [100]))?.text).toHaveLength(300);
});

test('gives null for what is none, and ends for anything', () => {
  expect(readTypedstream(new TextEncoder().encode('bplist00'))).toBeNull();
  const whole = streamOf('some text', [4, 5]);
  for (let length = 0; length < whole.length; length++) readAttributedString(whole.subarray(0, length));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255))), (places) => {
      const damaged = whole.slice();
      for (const [at, byte] of places) damaged[at] = byte;
      readAttributedString(damaged);
    }),
  );
});

describe.runIf(hasSharedSamples)('streams of others', () => {
  const read = (name: string) =>
    readAttributedString(new Uint8Array(readFileSync(sharedSamplePath(`international/typedstream-crabstep/${name}`))));
  // Texts and lengths as SOURCE's own tests and formats/international.md state them.
  test.each([
    ['AttributedBodyTextOnly', 'Noter test'],
    ['AttributedBodyTextOnly2', 'Test 3'],
    ['Mention', 'Test Dad '],
  ])('%s is %j', (name, text) => {
    expect(read(name)?.text).toBe(text);
  });
  test('long, right to left, formatted, with attachments', () => {
    expect(new TextEncoder().encode(read('LongMessage')?.text).length).toBe(2359);
    expect(read('Arabic')).toMatchObject({ runs: [{ offset: 0, length: 13 }] });
    for (const name of ['Attachment', 'AttachmentI16', 'MultiPart', 'TextStyles', 'URL', 'Formatted', 'WeirdText', 'ExtraData'])
      expect(
        read(name)?.runs.reduce((sum, { length }) => sum + length, 0),
        name,
      ).toBe(read(name)?.text.length);
    expect([...(read('Mention')?.runs ?? [])].some(({ attributes }) => attributes.has('__kIMMentionConfirmedMention'))).toBe(true);
  });
});

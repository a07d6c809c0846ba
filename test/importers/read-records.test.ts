// The suite itself is checked: faults that an importer might have must not pass.
import { describe, expect, test } from 'vitest';
import type { Detection } from '../../src/importers/importer';
import { noAttachments, type MessageRecord, type NeutralRecord } from '../../src/model/record';
import { expectSame, expectTiling, findFault } from './read-records';
import { filesOf } from './samples';

const files = filesOf('x', { 'a.txt': '0123456789' });
const detection: Detection = { format: 'x', formatVersion: '1', source: 'other', entries: [0], title: null };

function message(offsetBytes: number, lengthBytes: number, fields: Partial<MessageRecord> = {}): MessageRecord {
  return {
    type: 'message',
    conversation: 0,
    sender: -1,
    sourceId: null,
    sentAtMs: 0,
    clock: 'absolute',
    kind: 'text',
    text: 'abc',
    attachments: noAttachments,
    facts: null,
    entry: 0,
    offsetBytes,
    lengthBytes,
    ...fields,
  };
}
const start: NeutralRecord = { type: 'conversation', index: 0, sourceId: null, name: null, shape: 'unknown' };

describe('tiling', () => {
  test('holds for whole files, with problems of no length', async () => {
    const problem: NeutralRecord = { type: 'problem', entry: 0, offsetBytes: 2, lengthBytes: 0, problem: { code: 'bad-time', raw: '' } };
    await expectTiling(files, detection, [start, message(0, 4), problem, message(4, 6)]);
  });
  test.each([
    ['a gap', [message(0, 4), message(5, 5)], 'bytes 4 to 5 lie in no record'],
    ['an overlap', [message(0, 4), message(3, 7)], 'bytes 3 to 4 lie in two records'],
    ['a missing end', [message(0, 4)], 'bytes 4 to 10 lie in no record'],
    ['an end beyond the file', [message(0, 11)], 'bytes 10 to 11 lie in two records'],
  ] as const)('fails with %s', async (_, records, text) => {
    await expect(expectTiling(files, detection, records)).rejects.toThrow(text);
  });
});

describe('soundness', () => {
  test.each([
    ['a message before its conversation', [message(0, 10)], 'its conversation was not emitted before'],
    ['a sender who was not emitted', [start, message(0, 10, { sender: 0 })], 'its sender was not emitted before'],
    ['a time that is no number', [start, message(0, 10, { sentAtMs: Number.NaN })], 'its time is no date'],
    ['an entry that is not claimed', [start, message(0, 10, { entry: 1 })], 'not claimed'],
    [
      'an attachment that is there and missing',
      [start, message(0, 10, { attachments: [{ kind: 'file', name: null, entry: null, missing: null, mime: null, sizeBytes: null }] })],
      'either in an entry or missing',
    ],
    [
      'an entity outside the text',
      [start, message(0, 10, { facts: { entities: [{ type: 'bold', offset: 2, length: 2 }] } })],
      'outside the text',
    ],
  ] as const)('finds %s', (_, records, text) => {
    expect(findFault(files, detection, records)).toContain(text);
  });
  test('finds nothing in sound records', () => {
    expect(findFault(files, detection, [start, message(0, 10)])).toBeNull();
  });
});

test('a difference names the record', () => {
  expect(() => expectSame([start, message(0, 9)], [start, message(0, 10)], 'cut')).toThrow('cut: record 1 of 2 differs');
  expect(() => expectSame([start], [start, message(0, 10)], 'cut')).toThrow('record 1');
});

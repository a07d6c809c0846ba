import { describe, expect, test } from 'vitest';
import { camphorSnapshot } from '../../../src/importers/camphor/camphor-snapshot';
import { mediaTypeOf } from '../../../src/importers/camphor/media-types';
import { mediaFileName } from '../../../src/backup/media-path';
import type { MessageRecord } from '../../../src/model/record';
import type { Sha256Hex } from '../../../src/model/ids';
import { bytesOf, withBytes } from '../altered-files';
import { describeConformance } from '../conformance';
import { expectTiling, findFault, messagesOf, readAll } from '../read-records';
import { filesOf, ownSamplePath, sampleAt } from '../samples';

const family = sampleAt(ownSamplePath('camphor/family'));

/** The same tree without the folder around it, as in the ZIP of an export. */
const atTheRoot = {
  name: 'family, without a folder',
  open: async () => {
    const files = await family.open();
    const contents = await Promise.all(
      files.entries.map(async ({ path }, entry) => [path.replace('archive/', ''), await bytesOf(files, entry)] as const),
    );
    return filesOf('family.zip', Object.fromEntries(contents), 'zip');
  },
};

describeConformance(camphorSnapshot, [family]);

test('the tree may lie at the top', async () => {
  const [below, above] = [await family.open(), await atTheRoot.open()];
  const read = async (files: typeof below) => {
    const [detection] = await camphorSnapshot.detect(files);
    return detection === undefined ? [] : messagesOf(await readAll(camphorSnapshot, files, detection));
  };
  expect(await read(above)).toEqual(await read(below));
  expect(await read(above)).toHaveLength(15);
});

async function read(): Promise<{ messages: readonly MessageRecord[]; problems: readonly string[] }> {
  const files = await family.open();
  const [detection] = await camphorSnapshot.detect(files);
  if (detection === undefined) throw new Error('not detected');
  const records = await readAll(camphorSnapshot, files, detection);
  const problems = records.flatMap((record) => (record.type === 'problem' ? [record.problem.code] : []));
  return { messages: messagesOf(records), problems };
}

test('all messages, with their facts and files', async () => {
  const files = await family.open();
  const { messages, problems } = await read();
  expect(problems).toEqual([]);
  expect(messages.map(({ kind }) => kind)).toEqual([
    ...['text', 'text', 'location', 'contact', 'call', 'poll', 'system', 'text', 'unknown'],
    ...['system', 'text', 'text', 'image', 'text', 'voice'],
  ]);
  expect(messages[0]).toMatchObject({
    sentAtMs: Date.UTC(2023, 0, 2, 10) + 250,
    facts: { reactions: [{ emoji: '❤', count: 2, by: ['Bo'] }] },
  });
  expect(messages[8]?.facts).toEqual({ extra: { raw: { _: 'dice', value: 6 } } });
  const picture = messages[12]?.attachments[0];
  expect(files.entries[picture?.entry ?? -1]?.path).toMatch(/^archive\/media\/2024\/04\/01\/[0-9a-f]{64}\.jpg$/);
  expect(messages[13]?.facts).toEqual({ edited: { editedAtMs: null }, olderTexts: [{ text: 'what a vew', editedAtMs: null }] });
});

describe('a snapshot of another version', () => {
  const manifest = (fields: object): string => JSON.stringify({ format: 'camphor', version: 9, readableBy: 1, ...fields });

  test('is refused where this one cannot read it', async () => {
    const files = filesOf('a', { 'manifest.json': manifest({ readableBy: 2 }) });
    const [detection] = await camphorSnapshot.detect(files);
    expect(detection).toMatchObject({ formatVersion: '9', entries: [0] });
    if (detection === undefined) return;
    const refusal = { code: 'unsupported-version', facts: { found: 9, known: 1 } };
    await expect(camphorSnapshot.ask(files, detection)).rejects.toMatchObject(refusal);
    await expect(readAll(camphorSnapshot, files, detection)).rejects.toMatchObject(refusal);
  });

  test('is read where it says so, and what is new in it is named', async () => {
    const id = 'a'.repeat(32);
    const files = filesOf('a', {
      'archive/manifest.json': manifest({ colour: 'red' }),
      [`archive/conversations/${id}/2024-01.jsonl`]: '{"at":"2024-01-01T00:00:00Z","kind":"hologram","text":"hi","depth":3}\n',
      'archive/new/thing.bin': 'x',
    });
    const [detection] = await camphorSnapshot.detect(files);
    const records = detection === undefined ? [] : await readAll(camphorSnapshot, files, detection);
    expect(messagesOf(records)).toMatchObject([{ kind: 'unknown', text: 'hi' }]);
    expect(records.flatMap((record) => (record.type === 'problem' ? [record.problem.detail] : []))).toEqual([
      'message.kind, message: unknown field',
    ]);
  });
});

test.each([
  ['no JSON', '{"at":', 'bad-json'],
  ['no object', '[]', 'not-understood'],
  ['no time', '{"text":"hi"}', 'bad-time'],
  ['a time that is none', '{"at":"2024-13-01T00:00:00Z"}', 'bad-time'],
  ['a time as a number', '{"at":5}', 'bad-time'],
])('a line with %s is a problem, and the others go on', async (_name, line, code) => {
  const files = await family.open();
  const entry = files.entries.findIndex(({ path }) => path.endsWith('2024-03.jsonl'));
  const lines = new TextDecoder().decode(await bytesOf(files, entry)).split('\n');
  const changed = withBytes(files, entry, new TextEncoder().encode([lines[0], line, ...lines.slice(1)].join('\n')));
  const [detection] = await camphorSnapshot.detect(changed);
  if (detection === undefined) throw new Error('not detected');
  const records = await readAll(camphorSnapshot, changed, detection);
  expect(messagesOf(records)).toHaveLength(15);
  expect(records.flatMap((record) => (record.type === 'problem' ? [[record.problem.code, record.problem.raw]] : []))).toEqual([
    [code, line],
  ]);
  expect(findFault(changed, detection, records)).toBeNull();
  await expectTiling(changed, detection, records);
});

test('types of media follow from their names as docs/format.md writes them', () => {
  const sha256 = 'b'.repeat(64) as Sha256Hex;
  for (const mime of [
    'image/jpeg',
    'audio/ogg',
    'video/3gpp',
    'application/pdf',
    'application/octet-stream',
    'image/x-wxgf',
    'audio/amr-wb',
  ])
    expect(mediaTypeOf(mediaFileName({ sha256, mime }))).toBe(mime);
  expect(mediaTypeOf('x.constructor')).toBe('application/octet-stream');
});

// Chunked exports of qq-chat-exporter. test/samples/qq/friend_1000002_20240201_080000_chunked_jsonl has two chunks of 2 and 1
// messages, and its manifest names a third that is not there.

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { qceJsonl } from '../../../src/importers/qq/exporter/jsonl';
import type { JsonObject } from '../../../src/model/json';
import { describeConformance } from '../conformance';
import { expectTiling } from '../read-records';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';
import { readSample, readSet } from './read-sample';

const folder = sampleAt(ownSamplePath('qq/friend_1000002_20240201_080000_chunked_jsonl'));
const line = (id: number, more: JsonObject = {}) =>
  `${JSON.stringify({ id: String(id), timestamp: 1_704_067_200_000 + id, sender: { uid: 'u_a', name: 'Ann' }, content: { text: 'hello', elements: [] }, ...more })}\n`;

describeConformance(qceJsonl, [folder, sampleOf('loose chunks', { 'c000002.jsonl': line(2), 'c000001.jsonl': line(1) })]);

describe('a chunked export', () => {
  it('is one conversation over its chunks', async () => {
    const { files, detection, conversations, messages, people, problems, structures } = await readSample(qceJsonl, folder);
    expect(detection.entries.map((entry) => files.entries[entry]?.path)).toEqual([
      'manifest.json',
      'chunks/c000001.jsonl',
      'chunks/c000002.jsonl',
      'avatars.json',
    ]);
    expect(conversations).toMatchObject([{ sourceId: 'private:1000002', name: 'Bob', shape: 'direct' }]);
    expect(messages.map(({ sourceId, kind, text, sender }) => [sourceId, kind, text, sender])).toEqual([
      ['7300000000000000000', 'text', 'first', 0],
      ['7300000000000000001', 'text', 'second', 1],
      ['7300000000000000002', 'image', '', 0],
    ]);
    expect(people.map(({ sourceId, isOwner }) => [sourceId, isOwner])).toEqual([
      ['1000002', false],
      ['1000009', true],
    ]);
    expect(problems).toEqual([expect.stringMatching(/^media-missing [^]*c000003\.jsonl/)]);
    expect(structures.filter((name) => name === 'chunk')).toHaveLength(2);
    expect(structures.at(-1)).toBe('avatars');
  });

  it('says where a chunk is shorter than the manifest says', async () => {
    const manifest = {
      metadata: { name: 'QQChatExporter' },
      chatInfo: { name: 'x', type: 'group' },
      chunked: { chunks: [{ file: 'chunks/chunk_0001.jsonl', messages: 2, bytes: 2 * line(1).length }] },
    };
    const files = filesOf('x', { 'manifest.json': JSON.stringify(manifest), 'chunks/chunk_0001.jsonl': line(1) }, 'folder');
    const { messages, problems } = await readSet(qceJsonl, files);
    expect([messages.length, problems]).toEqual([1, ['ends-early ']]);
  });

  it('goes on behind lines that are no messages', async () => {
    const { messages, problems, files, detection, records } = await readSample(
      qceJsonl,
      sampleOf('x', { 'c.jsonl': `${line(1)}\n{broken\n[1]\n${line(2, { timestamp: null })}${line(3)}` }),
    );
    expect(messages.map(({ sourceId }) => sourceId)).toEqual(['1', '3']);
    expect(problems.map((problem) => problem.slice(0, 12))).toEqual(['bad-json {br', 'bad-json [1]', 'bad-time {"i']);
    await expectTiling(files, detection, records);
  });

  it('chunks without their manifest are read in the order of their names, and the owner is asked', async () => {
    const { messages, questions, conversations } = await readSample(qceJsonl, sampleOf('x', { 'c2.jsonl': line(2), 'c1.jsonl': line(1) }));
    expect(messages.map(({ sourceId }) => sourceId)).toEqual(['1', '2']);
    expect(questions).toMatchObject([{ id: 'owner', options: [{ value: 'id:u_a', label: 'Ann' }] }]);
    expect(conversations).toMatchObject([{ sourceId: null, shape: 'unknown' }]);
  });
});

describe.skipIf(!hasSharedSamples || !existsSync(sharedSamplePath('china/synthetic/exports/qce')))('shared samples', () => {
  it.each(['v5.0_chunked_jsonl', 'group_100000001_20240201_000000_chunked_jsonl'])('%s has 4 messages in 2 chunks', async (name) => {
    const { messages, problems, detection } = await readSample(qceJsonl, sampleAt(sharedSamplePath(`china/synthetic/exports/qce/${name}`)));
    expect([messages.length, problems.length, detection.entries.length]).toEqual([4, 0, 3]);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sourceOfBytes } from '../../../src/bytes/memory-source';
import { readFrames } from '../../../src/importers/delimited-frames';
import { backupInfo, frameFields } from '../../../src/importers/signal-export/frame-fields';
import { readMessage } from '../../../src/importers/signal-export/proto-json';
import { signalJsonl } from '../../../src/importers/signal-export/signal-jsonl';
import { signalLocalBackup } from '../../../src/importers/signal-export/signal-local-backup';
import type { JsonObject } from '../../../src/model/json';
import type { NeutralRecord } from '../../../src/model/record';
import { bytes, join, number } from '../../crypto/signal-backup-writer';
import { delimited, writeMedium } from '../../crypto/signal-local-writer';
import { describeConformance } from '../conformance';
import { messagesOf, readAll } from '../read-records';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';
import { writeMessage } from './proto-writer';

const folder = 'SignalBackups/signal-backup-2026-01-01-10-00-00';
const readable = ownSamplePath('signal/signal-export-2026-05-01-10-00-00');

/** The frames of our sample of the readable export, as a backup has them. */
function framesOfSample(): Uint8Array {
  const lines = readFileSync(`${readable}/main.jsonl`, 'utf8').trim().split('\n');
  const [info, ...frames] = lines.map((line) => JSON.parse(line) as JsonObject);
  // What is no message is by number only: an account, a pack of stickers.
  const known = frames.filter((frame) => frame['account'] === undefined && frame['stickerPack'] === undefined);
  const sent = known.map((frame) => withoutStatus(frame));
  const account = bytes(1, bytes(4, 'Hana'));
  const stickers = bytes(5, bytes(1, Uint8Array.of(0)));
  return delimited(writeMessage(info!, backupInfo), account, ...sent.map((frame) => writeMessage(frame, frameFields)), stickers);
}

/** The status of sending is by number only. */
function withoutStatus(frame: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(frame, (key, value: unknown) => (key === 'sendStatus' || key === 'type' && value === 'MOBILE' ? undefined : value))) as JsonObject; // prettier-ignore
}

const localKey = Uint8Array.from({ length: 64 }, (_, at) => at);
const picture = new TextEncoder().encode('a picture of a hill, or so');
const medium = writeMedium(picture, localKey, new Uint8Array(16).fill(3));

/** Frames by the numbers of libsignal's backup.proto, with a picture whose file is sealed. */
const aci = new Uint8Array(16).fill(0x22);
const pointer = join(
  bytes(4, 'image/jpeg'),
  bytes(7, 'hill.jpg'),
  bytes(13, join(number(3, picture.length), bytes(9, localKey), bytes(10, medium.plaintextHash))),
);
const item = (author: number, sentAt: number, ...content: readonly Uint8Array[]): Uint8Array =>
  bytes(4, join(number(1, 5), number(2, author), number(3, 1_700_000_000_000 + sentAt), ...content));
const handmade = delimited(
  join(number(1, 1), number(2, 1_767_225_600_000)),
  bytes(1, bytes(4, 'Hana')),
  bytes(2, join(number(1, 1), bytes(5, new Uint8Array(0)))),
  bytes(2, join(number(1, 2), bytes(2, join(bytes(1, aci), number(4, 15_550_000_002), bytes(11, 'Bob'), bytes(12, 'Lee'))))),
  bytes(3, join(number(1, 5), number(2, 2))),
  item(2, 1000, bytes(11, join(bytes(2, join(bytes(1, 'Hi there'), bytes(2, join(number(2, 2), number(4, 1))))), bytes(6, join(bytes(1, '👍'), number(2, 1)))))),
  item(1, 2000, bytes(11, join(bytes(1, join(number(1, 1_700_000_001_000), number(2, 2), bytes(3, bytes(1, 'Hi there')))), bytes(3, bytes(1, pointer))))),
  item(2, 3000, bytes(14, new Uint8Array(0))),
  item(1, 4000, bytes(15, bytes(7, join(number(2, 2), number(3, 2), number(4, 1))))),
  item(2, 5000, bytes(15, bytes(1, number(1, 2)))),
  item(2, 6000, bytes(19, join(bytes(1, bytes(1, bytes(1, 'nice story')))))),
  item(1, 7000, bytes(16, join(bytes(1, '1.5'), bytes(3, 'lunch')))),
  item(2, 8000, bytes(17, number(2, 1))),
  item(1, 9000, bytes(6, join(number(1, 5), number(2, 1), number(3, 1_700_000_008_500), bytes(11, bytes(2, bytes(1, 'odl'))))), bytes(11, bytes(2, bytes(1, 'old')))),
  item(2, 10_000, bytes(22, number(1, 1))),
  item(2, 11_000, bytes(40, 'of a later version')),
); // prettier-ignore
const backup = {
  [`${folder}/main`]: handmade,
  [`${folder}/metadata`]: Uint8Array.of(8, 1),
  [`${folder}/files`]: delimited(bytes(1, medium.name)),
  [`SignalBackups/files/${medium.name.slice(0, 2)}/${medium.name}`]: medium.sealed,
};

describeConformance(signalLocalBackup, [
  sampleOf('by the numbers of the format', backup),
  sampleOf('the readable sample', { main: framesOfSample() }),
]);

async function open(files: Record<string, Uint8Array>) {
  const set = filesOf('SignalBackups', files, 'folder');
  const [detection] = await signalLocalBackup.detect(set);
  const records = await readAll(signalLocalBackup, set, detection!);
  return { set, detection: detection!, records, messages: messagesOf(records) };
}

describe('a local backup', () => {
  it('has messages by the numbers of the format', async () => {
    const { detection, messages, records } = await open(backup);
    expect(detection).toMatchObject({ formatVersion: '1', entries: [0, 1, 2] });
    expect(messages.map(({ sender, kind, text, sentAtMs }) => [(sentAtMs - 1.7e12) / 1000, sender, kind, text])).toEqual([
      [1, 0, 'text', 'Hi there'],
      [2, 1, 'image', ''],
      [3, 0, 'text', ''],
      [4, 1, 'call', ''],
      [5, -1, 'system', ''],
      [6, 0, 'text', 'nice story'],
      [7, 1, 'transfer', '1.5 lunch'],
      [8, 0, 'unknown', ''],
      [9, 1, 'text', 'old'],
      [10, 0, 'text', ''],
      [11, 0, 'unknown', ''],
    ]);
    const bob = '22222222-2222-2222-2222-222222222222';
    expect(messages[0]).toMatchObject({
      sourceId: `${bob}:1700000001000`,
      facts: { entities: [{ type: 'bold', offset: 0, length: 2 }], reactions: [{ emoji: '👍', count: 1, by: ['Me'] }] },
    });
    expect(messages[1]!.facts?.replyTo).toEqual({ sourceId: `${bob}:1700000001000`, excerpt: 'Hi there' });
    expect(messages[2]!.facts).toEqual({ deleted: { by: 'sender' } });
    expect(messages[3]!.facts?.call).toEqual({ durationMs: null, outcome: 'answered', video: true });
    expect(messages[4]!.facts?.service).toEqual({ action: 'IDENTITY_UPDATE' });
    expect(messages[8]!.facts?.olderTexts).toEqual([{ text: 'odl', editedAtMs: 1_700_000_008_500 }]);
    expect(messages[9]!.facts).toEqual({ deleted: { by: 'admin' } });
    expect(messages[10]!.facts?.extra?.['raw']).toContain('#40');
    expect(records.filter(({ type }) => type === 'problem')).toEqual([]);
  });

  it('opens a sealed file with the key of its message; one that is damaged gives nothing, of one that is not there the key is kept', async () => {
    const found = (await open(backup)).messages[1]!.attachments[0]!;
    expect(found).toMatchObject({ kind: 'image', name: 'hill.jpg', entry: 3, missing: null, sizeBytes: picture.length });
    expect(await found.readBytes?.()).toEqual(picture);
    const path = Object.keys(backup)[3]!;
    const damaged = medium.sealed.slice();
    damaged[20]! ^= 1;
    expect(await (await open({ ...backup, [path]: damaged })).messages[1]!.attachments[0]!.readBytes?.()).toBeNull();
    const { [path]: _, ...without } = backup;
    const [, missing] = (await open(without)).messages;
    expect(missing!.attachments).toMatchObject([{ entry: null, missing: 'not-in-archive' }]);
    expect(missing!.facts?.extra?.['sealed']).toEqual([
      { name: medium.name, localKey: Buffer.from(localKey).toString('base64'), size: picture.length },
    ]);
  });

  it('gives the same messages, people and conversations as the readable export', async () => {
    const set = await sampleAt(readable).open();
    const [detection] = await signalJsonl.detect(set);
    const expected = plain(await readAll(signalJsonl, set, detection!));
    expect(plain((await open({ main: framesOfSample() })).records)).toEqual(expected);
  });

  it('keeps bytes that are no frame, and says where it ends early', async () => {
    const { records, messages } = await open({ main: join(handmade, Uint8Array.of(3, 255, 255, 255), Uint8Array.of(200, 200, 1, 2)) });
    expect(messages).toHaveLength(11);
    const problems = records.flatMap((record) => (record.type === 'problem' ? [[record.problem.code, record.lengthBytes]] : []));
    expect(problems).toEqual([
      ['not-understood', 4],
      ['ends-early', 4],
    ]);
  });
});

interface Recipient {
  readonly [name: string]: { readonly [name: string]: unknown; readonly distributionList?: { readonly name: string } } | undefined;
}

/** Records without their places; what differs is only what stands raw in `extra`, and files that are not sealed there. */
function plain(records: readonly NeutralRecord[]): readonly object[] {
  return records.flatMap((record): object[] => {
    if (record.type === 'conversation' || record.type === 'person') return [record];
    if (record.type !== 'message') return [];
    const { conversation, sender, sourceId, sentAtMs, kind, text, attachments, facts } = record;
    const names = attachments.map(({ name, kind: said, mime, widthPx }) => ({ name, said, mime, widthPx }));
    return [{ conversation, sender, sourceId, sentAtMs, kind, text, names, facts: { ...facts, extra: undefined } }];
  });
}

it.skipIf(!hasSharedSamples)('reads recipients of libsignal’s sample as its own readable export has them', async () => {
  const shared = (name: string) => readFileSync(sharedSamplePath(`international/signal-backup-v2/${name}`));
  const main = new Uint8Array(shared('canonical-backup.binproto'));
  const lines = shared('canonical-backup.takeout-export.expected.jsonl').toString().trim().split('\n');
  const { records } = await open({ main });
  expect(records.map((record) => (record.type === 'structure' ? record.name : ''))).toEqual([
    'backup info',
    'account',
    ...new Array<string>(lines.length - 2).fill('recipient'),
  ]);
  const read: (JsonObject | null)[] = [];
  for await (const { frames } of readFrames(sourceOfBytes(main), 'varint'))
    read.push(...frames.slice(2).map((frame) => readMessage(frame.bytes, frameFields)));
  const said = (frame: unknown): unknown => {
    const { id, self, releaseNotes, distributionList, callLink } = (frame as { recipient: Recipient }).recipient;
    return [
      id,
      self,
      releaseNotes,
      distributionList?.distributionId,
      distributionList?.distributionList?.name,
      callLink?.rootKey,
      callLink?.name,
    ];
  };
  expect(read.map(said)).toEqual(lines.slice(2).map((line) => said(JSON.parse(line))));
});

// A chat with pictures in a ZIP, as a phone shares it: built here, opened as a drop.
import { downloadZip } from 'client-zip';
import { expect, test } from 'vitest';
import { openFileSet } from '../../../src/bytes/file-set';
import { sourceOfBytes } from '../../../src/bytes/memory-source';
import { whatsappText } from '../../../src/importers/whatsapp/importer';
import { describeConformance } from '../conformance';
import { expectTiling, messagesOf, readAll } from '../read-records';

/** The smallest PNG: one pixel. */
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const chat =
  '\u200e[30/06/2023, 16:14:05] Ann: \u200e<attached: 00000001-PHOTO-2023-06-30-16-14-05.png>\r\n' +
  '\u200e[30/06/2023, 16:14:09] Bob: \u200e<attached: 00000002-Über uns.png>\r\n' +
  '\u200e[30/06/2023, 16:14:11] Bob: \u200e<attached: 00000003-PHOTO-2023-06-30-16-14-11.png>\r\n' +
  '[30/06/2023, 16:15:00] Ann: 明天见\r\n';

async function openZip() {
  const files = [
    { name: '_chat.txt', input: chat },
    { name: '00000001-PHOTO-2023-06-30-16-14-05.png', input: png },
    { name: '00000002-Über uns.png'.normalize('NFD'), input: png },
  ];
  const zip = new Uint8Array(await downloadZip(files).arrayBuffer());
  const { sets, refused } = await openFileSet('WhatsApp Chat - Family.zip', 'files', [
    { path: 'WhatsApp Chat - Family.zip', source: sourceOfBytes(zip), modifiedAtMs: null },
  ]);
  expect(refused).toEqual([]);
  return sets.find((set) => set.container === 'zip')!;
}

describeConformance(whatsappText, [{ name: 'a ZIP with pictures', open: openZip }]);

test('pictures of a ZIP are linked to their entries', async () => {
  const files = await openZip();
  const detections = await whatsappText.detect(files);
  expect(detections).toMatchObject([{ formatVersion: 'ios', title: 'Family' }]);
  const records = await readAll(whatsappText, files, detections[0]!);
  await expectTiling(files, detections[0]!, records);
  const messages = messagesOf(records);
  expect(messages.map((message) => message.kind)).toEqual(['image', 'image', 'image', 'text']);
  expect(messages.map((message) => message.attachments[0]?.missing)).toEqual([null, null, 'not-in-archive', undefined]);
  for (const message of messages.slice(0, 2)) {
    const entry = files.entries[message.attachments[0]!.entry!]!;
    expect(message.attachments[0]!.sizeBytes).toBe(png.length);
    expect(Buffer.from(await entry.open().read(0, entry.sizeBytes))).toEqual(png);
  }
});

import { expect, it } from 'vitest';
import { signalExportText } from '../../../src/importers/signal-export/signal-export-text';
import { describeConformance } from '../conformance';
import { messagesOf, readAll } from '../read-records';
import { filesOf, ownSamplePath, sampleAt } from '../samples';

const sample = sampleAt(ownSamplePath('signal/Climbing club'));

describeConformance(signalExportText, [sample]);

it('has messages of several lines, and media of the folder', async () => {
  const files = await sample.open();
  const [detection] = await signalExportText.detect(files);
  const records = await readAll(signalExportText, files, detection!);
  expect(
    messagesOf(records).map(
      ({ sender, sentAtMs, kind, text }) => `${new Date(sentAtMs).toISOString().slice(0, 16)} ${sender} ${kind} ${text}`,
    ),
  ).toEqual([
    '2019-12-24T12:23 0 text Hello John!',
    '2020-01-17T21:49 1 text Hello\nJane!',
    '2020-01-17T21:50 0 image look',
    '2020-01-17T21:51 1 text [3] is no header: see above',
  ]);
  expect(messagesOf(records)[2]!.attachments).toEqual([
    { kind: 'image', name: 'hill.jpg', entry: null, missing: 'not-in-archive', mime: null, sizeBytes: null },
  ]);
  expect((await signalExportText.ask(files, detection!))[0]).toMatchObject({ id: 'owner', guess: 'Me', certain: true });
});

it('takes the name of the folder, and links what lies in it', async () => {
  const files = filesOf('x', {
    'Jane Doe/chat.md': '[2019-12-24, 12:23] Jane Doe: ![](media/a.jpg)\n',
    'Jane Doe/media/a.jpg': 'jpeg',
  });
  const [detection] = await signalExportText.detect(files);
  expect(detection).toMatchObject({ title: 'Jane Doe', entries: [0] });
  const [message] = messagesOf(await readAll(signalExportText, files, detection!));
  expect(message).toMatchObject({ kind: 'image', text: '', attachments: [{ name: 'a.jpg', entry: 1, missing: null }] });
});

it('leaves WhatsApp and impossible times alone', async () => {
  for (const text of ['[2019-12-24, 12:23:45] Jane: hi\n', '[2019-13-24, 12:23] Jane: hi\n', '[12:23] Jane: hi\n'])
    expect(await signalExportText.detect(filesOf('a.txt', { 'a.txt': text }))).toEqual([]);
});

// What an earlier revision of an importer kept raw is read again by the present one: from the pieces, or from the original.

import { describe, expect, test } from 'vitest';
import type { Importer } from '../../src/importers/importer';
import { problemOf } from '../../src/importers/problem-record';
import { chatLabJsonl } from '../../src/importers/chatlab/chatlab-jsonl';
import { whatsappText } from '../../src/importers/whatsapp/importer';
import { viewReadAgain } from '../../src/intake/view-read-again';
import type { NeutralRecord } from '../../src/model/record';
import type { ImportChoice, ReceiptView } from '../../src/model/view';
import { chat, plainStyle, writeChat } from './chat-text';
import type { IntakeHarness, TestFiles } from './intake-harness';
import { makeHarness } from './intake-harness';
import { makeMemoryArchive } from './memory-archive';

/** As an importer was that did not understand messages of which `isStrange` is true. */
function earlierOf(importer: Importer, isStrange: (text: string) => boolean): Importer {
  return {
    ...importer,
    async *read(files, detection, options) {
      const source = files.entries[detection.entries[0] ?? 0]!.open();
      for await (const batch of importer.read(files, detection, options)) {
        const out: NeutralRecord[] = [];
        for (const record of batch) {
          if (record.type !== 'message' || !isStrange(record.text)) out.push(record);
          else {
            const bytes = await source.read(record.offsetBytes, record.offsetBytes + record.lengthBytes);
            out.push(problemOf('not-understood', new TextDecoder().decode(bytes).replace(/\r?\n$/, ''), record));
          }
        }
        yield out;
      }
    },
  };
}

const files = writeChat(plainStyle);
const strange = /weather|train/;

async function importEarlier(importer: Importer, archive: TestFiles, choice: Partial<ImportChoice> = {}) {
  const vault = makeMemoryArchive();
  const earlier = makeHarness(vault, {}, [earlierOf(importer, (text) => strange.test(text))]);
  const receipt = await earlier.import(archive, choice);
  return { receipt, now: makeHarness(vault, { revisionOf: () => 2 }, [importer]) };
}

async function readAgain({ intake }: IntakeHarness, { id }: ReceiptView): Promise<ReceiptView> {
  const plan = await intake.planAgain(id, 'UTC', () => {});
  const { archiveId } = plan.archives[0]!;
  const choice = { archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' } as const;
  const [receipt] = await intake.run(plan.planId, [choice], () => {});
  return receipt!;
}

describe('WhatsApp', () => {
  test('from the pieces: they come into their conversation, at their time, with a receipt', async () => {
    const { receipt, now } = await importEarlier(whatsappText, files);
    expect(receipt).toMatchObject({ messagesRead: chat.length - 2, problemCounts: { 'not-understood': 2 } });
    expect(viewReadAgain(receipt, 1)).toBeNull();
    expect(viewReadAgain(receipt, 2)).toMatchObject({ pieces: 2, cut: 0, fromOriginal: false });
    const plan = await now.intake.planAgain(receipt.id, 'UTC', () => {});
    expect(plan.again).toMatchObject({ pieces: 2 });
    expect(plan.archives[0]?.conversations[0]?.proposal).toMatchObject({ kind: 'continues', name: 'Mum', added: 2 });
    expect(await readAgain(now, receipt)).toMatchObject({ added: 2, revision: 2, conversations: [{ name: 'Mum' }] });
    const reader = await now.vault.openReader();
    expect(await reader.conversations()).toHaveLength(1);
    const whole = makeHarness(makeMemoryArchive(), {}, [whatsappText]);
    await whole.import(files);
    const said = (harness: IntakeHarness) => harness.messages().then((all) => all.map(({ sentAtMs, text }) => [sentAtMs, text]).sort());
    expect(await said(now)).toEqual(await said(whole));
  });

  test('from the original, where it was kept: what is known stays known', async () => {
    const { receipt, now } = await importEarlier(whatsappText, files, { original: 'keep' });
    expect(viewReadAgain(receipt, 2)).toMatchObject({ pieces: 2, fromOriginal: true });
    expect(await readAgain(now, receipt)).toMatchObject({ messagesRead: chat.length, added: 2, known: chat.length - 2 });
  });

  test('once read by the present revision, nothing is left to offer; what was undone is not offered', async () => {
    const { receipt, now } = await importEarlier(whatsappText, files);
    expect(viewReadAgain(await readAgain(now, receipt), 2)).toBeNull();
    expect(viewReadAgain({ ...receipt, undoneAtMs: 1 }, 2)).toBeNull();
    await expect(makeHarness(now.vault).intake.planAgain(receipt.id, 'UTC', () => {})).rejects.toMatchObject({ code: 'not-found' });
  });

  test('pieces that were cut are counted, not read', async () => {
    const { receipt } = await importEarlier(whatsappText, files);
    const [first, ...others] = receipt.problems;
    const cut = { ...receipt, problems: [{ ...first!, lengthBytes: 100_000 }, ...others] };
    expect(viewReadAgain(cut, 2)).toMatchObject({ pieces: 1, cut: 1 });
  });
});

test('ChatLab: pieces come back with their ids, so that the archive itself merges later', async () => {
  const header = {
    _type: 'header',
    chatlab: { version: '0.0.2', exportedAt: 1 },
    meta: { name: 'Crew', platform: 'whatsapp', type: 'group', groupId: 'g1' },
  };
  const message = (id: string, content: string, at: number) => ({
    _type: 'message', sender: 'a1', accountName: 'Ada', timestamp: 1_700_000_000 + at, type: 0, content, platformMessageId: id,
  }); // prettier-ignore
  const lines = [header, message('m1', 'hello there', 0), message('m2', 'what weather today', 60), message('m3', 'see you soon', 120)];
  const archive = { 'crew.jsonl': lines.map((line) => `${JSON.stringify(line)}\n`).join('') };
  const { receipt, now } = await importEarlier(chatLabJsonl, archive);
  expect(receipt.messagesRead).toBe(2);
  expect(await readAgain(now, receipt)).toMatchObject({ added: 1 });
  expect((await now.messages()).map(({ sourceId }) => sourceId)).toEqual(['m1', 'm2', 'm3']);
  expect(await now.import(archive)).toMatchObject({ added: 0, known: 3 });
});

// A long archive of one conversation, from a source that the vault knows nothing of, is planned from its beginning and read
// once: the vault and the receipt are as after a survey of the whole.

import { expect, test } from 'vitest';
import type { Importer } from '../../src/importers/importer';
import { whatsappText } from '../../src/importers/whatsapp/importer';
import { makeHarness } from './intake-harness';
import { makeMemoryArchive } from './memory-archive';

/** The same importer, whose archives might hold many conversations: they are always surveyed whole. */
const surveyedWhole: Importer = {
  ...whatsappText,
  detect: async (files) => (await whatsappText.detect(files)).map((detection) => ({ ...detection, isSingle: false })),
};

const messages = 230_000;
const filler = 'and so on and on '.repeat(4);

/** 18 MB; a person who comes late, equal messages at the very end, which is an edge of the export. */
function writeChat(): string {
  const lines: string[] = [];
  for (let index = 0; index < messages; index++) {
    const at = new Date(Date.UTC(2015, 4, 25) + index * 600_000).toISOString();
    const sender = index > messages - 50 ? 'Zoe' : index % 3 === 0 ? 'Ann' : 'Bo';
    lines.push(`${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)}, ${at.slice(11, 16)} - ${sender}: ${index} ${filler}`);
  }
  const last = lines.at(-1) ?? '';
  return `${[...lines, last, last].join('\n')}\n`;
}

test('gives what a survey of the whole gives, and says that it has not counted', async () => {
  const files = { 'WhatsApp Chat with Ann.txt': writeChat() };
  const whole = makeHarness(makeMemoryArchive(), {}, [surveyedWhole]);
  const quick = makeHarness(makeMemoryArchive(), {}, [whatsappText]);
  const [counted] = (await whole.plan(files)).archives;
  const [beginning] = (await quick.plan(files)).archives;
  expect(counted).toMatchObject({ counted: true, messages: messages + 2 });
  expect(beginning?.counted).toBe(false);
  expect(beginning?.messages).toBeLessThan(messages / 2);
  expect(beginning?.conversations).toMatchObject([{ index: 0, lastAtMs: null, proposal: { kind: 'new' } }]);
  expect(beginning?.preview).toEqual(counted?.preview);

  const expected = await whole.import(files);
  const receipt = await quick.import(files);
  expect(receipt.added).toBe(messages + 2);
  const idless = ({ conversations, ...rest }: typeof receipt) => ({
    ...rest,
    importedAtMs: 0,
    conversationNames: null,
    conversations: conversations.map((part) => ({ ...part, conversation: null })),
  });
  expect(idless(receipt)).toEqual(idless(expected));
  expect(await quick.dump()).toBe(await whole.dump());

  const again = await quick.import(files);
  expect(again).toMatchObject({ added: 0, known: messages + 2, changed: 0 });
});

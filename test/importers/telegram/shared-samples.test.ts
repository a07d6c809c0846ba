// Real exports of ten versions of the app, against a count that JSON.parse makes without us.

import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { repairHexEscapes } from '../../../src/importers/telegram/repair';
import { telegramJson } from '../../../src/importers/telegram/telegram-json';
import { fileSetOfPath } from '../../tools/node-files';
import { bytesOf } from '../altered-files';
import { expectTiling, findFault, messagesOf, readAll } from '../read-records';
import { hasSharedSamples, sharedSamplePath } from '../samples';

/** Path below international/, and what SOURCE.md or the file's name says it holds; null where neither says. */
const samples: readonly [path: string, messages: number | null][] = [
  ...[
    '2020-01',
    '2021-05',
    '2021-07',
    '2023-01',
    '2023-08',
    '2023-10_audio-video',
    '2024-01',
    '2024-01_inline-bot-buttons',
    '2024-01_replies',
    '2024-02',
  ].map((version): [string, null] => [`chat-history-manager/telegram_${version}`, null]),
  // "7M" counts what is no service message but one: the file holds eight elements.
  ['chat-analytics/telegram/DM_2A_7M.json', 8],
  ['chat-analytics/telegram/BIG_20A_5475M.json', 5475],
  ['chat-miner/telegram/test_single_export.json', 2],
  ['chat-miner/telegram/test_batch_export.json', null],
  ['_generated/samples/telegram-json-defect', 1],
];

interface Root {
  readonly messages?: readonly unknown[];
  readonly chats?: { readonly list?: readonly { readonly messages?: readonly unknown[] }[] };
  readonly left_chats?: Root['chats'];
}

function countMessages(json: string): number {
  const root = JSON.parse(repairHexEscapes(json)) as Root;
  const chats = [...(root.chats?.list ?? []), ...(root.left_chats?.list ?? [])];
  return (root.messages?.length ?? 0) + chats.reduce((sum, chat) => sum + (chat.messages?.length ?? 0), 0);
}

describe.skipIf(!hasSharedSamples)('shared samples', () => {
  const table: { sample: string; version: string; conversations: number; people: number; messages: number; problems: number }[] = [];
  afterAll(() => {
    if (table.length > 0) console.table(table);
  });

  for (const [path, expected] of samples) {
    const full = sharedSamplePath(`international/${path}`);
    it.skipIf(!existsSync(full))(`${path}${existsSync(full) ? '' : ' (not among the samples)'}`, async () => {
      const files = await fileSetOfPath(full);
      const [detection, ...others] = await telegramJson.detect(files);
      expect(others).toEqual([]);
      const records = await readAll(telegramJson, files, detection!);
      expect(findFault(files, detection!, records)).toBeNull();
      await expectTiling(files, detection!, records);
      const messages = messagesOf(records);
      expect(messages.length).toBe(countMessages(new TextDecoder().decode(await bytesOf(files, detection!.entries[0]!))));
      if (expected !== null) expect(messages.length).toBe(expected);
      expect(records.filter(({ type }) => type === 'problem')).toEqual([]);
      expect(messages.filter(({ kind }) => kind === 'unknown')).toEqual([]);
      table.push({
        sample: path,
        version: detection!.formatVersion,
        conversations: new Set(messages.map(({ conversation }) => conversation)).size,
        people: new Set(messages.map(({ sender }) => sender)).size,
        messages: messages.length,
        problems: 0,
      });
    });
  }

  it('2020-01: groups, services, stickers, cards that are there, a poll, a forward, an edit', async () => {
    const files = await fileSetOfPath(sharedSamplePath('international/chat-history-manager/telegram_2020-01'));
    const [detection] = await telegramJson.detect(files);
    const messages = new Map(messagesOf(await readAll(telegramJson, files, detection!)).map((message) => [message.sourceId, message]));
    expect(messages.get('4720')?.facts?.service).toEqual({
      action: 'create_group',
      members: ['Wwwwww Www', 'Nnnnnnn', 'Aaaaa Aaaaaaaaaaa', 'Eeeee Eeeeeeeeee'],
    });
    expect(messages.get('4744')).toMatchObject({ kind: 'sticker', facts: { extra: { sticker_emoji: '😆' } } });
    expect(files.entries[messages.get('129125')!.attachments[0]!.entry!]?.path).toBe('chats/chat_08/contacts/contact_1.vcard');
    expect(messages.get('132894')).toMatchObject({
      kind: 'poll',
      facts: { forward: { fromName: 'Varlamov.ru' }, poll: { closed: false }, extra: { poll: { total_voters: 36084, chosen: [3] } } },
    });
    expect(messages.get('132894')?.facts?.poll?.options).toHaveLength(5);
    expect(messages.get('67346')?.facts?.edited).toEqual({ editedAtMs: null });
    expect(messages.get('4730')?.facts).toBeNull();
    const code = messages.get('67346')!;
    expect(code.facts?.entities?.map(({ type, offset, length }) => [type, code.text.slice(offset, offset + length)])).toEqual([
      ['link', 'https://habr.com/post/335436/'],
      ['code', '-a -3'],
    ]);
  });

  it('2024-01: a reply into another chat', async () => {
    const files = await fileSetOfPath(sharedSamplePath('international/chat-history-manager/telegram_2024-01'));
    const [detection] = await telegramJson.detect(files);
    const [reply, service] = messagesOf(await readAll(telegramJson, files, detection!));
    expect(reply?.facts).toEqual({ replyTo: { sourceId: '1234567', conversationSourceId: 'channel9876543210' } });
    expect(service?.facts).toEqual({ service: { action: 'set_messages_ttl' }, extra: { period: 2_678_400 } });
  });
});

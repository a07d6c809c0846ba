// Every third-party sample of a format that is read: which importer claims it, how many messages it has, what is a
// problem. Prints the table; the counts are those of the samples' own expected files and SOURCE.md.

import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fileSetsOfPath } from '../tools/node-files';
import { detectAll } from '../tools/detect-all';
import { expectTiling, findFault, readAll } from './read-records';
import { hasSharedSamples, sharedSamplePath } from './samples';

interface Row {
  readonly sample: string;
  readonly format: string;
  readonly messages: number;
  readonly problems: number;
}

/** Messages by sample, system lines included. */
const expected: Readonly<Record<string, number>> = {
  'china/qq-txt/demo.masked.txt': 14,
  'china/synthetic/exports/feishu/messages.json': 1,
  'china/synthetic/exports/wecom/archive.jsonl': 3,
  'china/synthetic/exports/qce/group_100000001.txt': 4,
  'china/synthetic/exports/qce/group_100000001_20240201_000000.json': 4,
  'china/synthetic/exports/qce/group_100000001_20240201_000000_chunked_jsonl/manifest.json': 4,
  'china/synthetic/exports/qce/v5.0_chunked_jsonl/manifest.json': 4,
  'china/synthetic/exports/qq-txt/all.txt': 6,
  'china/synthetic/exports/qq-txt/group.txt': 4,
  'china/pywxdump-csv/test_PII_test_0_730.csv': 62,
  'china/synthetic/exports/chatlog/chatlog.csv': 2,
  'china/synthetic/exports/chatlog/chatlog.json': 2,
  'china/synthetic/exports/chatlog/chatlog.txt': 2,
  'china/synthetic/exports/echotrace/乙(备注).json': 5,
  // A date between them is a line of the page.
  'china/synthetic/exports/memotrace/chat.html': 2,
  'china/synthetic/exports/memotrace/v2.csv': 3,
  'china/synthetic/exports/memotrace/v2.txt': 4,
  'china/synthetic/exports/memotrace/v3.csv': 2,
  'china/synthetic/exports/pywxdump/wxid_frienddemo0001_0_3.csv': 3,
  'china/synthetic/exports/pywxdump/wxid_frienddemo0001_0_3.json': 3,
  'china/synthetic/exports/wechatexporter/测试乙.txt': 3,
  'china/synthetic/exports/weflow/weclone.csv': 2,
  'china/synthetic/exports/weflow/乙(备注).txt': 5,
  'china/synthetic/exports/weflow/乙(备注).json': 5,
  'international/_generated/samples/kakaotalk/android-ko.txt': 3,
  'international/_generated/samples/kakaotalk/ios-en.txt': 2,
  'international/_generated/samples/kakaotalk/mac.csv': 2,
  'international/_generated/samples/kakaotalk/pc-ko.txt': 3,
  'international/kakaotalk/demo-chat-android.txt': 9,
  'international/kakaotalk/vibecoding-room-sample.csv': 312,
  'international/_generated/samples/line/en.txt': 4,
  'international/_generated/samples/signal-export-2023-11-14-22-15-00/main.jsonl': 4,
  'international/_generated/samples/sms/calls-20231114221320.xml': 1,
  'international/_generated/samples/sms/sms-20231114221320.xml': 3,
  'international/_generated/samples/line/ja.txt': 3,
  'international/_generated/samples/line/pc-space.txt': 4,
  'international/_generated/samples/line/th.txt': 1,
  'international/_generated/samples/line/zh-tw.txt': 2,
  'international/_generated/messages.json': 2, // Skype's, in its TAR
  'international/_generated/samples/matrix/export.json': 3,
  'international/_generated/samples/telegram-html/messages.html': 8,
  'international/_generated/samples/google-voice/Voice/Calls/Bob - Text - 2023-11-14T22_13_20Z.html': 2,
  'international/_generated/samples/whatsapp/WhatsApp Chat with Bob.txt': 8,
  'international/_generated/samples/whatsapp/android-12h-nnbsp.txt': 3,
  'international/_generated/samples/whatsapp/android-ar.txt': 2,
  'international/_generated/samples/whatsapp/android-fi.txt': 2,
  'international/_generated/samples/whatsapp/android-zh-cn.txt': 2,
  'international/_generated/samples/whatsapp/ios-es/_chat.txt': 6,
  'international/chat-analytics/discord/DM_2A_2M.json': 9,
  'international/_generated/samples/discord-dce/Demo Server - Text - general [1180000000000000000].csv': 1,
  'international/_generated/samples/discord-package/Messages/c1180000000000000000/messages.json': 3,
  'international/_generated/samples/messenger-e2ee/Bob_40.json': 2,
  'international/_generated/samples/hangouts/Hangouts.json': 1,
  'international/_generated/samples/google-chat/Takeout/Google Chat/Groups/DM abc/messages.json': 2,
  'international/_generated/samples/snapchat/json/chat_history.json': 2,
  'international/_generated/samples/x-twitter/data/direct-messages.js': 1,
  'international/_generated/samples/messenger/your_facebook_activity/messages/inbox/zoe_123/message_1.json': 2,
  'international/_generated/samples/instagram-html/your_instagram_activity/messages/inbox/bob_1/message_1.html': 1,
  'international/chat-analytics/messenger/2A_7M.json': 7,
  'international/chat-analytics/whatsapp/2A_5M.txt': 5,
  'international/chat-analytics/whatsapp/4A_11M.txt': 14,
  'international/chat-history-manager/whatsapp-text_2023-10/WhatsApp Chat with +123 45 6789.txt': 13,
  // 6 messages, 4 replies below them, an announcement.
  'international/imessage/html-export/example.html': 11,
  'international/chat-miner/instagram/test_export.json': 2,
  'international/chat-miner/signal/test_export.txt': 2,
  'international/chat-miner/whatsapp/test_[mmddyy]_24hrs.txt': 9,
  'international/chat-miner/whatsapp/test_ddmmyy_24hrs.txt': 9,
  'international/chat-miner/whatsapp/test_mmddyy_24hrs.txt': 9,
  'international/whatsapp-ios-txt/_chat.txt': 19,
  'international/whatsapp-misc/sample-chat.txt': 21,
  'international/_generated/ChatStorage.sqlite': 7,
  'international/_generated/chat.db': 7,
  'international/_generated/msgstore-small.db': 4,
  'international/whatsapp-crypt/msgstore.db': 9,
  'international/whatstk/lorem-merge-part1.txt': 300,
  'international/whatstk/lorem-merge-part2.txt': 300,
  'international/whatstk/lorem.txt': 500,
};

/** Folders of samples, each one drop. */
function folders(): string[] {
  return ['china', 'international'].flatMap((part) =>
    readdirSync(sharedSamplePath(part), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${part}/${entry.name}`),
  );
}

async function readFolder(folder: string): Promise<Row[]> {
  const rows: Row[] = [];
  const { sets } = await fileSetsOfPath(sharedSamplePath(folder));
  for (const files of sets) {
    const claims = new Map<number, string>();
    for (const { importer, detection } of await detectAll(files)) {
      for (const entry of detection.entries) {
        expect(claims.get(entry), `${folder}/${files.entries[entry]!.path} is claimed twice`).toBeUndefined();
        claims.set(entry, importer.format);
      }
      const records = await readAll(importer, files, detection);
      expect(findFault(files, detection, records)).toBeNull();
      await expectTiling(files, detection, records);
      rows.push({
        sample: `${folder}/${files.entries[detection.entries[0]!]!.path}`,
        format: `${importer.format} ${detection.formatVersion}`,
        messages: records.filter((record) => record.type === 'message').length,
        problems: records.filter((record) => record.type === 'problem').length,
      });
    }
  }
  return rows;
}

describe.runIf(hasSharedSamples)('third-party samples', () => {
  test('are read whole, each by one importer', async () => {
    const rows: Row[] = [];
    for (const folder of folders()) rows.push(...(await readFolder(folder)));
    console.table(rows);
    for (const [sample, messages] of Object.entries(expected)) {
      expect(
        rows.filter((row) => row.sample === sample),
        sample,
      ).toMatchObject([{ messages, problems: 0 }]);
    }
  });
});

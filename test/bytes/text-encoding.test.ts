// Which encoding a text is in. The texts are what people write, not made to fit: each is encoded with the tables of the
// platform's own decoder and must be found again, whole and from its first lines.

import { describe, expect, it } from 'vitest';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { detectEncoding, detectUnmarkedEncoding, type TextEncoding } from '../../src/bytes/text-encoding';
import { readLines } from '../../src/bytes/text-lines';
import { encodeText } from './encode-text';

const texts: readonly (readonly [encoding: TextEncoding, text: string])[] = [
  ['gb18030', '[LINE] 与小明的聊天记录\n2024/1/15 周一\n19:04\t小明\t今天晚上一起吃饭吧，我六点下班。\n19:05\t我\t好的，老地方见！\n'],
  ['gb18030', '聊天記錄：今天晚上一起吃飯吧，這個時間你們說可以嗎？我們還沒決定。\n'],
  ['gb18030', '老张：收到\n'],
  ['big5', '[LINE] 與小明的聊天記錄\n儲存日期：2025/02/10 14:00\n\n2025/02/09（日）\n下午07:04\t小明\t晚安，明天早上記得帶雨傘\n'],
  ['shift_jis', '[LINE] 太郎とのトーク履歴\n保存日時：2024/08/01 00:00\n\n2024/07/31(水)\n午後7:04\t太郎\tこんばんは、明日は晴れるかな\n'],
  ['shift_jis', '19:05\t花子\tｺﾝﾆﾁﾊ、お元気ですか？私はげんきです\n'],
  ['euc-kr', '개발방 님과 카카오톡 대화\n저장한 날짜 : 2019-08-14 13:25:39\n[민수] [오후 2:37] 안녕하세요\n'],
  ['windows-874', '[LINE] ประวัติการแชทกับ สมชาย\nบันทึกเมื่อ 04/09/2569 07:48\n09:30\tสมชาย\tสวัสดีครับ\n'],
  ['windows-1251', '12:01\tИван\tПривет, как дела? Завтра встретимся у метро.\n'],
  ['windows-1252', '12:01\tZoë\tÇa va? Voilà, à bientôt, cher ami! Était-ce là-bas?\n'],
  ['windows-1252', 'Grüße aus München, schöne Füße\n'],
];

describe('encodings without a mark', () => {
  it.each(texts)('%s is told by its letters: %s', async (encoding, text) => {
    const bytes = encodeText(text, encoding);
    expect(detectEncoding(bytes).encoding).toBe(encoding);
    const read: string[] = [];
    for await (const { lines } of readLines(sourceOfBytes(bytes, 5))) read.push(...lines);
    expect(`${read.join('\n')}\n`).toBe(text);
  });

  it.each(texts)('%s is told wherever its beginning is cut: %s', (encoding, text) => {
    const bytes = encodeText(text.repeat(4), encoding);
    for (let end = bytes.length >> 1; end < bytes.length; end++)
      expect(detectEncoding(bytes.subarray(0, end)).encoding, `cut at ${end}`).toBe(encoding);
  });

  it.each(['utf-16le', 'utf-16be'] as const)('%s is told by where its NUL bytes are', async (encoding) => {
    const text = '2020/12/31(Thu)\n23:59\tJane\t一切都好\n二〇二一年一月一日\n一一一\n';
    const bytes = encodeText(text, encoding);
    expect(detectEncoding(bytes)).toEqual({ encoding, bomBytes: 0, certain: true });
    const read: string[] = [];
    for await (const { lines } of readLines(sourceOfBytes(bytes, 3))) read.push(...lines);
    expect(`${read.join('\n')}\n`).toBe(text);
  });

  it('few Korean letters are not claimed against GBK', () => {
    expect(detectUnmarkedEncoding(encodeText('사진.jpg', 'euc-kr')).encoding).toBe('gb18030');
  });

  it('bytes of no text are Windows-1252, as bytes without NUL on one side are no UTF-16', () => {
    expect(detectEncoding(Uint8Array.of(0xff, 0x81, 0x20, 0x90, 0x20)).encoding).toBe('windows-1252');
    expect(detectEncoding(new Uint8Array(64)).encoding).toBe('utf-8');
  });
});

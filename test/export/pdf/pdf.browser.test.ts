// PDFs written by a real canvas, read by Debian's poppler and qpdf.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { encodeBase64 } from '../../../src/bytes/base64';
import { cleanLines } from '../../../src/export/messages/pdf/clean-text';
import type { MessageExport } from '../../../src/model/export';
import type { Message } from '../../../src/model/message';
import type { ArchiveReader } from '../../../src/vault/archive';
import { memoryReader, message } from '../../search/memory-reader';
import type { InspectedPdf, PdfStructure } from '../../tools/inspect-pdf';
import { anyMessages, everyKind, hostileTexts, people, person, readerOf, sha, withMedia, write, type Written } from '../invented-chat';

declare module 'vitest/browser' {
  interface BrowserCommands {
    inspectPdf(base64: string): Promise<InspectedPdf>;
    inspectPdfStructure(base64: string): Promise<PdfStructure>;
  }
}

async function writePdf(reader: ArchiveReader, request: Partial<MessageExport> = {}): Promise<Written & { readonly pdf: InspectedPdf }> {
  const written = await write(reader, { format: 'pdf', ...request });
  return { ...written, pdf: await commands.inspectPdf(encodeBase64(written.bytes)) };
}

const ada = person('me', 'Ada Lovelace', { isOwner: true });
const wang = person('w', '王小明');

const talk = (texts: readonly string[]): readonly Message[] =>
  texts.map((text, seq) => message(text, { seq, sentAtMs: Date.UTC(2024, 2, 14, 8, 30, 5) + seq * 600_000, sender: [ada, wang][seq % 2]?.id ?? null })); // prettier-ignore

const readerOfTalk = (texts: readonly string[]): ArchiveReader =>
  memoryReader([{ id: 'c', name: '王小明', messages: talk(texts) }], [ada, wang]);

/** Letters alone: poppler sets blanks and marks of direction where it sees fit, and joins what a hyphen parts. */
const lettersOf = (text: string): string => text.replace(/[\s\u200e\u200f\u202a-\u202e\u2066-\u2069-]/g, '');

/** The texts that do not follow each other in what was read. */
function missingIn(read: string, texts: readonly string[]): readonly string[] {
  const letters = lettersOf(read);
  let from = 0;
  return texts.filter((text) => {
    const wanted = lettersOf(text);
    const at = letters.indexOf(wanted, from);
    if (at >= 0) from = at + wanted.length;
    return at < 0;
  });
}

const pagesOf = ({ text }: InspectedPdf): readonly string[] => text.split('\f').slice(0, -1).map((page) => page.trim()); // prettier-ignore

/** Without what stands at the top and at the bottom of each page, in the midst of messages that go on. */
const bodyOf = (pdf: InspectedPdf): string => pagesOf(pdf).map((page) => page.replace(/^王小明/, '').replace(/\d+$/, '')).join('\n'); // prettier-ignore

describe('an exported PDF', () => {
  test('holds nothing of what is blacked out, in texts, names and quotes', async () => {
    const reader = readerOfTalk(['the zugvogel flies', 'call +49 30 1234567', 'plain']);
    const { pdf } = await writePdf(reader, { redaction: { words: ['Zugvogel', '王小明', 'lovelace'], kinds: ['phones'] } });
    expect(pdf.text).not.toMatch(/zugvogel|小明|lovelace|1234567/i);
    expect(missingIn(pdf.text, ['plain'])).toEqual([]);
  });

  test('holds every message in order, in any script', async () => {
    const texts = [
      'Hello, how are you? The quick brown fox jumps over the lazy dog, and what is longer than a line is broken into several of them.',
      '你好，今天天气很好，我们去公园散步吧！这一句话比一行要长，所以会被分成几行，而标点不会在行首：“引号”、（括号）也是如此，再多写几个字。',
      '生日快乐 🎂🎉 👨‍👩‍👧 🇩🇪 1️⃣ ❤️ 👍🏽',
      'السلام عليكم ورحمة الله كيف حالك',
      'كِتَابٌ مُحَمَّد',
      'שלום עולם מה נשמע',
      'Привет, как дела? Ёлка, naïve Ångström ﬁ e\u0301',
      'สวัสดีครับยินดีที่ได้รู้จัก',
      'नमस्ते दुनिया क्षत्रिय',
      '안녕하세요 반갑습니다',
      'こんにちは、東京タワー',
      'mixed 你好 and (brackets) \\ / 100%',
    ];
    const { pdf, result } = await writePdf(readerOfTalk(texts));
    expect(missingIn(pdf.text, texts)).toEqual([]);
    expect(result).toMatchObject({ messages: texts.length, conversations: 1 });
    expect(pdf.text).toContain('Thursday, 14 March 2024');
    expect(pdf.text).toMatch(/09:30:05 Hello, how are you\?/);
    expect(pdf.info).toMatchObject({
      Title: '王小明',
      Producer: 'Camphor',
      'PDF version': '1.7',
      JavaScript: 'no',
      Tagged: 'yes',
      Pages: '1',
    });
  });

  test('holds a thousand messages over many pages, each under a heading and with its number', async () => {
    const texts = Array.from({ length: 1000 }, (_, at) => `message ${at} 第${at}条 ${'words and words '.repeat(at % 9)}end${at}`);
    const { pdf } = await writePdf(readerOfTalk(texts), { language: 'zh-CN' });
    const pages = pagesOf(pdf);
    expect(pages.length).toBe(Number(pdf.info['Pages']));
    expect(pages.length).toBeGreaterThan(20);
    expect(pages.every((page, at) => page.endsWith(String(at + 1)) && page.startsWith('王小明'))).toBe(true);
    expect(missingIn(bodyOf(pdf), texts)).toEqual([]);
    expect(pdf.text).toContain('2024年3月15日星期五');
  });

  // About a minute on two busy cores.
  test('holds a hundred thousand', { timeout: 400_000 }, async () => {
    const texts = Array.from({ length: 100_000 }, (_, at) => {
      const letters = String.fromCharCode(0x4e00 + (at % 3000), 0x4e00 + ((at * 7) % 3000));
      return `${at} ${letters}聊天 ${'and what was said '.repeat(at % 4)}😀`;
    });
    const { pdf } = await writePdf(readerOfTalk(texts));
    expect(Number(pdf.info['Pages'])).toBeGreaterThan(3000);
    expect(missingIn(bodyOf(pdf), texts)).toEqual([]);
  });

  test('says of each kind what the other formats say, with quotes, reactions and marks', async () => {
    const { pdf } = await writePdf(readerOf(everyKind()));
    const wanted = ['hello', '[Photo ../../evil.html]', '[Video, not in the archive]', 'a caption', '[Voice message]', '[File report.html]', '[Sticker]', '[Location Zoo 52.5,13.4]', '[Contact Carl +49 1]', '[Call 61 s]', '[Poll When? / Now (2)]', 'Ada left', '[Reply: hello]', 'said again', '[edited]', '👍1', '[Forwarded: Carl]', 'gone', '[deleted]']; // prettier-ignore
    expect(missingIn(pdf.text, wanted)).toEqual([]);
    // A clock exact to the minute has no seconds; this one is the source's own.
    expect(pdf.text).toContain('16:43 [Forwarded: Carl]');
  });

  test('has links for addresses of the web and of mail, and for nothing else', async () => {
    const texts = [
      'see https://example.org/a?b=c(d)\\e and mailto:ada@example.org, javascript:alert(1) file:///etc/passwd tel:+491',
      'http://例え.jp/路径) https://example.org/) /Launch (x',
    ];
    const { pdf } = await writePdf(readerOfTalk(texts));
    expect(pdf.links).toEqual([
      'https://example.org/a?b=c(d)',
      'mailto:ada@example.org',
      'http://xn--r8jz45g.jp/%E8%B7%AF%E5%BE%84',
      'https://example.org/',
    ]);
  });

  test('names nobody where names are hidden', async () => {
    const { pdf } = await writePdf(readerOfTalk(['Ada says hi to 王小明']), { names: 'pseudonyms' });
    expect(pdf.text).not.toMatch(/Lovelace|王小明/);
    expect(pdf.text).toContain('Person 1 says hi to Person');
    expect(pdf.info['Title']).toBe('Conversation 1');
  });

  test('has a page of its own for each conversation, and one where there is nothing', async () => {
    const conversations = ['one', 'two'].map((id) => ({ id, name: `Talk ${id}`, messages: talk([`said in ${id}`]) }));
    const { pdf } = await writePdf(memoryReader(conversations, [ada, wang]));
    const pages = pdf.text.split('\f');
    expect(pages.map((page) => /Talk (\w+)/.exec(page)?.[1])).toEqual(['one', 'two', undefined]);
    expect(pdf.info['Title']).toBe('Camphor');
    const { pdf: empty } = await writePdf(memoryReader([], []));
    expect(empty.info).toMatchObject({ Pages: '1', Title: 'Camphor' });
  });
});

async function drawPicture(widthPx: number, heightPx: number, type: string): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d');
  if (context !== null) context.fillStyle = 'rgb(200, 30, 30)';
  context?.fillRect(0, 0, widthPx / 2, heightPx);
  return new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer());
}

test('pictures are in it once each, small; what cannot be drawn is named with its size', async () => {
  const file = { name: null, mime: null, missing: null, sizeBytes: null } as const;
  const media = new Map([
    [sha('a'), { mime: 'image/png', bytes: await drawPicture(3000, 1500, 'image/png') }],
    [sha('b'), { mime: 'image/webp', bytes: await drawPicture(300, 400, 'image/webp') }],
    [sha('c'), { mime: 'image/jpeg', bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3) }],
    [sha('d'), { mime: 'application/pdf', bytes: Uint8Array.of(1, 2, 3) }],
    [sha('e'), { mime: 'image/png', bytes: await drawPicture(50, 50, 'image/png') }],
  ]);
  const attachments = [
    { ...file, kind: 'image', sha256: sha('a'), name: 'wide.png' },
    { ...file, kind: 'sticker', sha256: sha('b') },
    { ...file, kind: 'image', sha256: sha('c'), name: 'broken.jpg', sizeBytes: 1_234_567 },
    { ...file, kind: 'file', sha256: sha('d'), name: 'report.pdf', sizeBytes: 3 },
    { ...file, kind: 'image', sha256: sha('e'), name: 'damaged.png', sizeBytes: 1000 },
    { ...file, kind: 'image', sha256: sha('a'), name: 'again.png' },
  ] as const;
  const messages = attachments.map((each, seq) => message('', { seq, kind: 'image', attachments: [each], sender: people[0]?.id ?? null }));
  const reader = withMedia(readerOf(messages), media, new Set([sha('e')]));
  const { pdf, result } = await writePdf(reader, { media: 'inside' });
  expect(result).toMatchObject({ media: 2, leftOutMedia: 3 });
  // The first is shown twice; each on the page as one of two JPEGs.
  expect(pdf.pictures).toEqual(['1000x500 jpeg', '300x400 jpeg', '1000x500 jpeg']);
  const named = [
    '[Photo wide.png]',
    '[Photo broken.jpg] 1.2 MB',
    '[File report.pdf] 3 B',
    '[Photo damaged.png] 1.0 kB',
    '[Photo again.png]',
  ];
  expect(missingIn(pdf.text, named)).toEqual([]);
  const { pdf: without, result: nothing } = await writePdf(reader, { media: 'none' });
  expect([without.pictures, nothing.media, nothing.leftOutMedia]).toEqual([[], 0, 0]);
});

describe('text of strangers', () => {
  const shown = (texts: readonly string[]): readonly string[] => texts.flatMap(cleanLines);

  test('never breaks the file, and is all there', async () => {
    const texts = [
      ...hostileTexts.filter((text) => !/[\u0590-\u08ff]/.test(text)),
      ') Tj ET Q endstream endobj 1 0 obj << /JS (x) >> stream',
      'startxref\n0\n%%EOF',
      `a${'\u0301'.repeat(500)}b`,
      'x'.repeat(5000),
      '字'.repeat(3000),
      `https://example.org/${'a'.repeat(3000)}`,
    ];
    const { pdf } = await writePdf(readerOfTalk(texts));
    expect(missingIn(bodyOf(pdf), shown(texts))).toEqual([]);
    expect(pdf.info['JavaScript']).toBe('no');
  });

  test('whatever it is', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyMessages, async (messages) => {
        const { pdf, result } = await writePdf(readerOf(messages));
        expect(Number(pdf.info['Pages'])).toBeGreaterThan(0);
        expect(result.messages).toBe(messages.length);
      }),
      { numRuns: 12 },
    );
  });
});

describe('what is read aloud', () => {
  /** Lines of the tree, without what tells blocks from other elements. */
  const linesOf = ({ tree }: PdfStructure): readonly string[] => tree.trimEnd().split('\n').map((line) => line.replace(' (block)', '')); // prettier-ignore

  test('is a heading for each conversation and each day, a paragraph for each message, words for each picture', async () => {
    const file = { name: 'wide.png', mime: null, missing: null, sizeBytes: null, kind: 'image', sha256: sha('a') } as const;
    const media = new Map([[sha('a'), { mime: 'image/png', bytes: await drawPicture(300, 150, 'image/png') }]]);
    const [morning, answer] = talk(['good morning,\nAda', '你好']);
    if (morning === undefined || answer === undefined) throw new Error('two messages were wanted');
    const messages = [
      morning,
      answer,
      message('look', { seq: 2, sentAtMs: Date.UTC(2024, 2, 15, 20), kind: 'image', attachments: [file], sender: wang.id }),
    ];
    const conversations = [{ id: 'c', name: '王小明', messages }];
    const { bytes } = await write(withMedia(memoryReader(conversations, [ada, wang]), media), { format: 'pdf', media: 'inside' });
    const structure = await commands.inspectPdfStructure(encodeBase64(bytes));
    expect(linesOf(structure)).toEqual([
      'Document',
      '  Sect',
      '    H1',
      '      "王小明 "',
      '    P',
      '      "2024-03-14 – 2024-03-15 "',
      '    Sect',
      '      H2',
      '        "Thursday, 14 March 2024 "',
      '      P',
      '        "Ada Lovelace 09:30:05 good morning, Ada "',
      '      P',
      '        "王小明 09:40:05 你好 "',
      '    Sect',
      '      H2',
      '        "Friday, 15 March 2024 "',
      '      P',
      '        "王小明 21:00:00 [Photo wide.png] "',
      '        Figure',
      '          ""',
      '        "look "',
    ]);
    expect(structure.alternatives).toEqual(['[Photo wide.png]']);
  });

  test('is each message once where it goes on over pages, and nothing of their heads and numbers', async () => {
    const texts = Array.from({ length: 12 }, (_, at) => `begin${at} ${'and so on and on '.repeat(300)}end${at}`);
    const { bytes } = await write(readerOfTalk(texts), { format: 'pdf' });
    const structure = await commands.inspectPdfStructure(encodeBase64(bytes));
    const read = linesOf(structure).filter((line) => line.startsWith('        "')).map((line) => line.trim().slice(1, -1)).join(''); // prettier-ignore
    expect(linesOf(structure).filter((line) => line === '      P').length).toBe(texts.length);
    expect(read.match(/(?:begin|end)\d+/g)).toEqual(texts.flatMap((_, at) => [`begin${at}`, `end${at}`]));
    expect(read.match(/and so on and on /g)?.length).toBe(12 * 300);
  });
});

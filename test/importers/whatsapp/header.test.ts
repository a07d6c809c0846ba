import { describe, expect, test } from 'vitest';
import { decideOrder, addOrderEvidence, createOrderEvidence } from '../../../src/importers/whatsapp/date-order';
import { dayOfHeader } from '../../../src/importers/whatsapp/header-format';
import { createHeaderReader } from '../../../src/importers/whatsapp/header-reader';

/** The header's time with the order that it proves or falls back to, its scope, and the rest of the line; null for no header. */
function readLine(line: string): { at: string; scope: string; rest: string } | null {
  const reader = createHeaderReader();
  if (!reader.read(line)) return null;
  const { header } = reader;
  const evidence = createOrderEvidence(header.format);
  addOrderEvidence(evidence, header);
  const timeMs = dayOfHeader(header, decideOrder(evidence).order) * 86_400_000 + header.secondOfDay * 1000;
  return { at: new Date(timeMs).toISOString().slice(0, 19), scope: header.format.scope, rest: line.slice(header.restAt) };
}

describe('headers that must parse (formats/international.md §1.1)', () => {
  test.each([
    ['6/30/23, 16:13 - ', '2023-06-30T16:13:00', 'x/x/x h:mm'],
    ['30/6/2023, 16:15 - ', '2023-06-30T16:15:00', 'x/x/YYYY h:mm'],
    ['06.03.18, 00:45 - ', '2018-03-06T00:45:00', 'x.x.x h:mm'],
    ['[06.03.18, 00:45:00] ', '2018-03-06T00:45:00', '[x.x.x h:mm:ss]'],
    ['13.6.2018 klo 21.25.15 - ', '2018-06-13T21:25:15', 'x.x.YYYY h.mm.ss'],
    ['13. 6. 2018. 21:25:15 - ', '2018-06-13T21:25:15', 'x.x.YYYY h:mm:ss'],
    ['[2018-06-13, 21:25:15] ', '2018-06-13T21:25:15', '[YYYY-x-x h:mm:ss]'],
    ['[25/09/2023, 10:30:15] ', '2023-09-25T10:30:15', '[x/x/YYYY h:mm:ss]'],
    ['18/6/17, 10:47 p. m. - ', '2017-06-18T22:47:00', 'x/x/x h:mm p'],
    ['18/6/17, 10:47\u00a0p.\u00a0m. - ', '2017-06-18T22:47:00', 'x/x/x h:mm p'],
    ['6/30/23, 4:13\u202fPM - ', '2023-06-30T16:13:00', 'x/x/x h:mm p'],
    ['6/30/23, 12:05\u202fam - ', '2023-06-30T00:05:00', 'x/x/x h:mm p'],
    ['6/30/23, 12:05 a.m. - ', '2023-06-30T00:05:00', 'x/x/x h:mm p'],
    ['2024. 1. 15. 오전 9:30, ', '2024-01-15T09:30:00', 'YYYY.x.x h:mm p'],
    ['2024. 1. 15. 오후 9:30 - ', '2024-01-15T21:30:00', 'YYYY.x.x h:mm p'],
    ['2024/1/15 9:30 - ', '2024-01-15T09:30:00', 'YYYY/x/x h:mm'],
    ['2024/1/15 午後0:05 - ', '2024-01-15T12:05:00', 'YYYY/x/x h:mm p'],
    ['[2024/1/15 上午9:30:05] ', '2024-01-15T09:30:05', '[YYYY/x/x h:mm:ss p]'],
    ['2024年1月15日 下午12:05 - ', '2024-01-15T12:05:00', 'YYYY年x年x h:mm p'],
    ['13/6/18, 9:25 μ.μ. - ', '2018-06-13T21:25:00', 'x/x/x h:mm p'],
    ['١٣\u200f/٦\u200f/٢٠١٨, ٩:٢٥ م - ', '2018-06-13T21:25:00', 'x/x/YYYY h:mm p'],
    ['١٣\u200f/٦\u200f/٢٠١٨، ٩:٢٥ ص - ', '2018-06-13T09:25:00', 'x/x/YYYY h:mm p'],
    ['۱۳۹۷/۳/۲۳, ۲۱:۲۵ - ', '2018-06-13T21:25:00', 'YYYY/x/x h:mm'],
    ['१३/६/१८, ९:२५ pm - ', '2018-06-13T21:25:00', 'x/x/x h:mm p'],
    ['১৩/৬/১৮, ২১:২৫ - ', '2018-06-13T21:25:00', 'x/x/x h:mm'],
    ['๑๓/๖/๒๕๖๑ ๒๑:๒๕ - ', '2018-06-13T21:25:00', 'x/x/YYYY h:mm'],
    ['13/6/2561 21:25 - ', '2018-06-13T21:25:00', 'x/x/YYYY h:mm'],
    ['13.06.18 г., 21:25 ч. - ', '2018-06-13T21:25:00', 'x.x.x h:mm'],
    ['\u200e[30/6/23, 4:15:03 p.\u202fm.] ', '2023-06-30T16:15:03', '[x/x/x h:mm:ss p]'],
    ['\ufeff[30/6/23, 16:15:03] ', '2023-06-30T16:15:03', '[x/x/x h:mm:ss]'],
    ['[01/20/19 11:25] ', '2019-01-20T11:25:00', '[x/x/x h:mm]'],
  ])('%s', (text, at, scope) => {
    expect(readLine(`${text}\u200eBob: hi`)).toEqual({ at, scope, rest: '\u200eBob: hi' });
  });
});

describe('lines that are no header', () => {
  test.each([
    '13/13/23, 16:13 - Bob: hi',
    '31/4/2023, 16:13 - Bob: hi',
    '29/2/2023, 16:13 - Bob: hi',
    '0/1/23, 10:00 - x',
    '6/30/23, 24:13 - Bob: hi',
    '6/30/23, 16:60 - Bob: hi',
    '[30/6/23, 16:15:60] Bob: hi',
    '6/30/23, 0:13:61 - Bob: hi',
    '1/1/1969, 10:00 - Bob: hi',
    '1/1/9999, 10:00 - Bob: hi',
    '1/1/123, 10:00 - Bob: hi',
    '1/1/5, 10:00 - Bob: hi',
    '123/4/5, 10:00 - x',
    '6/30/23, 16:13 Bob: hi',
    '6/30/23, 16:13 -Bob: hi',
    '[30/6/23, 16:15:03] '.slice(0, -2),
    '[30/6/23, 16:15:03 - Bob: hi',
    '30/6/23, 16:15:03] Bob: hi',
    ' 6/30/23, 16:13 - Bob: hi',
    'x 6/30/23, 16:13 - Bob: hi',
    '> 6/30/23, 16:13 - Bob: hi',
    '6/30-23, 16:13 - Bob: hi',
    '6/30/23, 4:13 XM - Bob: hi',
    '6/30/23, 14:13 AM - Bob: hi',
    '6/30/23',
    '',
    '[',
    '1',
    '2024. 1. 15. 오전 9:30, 홍길동 : 안녕',
    '2015년 7월 9일 오후 8:34, 이름 : 내용',
    `${'1'.repeat(100_000)}`,
  ])('%s', (line) => {
    expect(readLine(line)).toBeNull();
  });
});

test('a reader that knows a format reads it as one that does not', () => {
  const lines = [
    '6/30/23, 4:13 PM - A: x',
    '13/32/23, 4:13 PM - A: x',
    '7/1/23, 12:00 AM - B: y',
    '7/1/23, 13:00 - B: y',
    '٣٠/٦/٢٠٢٣, ٩:٢٥ م - C: z',
    '7/11/23, 9:00 AM - A: x',
  ];
  const reader = createHeaderReader();
  for (const line of lines) {
    const fresh = createHeaderReader();
    const known = reader.read(line);
    expect(known).toBe(fresh.read(line));
    if (known)
      expect({ ...reader.header, format: reader.header.format.scope }).toEqual({ ...fresh.header, format: fresh.header.format.scope });
  }
});

describe('dates as CLDR writes them, in the languages of WhatsApp', () => {
  const locales = (
    'en en-GB en-CA es es-MX es-CO de fr pt pt-PT it nl af ru uk pl cs sk hu ro bg mk sr hr sl sq el tr az kk uz fa ar ar-EG he ur hi bn mr gu pa ta te kn ml ' +
    'th lo id ms fil sw da nb sv fi et lt lv ca ja ko zh zh-TW zh-HK'
  ).split(' ');
  const at = new Date(Date.UTC(2018, 5, 23, 21, 25, 15));
  test.each(locales)('%s', (locale) => {
    for (const timeStyle of ['short', 'medium'] as const) {
      for (const hourCycle of ['h23', 'h12'] as const) {
        // Four digits of the year, since two of a Buddhist one cannot be told from ours.
        const options = {
          day: 'numeric',
          month: 'numeric',
          year: 'numeric',
          hour: 'numeric',
          minute: '2-digit',
          timeZone: 'UTC',
          hourCycle,
        } as const;
        const text = new Intl.DateTimeFormat(locale, timeStyle === 'short' ? options : { ...options, second: '2-digit' }).format(at);
        const line = timeStyle === 'short' ? `${text} - Bob: hi` : `[${text}] Bob: hi`;
        expect(readLine(line), line).toMatchObject({
          at: timeStyle === 'short' ? '2018-06-23T21:25:00' : '2018-06-23T21:25:15',
          rest: 'Bob: hi',
        });
      }
    }
  });
});

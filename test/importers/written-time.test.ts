import { describe, expect, it } from 'vitest';
import { surveyTimes, answeredWriting } from '../../src/importers/written-order';
import { parseWrittenTime, timeIn } from '../../src/importers/written-time';

/** The time of a text by what it says itself, as an ISO text. */
function read(text: string): string | null {
  const time = parseWrittenTime(text);
  const atMs = time && timeIn(time, surveyTimes([text]).writing);
  return time === null || atMs === null ? null : `${new Date(atMs).toISOString().slice(0, time.clock === 'second' ? 19 : 16)}`;
}

describe('a time is read in every language', () => {
  it.each([
    ['Sep 22, 2017 6:33 am', '2017-09-22T06:33'],
    ['Sep 22, 2017, 6:33 PM', '2017-09-22T18:33'],
    ['Sep 22, 2017 12:05:09 am', '2017-09-22T00:05:09'],
    ['Sep 22, 2017, 6:33\u202fPM', '2017-09-22T18:33'],
    ['Friday, September 22, 2017 6:33 PM', '2017-09-22T18:33'],
    ['22 de set. de 2017 06:33', '2017-09-22T06:33'],
    ['22 sept 2017, 6:33 p. m.', '2017-09-22T18:33'],
    ['22 sept. 2017, 06:33', '2017-09-22T06:33'],
    ['mar. 5 sept. 2017 à 18:33', '2017-09-05T18:33'],
    ['22. Sept. 2017 06:33', '2017-09-22T06:33'],
    ['22. syyskuuta 2017 klo 6.33', '2017-09-22T06:33'],
    ['22. sep. 2017 18.33.05', '2017-09-22T18:33:05'],
    ['2017. szept. 22. de. 6:33', '2017-09-22T06:33'],
    ['22 вер. 2017 р., 06:33', '2017-09-22T06:33'],
    ['22 Eyl 2017 06:33', '2017-09-22T06:33'],
    ['06:33 22 thg 9, 2017', '2017-09-22T06:33'],
    ['22 ก.ย. 2560 06:33', '2017-09-22T06:33'],
    ['2017年9月22日 上午6:33', '2017-09-22T06:33'],
    ['2017年9月22日下午6:33', '2017-09-22T18:33'],
    ['2017/9/22 18:33', '2017-09-22T18:33'],
    ['2017년 9월 22일 오후 6:33', '2017-09-22T18:33'],
    ['22 בספט׳ 2017, 6:33', '2017-09-22T06:33'],
    ['٢٢ سبتمبر ٢٠١٧ ٦:٣٣ م', '2017-09-22T18:33'],
    ['22-Sep-17 06:33 PM', '2017-09-22T18:33'],
    ['22.09.2017 06:33', '2017-09-22T06:33'],
    ['9/22/2017 6:33 PM', '2017-09-22T18:33'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each(['', 'Sep 22, 2017', '6:33', 'Sep 31, 2017 6:33 am', '22 Foo 2017 6:33', '1 2 3 4 6:33', 'Sep 22, 2017 25:33', 'x'.repeat(81)])(
    'not %s',
    (text) => {
      expect(read(text)).toBeNull();
    },
  );
});

describe('the times of a file together', () => {
  it('tell the day from the month where one is above twelve', () => {
    const { writing, question } = surveyTimes(['03/04/2017 6:33', '9/22/2017 6:33']);
    expect(writing.order).toBe('MDY');
    expect(question).toMatchObject({ id: 'date-order', guess: 'MDY', certain: true });
  });

  it('are in the order in which time runs one way', () => {
    // As DMY they are 1 Feb, 1 Mar, 2 Mar; as MDY 2 Jan, 3 Jan, 3 Feb: both run forth. As DMY 2 Feb, 1 Mar; as MDY 2 Feb, 3 Jan.
    expect(surveyTimes(['02/02/2017 1:00', '01/03/2017 1:00', '02/03/2017 1:00']).writing.order).toBe('DMY');
    const { question } = surveyTimes(['03/04/2017 6:33']);
    expect(question?.options).toEqual([
      { value: 'DMY', label: '2017-04-03' },
      { value: 'MDY', label: '2017-03-04' },
    ]);
    expect(question).toMatchObject({ guess: 'DMY', certain: false });
    expect(surveyTimes(['03/04/2017 6:33 PM']).writing.order).toBe('MDY');
    expect(answeredWriting(surveyTimes(['03/04/2017 6:33']), { 'date-order': 'MDY' }).order).toBe('MDY');
  });

  it('tell the language of a word that two languages use for two months', () => {
    const month = (texts: readonly string[]) => {
      const time = parseWrittenTime(texts[0] ?? '');
      return time && new Date(timeIn(time, surveyTimes(texts).writing) ?? NaN).getUTCMonth() + 1;
    };
    expect(month(['3. lis 2017. 6:33', '3. stu 2017. 6:33'])).toBe(10);
    expect(month(['3 lis 2017, 6:33', '3 wrz 2017, 6:33'])).toBe(11);
  });

  it('ask nothing where months are words', () => {
    expect(surveyTimes(['Sep 22, 2017 6:33 am']).question).toBeNull();
    expect(surveyTimes([]).question).toBeNull();
  });
});

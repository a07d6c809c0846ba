import { describe, expect, test } from 'vitest';
import { callingCodeOf, normaliseMail, normalisePhone } from '../../src/model/phone';

describe('phone numbers', () => {
  test.each([
    ['+86 138 0013 8000', null, '+8613800138000'],
    ['\u202a+86\u00a0138\u00a00013\u00a08000\u202c', null, '+8613800138000'],
    ['0086-138-0013-8000', null, '+8613800138000'],
    ['8613800138000', '86', '+8613800138000'],
    ['138 0013 8000', '86', '+8613800138000'],
    ['13800138000', null, '13800138000'],
    ['010-65529988', '86', '+861065529988'],
    ['+４４ (０)20 7946 0018', null, '+442079460018'],
    ['(415) 555-0100', '1', '+14155550100'],
    ['1-415-555-0100', '1', '+14155550100'],
    ['011 44 20 7946 0018', '1', '+442079460018'],
    ['8 (912) 345-67-89', '7', '+79123456789'],
    ['06 1234 5678', '39', '+390612345678'],
    ['90-1234-5678', '81', '+819012345678'],
    ['tel:+1-201-555-0123;ext=7', null, '+12015550123'],
    ['10086', '86', '10086'],
    ['Ada', '86', null],
    ['2024-01-02 10:00', '86', null],
    ['+1234567890123456', null, null],
    ['', '86', null],
  ])('%s with %s is %s', (text, code, number) => expect(normalisePhone(text, code)).toBe(number));

  test('calling codes have one to three digits', () => {
    expect(['+14155550100', '+8613800138000', '+358401234567', '+79123456789', '10086'].map(callingCodeOf)).toEqual([
      '1',
      '86',
      '358',
      '7',
      null,
    ]);
  });

  test('mail addresses', () => {
    expect([' MAILTO:Ada@Example.COM ', 'ada', 'a b@c'].map(normaliseMail)).toEqual(['ada@example.com', null, null]);
  });
});

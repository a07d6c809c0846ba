import { expect, test } from 'vitest';
import type { PersonId } from '../../../src/model/ids';
import { writeVcards } from '../../../src/ui/people/vcard';

const member = (number: string | null) => ({ id: 'a' as PersonId, name: 'x', source: 'whatsapp' as const, number });

test('a card has the name, the other names, numbers and addresses once, escaped, in lines of 75 bytes', () => {
  const long = '樟木箱'.repeat(12);
  const text = writeVcards([
    { name: 'Ida; B, \\ C', names: ['Ida; B, \\ C', '艾达,阿姨'], members: [member('tel:+4915112345678'), member('tel:+4915112345678'), member('mailto:ida@example.org'), member(null)] },
    { name: long, names: [long], members: [] },
  ]); // prettier-ignore
  const [byNumber = ''] = writeVcards([{ name: '+49 151', names: ['+49 151', 'Ida'], members: [] }]).match(/^FN:.*$/m) ?? [];
  expect(byNumber.trim()).toBe('FN:Ida');
  const [first = '', second = ''] = text.split('END:VCARD\r\n');
  expect(first.split('\r\n')).toEqual([
    'BEGIN:VCARD',
    'VERSION:3.0',
    'FN:Ida\\; B\\, \\\\ C',
    'N:;Ida\\; B\\, \\\\ C;;;',
    'NICKNAME:艾达\\,阿姨',
    'TEL;TYPE=CELL:+4915112345678',
    'EMAIL;TYPE=INTERNET:ida@example.org',
    '',
  ]);
  for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  expect(second.replaceAll('\r\n ', '')).toContain(`FN:${long}`);
});

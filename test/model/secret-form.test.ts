// What secrets look like, before any is tried.

import { describe, expect, test } from 'vitest';
import { plainSecret, secretFault, secretForms, takesFile, takesText } from '../../src/model/secret-form';

const digits = '12345 67890 12345 67890 12345 67890';
const hex = 'AB12 '.repeat(16);

describe('the form of a secret', () => {
  test.each([
    ['passphrase', '', 'too-short'],
    ['passphrase', ' x ', null],
    ['password', 'x', null],
    ['signal-passphrase', digits, null],
    ['signal-passphrase', digits.slice(1), 'too-short'],
    ['signal-passphrase', `${digits}1`, 'too-long'],
    ['signal-passphrase', `${digits.slice(1)}x`, 'letters'],
    ['whatsapp-key', hex, null],
    ['whatsapp-key', `${hex}0`, 'too-long'],
    ['whatsapp-key', `${hex.slice(5)}g123`, 'letters'],
    ['signal-recovery-key', 'M'.repeat(64), null],
    ['signal-recovery-key', `${'m'.repeat(63)}!`, 'letters'],
  ] as const)('%s %j: %j', (form, text, fault) => {
    expect(secretFault(form, text)).toBe(fault);
  });

  test('groups are joined where a secret has them; a passphrase stays as it was typed', () => {
    expect(plainSecret('whatsapp-key', 'AB12 cd-34\n')).toBe('ab12cd34');
    expect(plainSecret('passphrase', ' A b-c ')).toBe(' A b-c ');
  });

  test('each is given as text, as a file, or either', () => {
    for (const form of secretForms) expect(takesFile(form) || takesText(form)).toBe(true);
    expect([takesText('whatsapp-key-file'), takesFile('passphrase')]).toEqual([false, false]);
  });
});

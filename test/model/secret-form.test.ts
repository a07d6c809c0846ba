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
    ['database-key', '', 'too-short'],
    ['database-key', '15c11c8', null],
    ['database-key', '密 码 x', null],
    ['database-key', 'ab'.repeat(32), null],
    ['database-key', `x'${'ab'.repeat(32)}'`, null],
    ['database-key', `X'${'AB'.repeat(48)}'`, null],
    ['database-key', `x'${'ab'.repeat(32)}`, 'too-short'],
    ['database-key', "x'", 'too-short'],
    ['database-key', `x'${'ab'.repeat(31)}'`, 'too-short'],
    ['database-key', `x'${'ab'.repeat(49)}'`, 'too-long'],
    ['database-key', `x'${'ag'.repeat(32)}'`, 'letters'],
    ['database-key', `0x${'ab '.repeat(32)}`, null],
    ['database-key', `0x${'ab'.repeat(20)}`, 'too-short'],
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

// Choosing a passphrase: words that settings, backups and exports share.

import type { Text } from '../text';

export const enPassphrase = {
  'passphrase.next': 'New passphrase',
  'passphrase.again': 'New passphrase again',
  'passphrase.advice': 'At least {count} characters.',
  'passphrase.short': 'Too short: at least {count} characters.',
  'passphrase.weak': 'Easy to guess. Add words.',
  'passphrase.fair': 'Fair. One more word makes it strong.',
  'passphrase.strong': 'Strong.',
  'passphrase.differ': 'The two do not match.',
  'passphrase.show': 'Show what I type',
} as const satisfies Readonly<Record<string, Text>>;

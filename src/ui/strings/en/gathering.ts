// What belongs together and what was kept beside: contacts that name numbers, joined conversations, pieces that can be read
// again, kept originals. A chunk of its own, for the few moments when these are on the screen.

import type { Text } from '../text';

export const enGathering = {
  'question.country': 'Numbers without a country code are from',
  'fact.country': 'numbers of {value}',
  'contacts.words':
    'Contacts hold no messages. They give names to numbers: in what is already here, and in what you import later. The number stays visible beside the name.',
  'contacts.count': { one: '{count} number or address with a name', other: '{count} numbers and addresses with a name' },
  'contacts.preview': 'The first of them:',
  'contacts.notTaken': 'Pictures, birthdays and notes are not taken. Keep the file if you want them.',
  'contacts.result': {
    one: '{count} number or address has a name now',
    other: '{count} numbers and addresses have a name now',
  },
  'contacts.named': 'Names given',
  'contacts.chooseCountry': 'Choose a country',
} as const satisfies Record<string, Text>;

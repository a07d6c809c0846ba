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
  'join.menu': 'Join with another conversation…',
  'join.separate': 'Separate again',
  'join.title': 'Join with another conversation',
  'join.words':
    'Two archives of one conversation become one on the screen: {name} keeps its name, and a message that both have is shown once, in its fuller form. Both stay as they are beneath, so you can separate them again.',
  'join.find': 'Find a conversation',
  'join.none': 'No other conversation is called that.',
  'join.choose': 'Conversations',
  'join.comparing': 'Comparing with {name}…',
  'join.same': { one: '{count} message the same', other: '{count} messages the same' },
  'join.onlyHere': { one: '{count} only in {name}', other: '{count} only in {name}' },
  'join.noneSame': 'They have no message in common. Join them only if you are sure that this is one conversation.',
  'join.shift': 'Their clocks differ by {shift} h. The times of {name} are shown put right.',
  'join.another': 'Choose another',
  'join.now': 'Join',
  'join.joining': 'Joining…',
  'join.done': 'Joined. “Separate again” in the menu undoes it.',
  'join.with': 'Joined with',
  'separate.title': 'Separate again',
  'separate.words': '{name} and what was joined to it are shown apart again, each exactly as it was:',
  'separate.now': 'Separate',
  'separate.done': 'Separated.',
  'original.keep': 'Keep the original archive too, sealed ({size})',
  'original.keepWords': 'Byte for byte, to save it again or read it anew later. What you see does not need it.',
  'original.backUp': 'Let it travel in backups',
  'original.title': 'The original archive',
  'original.words': 'Kept byte for byte, sealed on this device: {size}.',
  'original.elsewhere': 'not on this device',
  'original.drop': 'Remove the original',
  'original.dropWords': 'The original ({size}) is removed from this device and from later backups. Messages and media stay.',
  'original.dropped': 'The original was removed. Messages and media stay.',
  'original.more': { one: 'and {count} more file', other: 'and {count} more files' },
} as const satisfies Record<string, Text>;

// Choosing an archive, and an import on its way, as the frame shows them.

import type { Text } from '../text';

export const enFirst = {
  'first.sentence': 'Bring in the chats that WhatsApp, Telegram and other apps export. Read and search all of them here, offline.',
  'first.drop': 'Drop an exported chat, ZIP or folder anywhere in this window.',
  'first.choose': 'Choose an exported chat, ZIP or folder.',
  'first.demo': 'Try it with an invented archive',
  'first.how': 'How do I get my archive?',
  'first.restore': 'Restore from a backup',
  'first.honest':
    'Everything stays in this browser on this device. Nothing is uploaded; there is no account and no server. Clearing this site’s data in the browser deletes it.',
  'import.chooseFiles': 'Choose files',
  'import.chooseFolder': 'Choose a folder',
  'import.dropHere': 'Drop it here. Nothing is kept before you have seen what it is.',
  'import.oneAtATime': 'An import is under way. Wait until it is done, or cancel it first.',
  'import.left': 'About {time} left',
  'import.pill.idle': 'Import',
  'import.pill.planning': 'Looking at an archive',
  'import.pill.planned': 'An archive waits for your choice',
  'import.pill.running': 'Importing',
  'import.pill.done': 'The import is done',
  'import.pill.failed': 'The import stopped',
  'stage.opening': 'Opening the archive',
  'stage.scanning': 'Looking at what it is',
  'stage.reading': 'Reading messages',
  'stage.matching': 'Comparing with what is here',
  'stage.media': 'Taking in media',
  'stage.committing': 'Keeping it',
  'stage.verifying': 'Checking',
  'stage.sealing': 'Sealing',
  'stage.deriving': 'Deriving the key',
  'plan.conversations': { one: '{count} conversation', other: '{count} conversations' },
  'plan.unnamed': 'Without a name',
  'plan.andMore': { one: 'and {count} more', other: 'and {count} more' },
} as const satisfies Record<string, Text>;

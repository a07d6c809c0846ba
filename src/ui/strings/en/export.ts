import type { Text } from '../text';

/** Words of the single-file export. */
export const enExport = {
  'export.title': 'One encrypted file',
  'export.words':
    'The whole archive, all messages and media, in one encrypted file to keep wherever you like. This app reads it back, and so does the free program age on any computer, without us.',
  'export.lock': 'Locked with',
  'export.lock.passphrase': 'Passphrase',
  'export.lock.recipient': 'age key',
  'export.recipient': 'Recipient (age1…)',
  'export.recipientHint': 'The public half of your age key. Only who has the other half opens the file.',
  'export.noReset': 'No one can reset it, not even us. Without the passphrase the file is lost.',
  'export.about': 'The file will have about {size}.',
  'export.aboutInside':
    'The file will have about {size}. It is made inside of this browser first, which has room for {free}, and then downloaded.',
  'export.tight': 'There may be too little room. It is measured before anything is written.',
  'export.choose': 'Choose where to save',
  'export.make': 'Make the file',
  'export.stage.scanning': 'Measuring…',
  'export.stage.sealing': 'Writing and encrypting…',
  'export.stage.verifying': 'Reading back what was written…',
  'export.progress': '{done} of {size}',
  'export.done': 'Written, and read back whole.',
  'export.file': 'File',
  'export.leftOut': {
    one: '{count} picture or other file is not in it: its bytes are not on this device.',
    other: '{count} pictures or other files are not in it: their bytes are not on this device.',
  },
  'export.opens': 'To bring it back, drop it on this app. Without this app, on any computer with age:',
  'export.command.passphrase': 'age -d {file} > {zip}',
  'export.command.recipient': 'age -d -i key.txt {file} > {zip}',
  'export.inside': 'A copy of it is inside of this browser, encrypted, until you say that the download is there.',
  'export.saveAgain': 'Download again',
  'export.saved': 'It is there: remove the copy',
  'export.noRoom':
    'The file needs {size}, and the browser has room for {free}. Nothing was written. Make room, or use a browser that saves straight to a folder, such as Chrome or Edge on a computer.',
  'export.noRoomFor':
    'The file needs {size}, and the browser has no room for that. Nothing was written. Make room, or use a browser that saves straight to a folder, such as Chrome or Edge on a computer.',
  'export.notWhole':
    'What was read back is not what was written, so this file is not to be relied on. Your archive here is unharmed. Try another place or disk.',
  'export.again': 'Back',
} as const satisfies Record<string, Text>;

// Having the app on the device, where that can be done.

import type { Text } from '../text';

export const enInstall = {
  'install.title': 'Keep Camphor at hand',
  'install.why': 'As an app it has a window of its own, opens without a network, and the browser is less likely to clear what it keeps.',
  'install.now': 'Install as an app',
  'install.done': 'Installed. You find it among your apps.',
  'install.ios.title': 'On an iPhone or iPad: to the Home Screen first',
  'install.ios.why':
    'Safari clears what a website keeps when you have not opened it for seven days. An app on the Home Screen is left alone. It begins empty, with room of its own: add it before you import.',
  'install.ios.share': 'Tap the share button: a square with an arrow pointing up.',
  'install.ios.add': 'Choose “Add to Home Screen”, then “Add”.',
  'install.ios.open': 'Open Camphor from the Home Screen, and import there.',
  'install.kept': 'The browser has agreed to keep what is here.',
  'install.notKept': 'The browser may clear what is here when the disk is full. Keep your original archives, and make a backup.',
  'install.backUp': 'Set up a backup',
} as const satisfies Record<string, Text>;

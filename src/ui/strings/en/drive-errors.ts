// What went wrong with a drive or with the backup on it: what happened, what is safe, what to do.

import type { Text } from '../text';

export const enDriveErrors = {
  'error.no-repository':
    'There is no backup at this place. Nothing was changed. Check the address and the folder, or set up a new backup there.',
  'error.repository-exists':
    'There is a backup at this place already. It was not touched. Open it with its passphrase, or choose an empty folder.',
  'error.repository-damaged':
    'A part of the backup on the drive is damaged. What is kept here is untouched. Check the drive to see what is whole and what can be repaired.',
  'error.newer-repository':
    'The backup on the drive is written in a newer format than this app knows. It was not touched. Update Camphor and try again.',
  'error.repository-read-only':
    'Another program has added to this backup what Camphor does not know, so it is read here and not changed. Nothing was written. Give Camphor’s backups a folder of their own.',
  'error.repository-locked':
    'Another device or program is at work in this backup. Nothing was changed. Wait until it is done; what a crash left behind lets go after half an hour.',
  'error.lock-lost':
    'The drive was out of reach for so long that this backup lost its turn. Earlier backups are untouched, and what was sent is not sent again. Start it once more.',
  'error.snapshot-missing':
    'This snapshot is no longer on the drive; another device or program may have removed it. All else is untouched. Choose another one.',
  'error.listing-suspect':
    'The drive did not list all of its files, so nothing was removed. What is on it is untouched. Run the connection doctor to see how far its lists go.',
  'error.snapshots-vanished':
    'Snapshots that this device had seen on the drive are gone. What is kept here is untouched, and nothing is removed from the drive meanwhile. If it was not you, check who else can reach the drive.',
  'error.vault-shrank':
    'There is much less on this device than in the last backup. Nothing was sent. If that is what you want, confirm it; if not, restore first.',
  'error.secret-costs-too-much':
    'Opening this key asks for more memory than a browser has. Nothing was changed. Use another passphrase or the recovery words.',
  'error.secret-malformed':
    'The recovery words or the key file are incomplete, or something in them is mistyped. Nothing was changed. Compare each word with your copy, or choose the file again.',
  'error.drive-unreachable':
    'The drive does not answer. Earlier backups are untouched. Check the connection and the address; the server must also allow this page to reach it, which the connection doctor can tell.',
  'error.drive-busy': 'The drive asks to wait. What was sent stays there and is not sent again. Go on a little later.',
  'error.drive-failed':
    'The drive answered with a fault of its own. Earlier backups are untouched. Try again later; if it stays so, its log says more.',
  'error.drive-damaged':
    'What came from the drive was cut short, or was another page. It was not used, and earlier backups are untouched. Try again; a network that asks to sign in can be the cause.',
  'error.drive-unauthorised':
    'The drive does not accept these credentials. Nothing was changed, and earlier backups are untouched. Enter them again.',
  'error.drive-signed-out': 'The sign-in at the drive has ended. Earlier backups are untouched. Sign in again on the page of this drive.',
  'error.sign-in-refused': 'You did not allow it. Nothing was changed. Sign in again if that was not meant.',
  'error.sign-in-failed':
    'The sign-in did not come through. Nothing was changed. Try again; if it stays so, the client id or the return address is not registered as it stands here.',
  'error.drive-read-only':
    'The drive does not allow writing. Earlier backups are untouched. Give this account the right to write, or choose another folder.',
  'error.drive-full': 'The drive is full. Your earlier backups are untouched. Free some space, or keep fewer snapshots.',
  'error.drive-too-large':
    'The drive refuses files of this size. Your earlier backups are untouched. Raise the limit of the server, or choose another drive.',
  'error.drive-missing': 'A file is no longer on the drive. All else is untouched. Check the drive to see what can be repaired.',
  'error.drive-exists': 'The drive holds a file of this name already. It was not overwritten. Try again.',
  'error.drive-redirected':
    'The drive pointed to another address. Your credentials were not sent there. If you trust that address, enter it yourself.',
  'error.drive-permission': 'The browser no longer lets Camphor into the folder. What is in it is untouched. Allow it again.',
} as const satisfies Record<string, Text>;

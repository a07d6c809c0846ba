// What went wrong: what happened, what is safe, what to do.

import type { Text } from '../text';

export const enErrors = {
  'trouble.evicted': 'Part of what was kept here is gone',
  'trouble.evicted.words':
    'The browser, or a cleaning tool, deleted part of it. What is left cannot be shown as a whole. Your original archives are untouched: forget what is left here, and import them again.',
  'trouble.damaged': 'What is kept here cannot be opened',
  'trouble.damaged.words':
    'The catalogue does not pass its check. Nothing was changed. Try again first; if it stays so, forget what is here and import your original archives again.',
  'trouble.newer': 'What is kept here needs a newer version',
  'trouble.newer.words':
    'It was written by a newer version of Camphor, which this one cannot read. Nothing was changed. Reload to get the newer version; where you host Camphor yourself, update it.',
  'trouble.again': 'Try again',
  'error.unrecognised-archive':
    'None of these files looks like a chat export that Camphor knows. They were not changed, and nothing was kept. Choose the file or folder that the app exported.',
  'error.archive-unreadable': 'The file could not be read. It may have been moved or changed meanwhile. Nothing was kept. Choose it again.',
  'error.archive-limit': 'The archive goes beyond a limit of what is read at once. Nothing was kept. Import it in parts.',
  'error.folder-unreadable': 'A folder could not be read. Nothing was kept. Check that you may open it, and choose it again.',
  'error.wrong-secret': 'The passphrase does not match. Nothing was changed. Check capitals and keyboard language, and try again.',
  'error.damaged': 'A piece of what is kept here is damaged. All else is safe. Run the check in the settings to see which.',
  'error.tampered': 'A piece of what is kept here is not what was sealed. It is not shown. Run the check in the settings.',
  'error.unsupported-version':
    'This was written in a version of the format that this app does not know. It was not changed. Update Camphor and try again.',
  'error.newer-vault': 'What is kept here was written by a newer version. It can be read, not changed. Reload to get the newer app.',
  'error.vault-damaged':
    'The catalogue of what is kept here does not pass its check. Nothing was changed. Reload; if it stays so, import your archives again.',
  'error.vault-evicted': 'The browser deleted part of what was kept here. Your original archives are untouched. Import them again.',
  'error.locked': 'Camphor is locked. Nothing was changed. Unlock it and try again.',
  'error.storage-full':
    'There is not enough room in this browser. What was here before is untouched, and nothing half-done was kept. Free some space, or import without media.',
  'error.storage-failed': 'The browser could not write. What was here before is untouched. Close other tabs of this app and try again.',
  'error.storage-unavailable':
    'This browser does not let the app keep data, perhaps because of a private window. Nothing was kept. Open it in a normal window.',
  'error.busy': 'Another tab is writing. Nothing was changed. Wait until it is done, and try again.',
  'error.changed-meanwhile': 'Something was changed in another tab meanwhile. Nothing of this attempt was kept. Try again.',
  'error.cancelled': 'Cancelled. Nothing of it was kept.',
  'error.secret-too-weak':
    'The passphrase is too short or too simple. Nothing was changed. Use at least ten characters, better several words.',
  'error.no-randomness': 'The browser gives no random numbers, so nothing can be sealed safely. Nothing was kept. Use another browser.',
  'error.insecure-origin':
    'This address is not secure, so the browser refuses encryption. Nothing was kept. Open Camphor by https or on localhost.',
  'error.offline': 'There is no connection. What is kept here works without one. Try again when you are online.',
  'error.not-found': 'This is no longer here. It may have been removed in another tab.',
  'error.unexpected':
    'An operation stopped for a reason that Camphor does not know. What is kept here was not changed by it. Try again; if it happens twice, copy the report and send it to us: it holds no message, name or key.',
  'problem.not-understood': 'Not understood',
  'problem.ends-early': 'The file ends in the middle',
  'problem.line-too-long': 'A line is longer than any message',
  'problem.piece-too-large': 'A piece is too large to be read',
  'problem.depth-limit': 'Nested too deeply',
  'problem.bad-encoding': 'Letters in an unknown encoding',
  'problem.bad-time': 'The time cannot be right',
  'problem.bad-json': 'Not valid JSON',
  'problem.duplicate-id': 'Two messages with one id',
  'problem.entry-damaged': 'A file in the archive is damaged',
  'problem.entry-unsafe': 'A file in the archive has an unsafe name',
  'problem.entry-encrypted': 'A file in the archive is encrypted',
  'problem.zip-salvaged': 'The ZIP had no directory; its files were found one by one',
  'problem.media-missing': 'A media file is named but missing',
  'problem.media-damaged': 'A media file is damaged',
  'problem.media-too-large': 'A media file is too large',
  'problem.run-cut': 'Equal messages where two exports were cut; how many there were is not certain',
  'problem.clock-shifted': 'The clock is shifted against another archive',
  'problem.unknown-kind': 'A kind of message that is not known yet, kept raw',
  'problem.limit-reached': 'A limit was reached; the rest was counted, not listed',
  'problem.ambiguous-merge': 'Could belong to more than one message; kept apart',
} as const satisfies Record<string, Text>;

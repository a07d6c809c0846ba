// The mark on the app's icon that a backup is due, while the app is closed: what the page leaves for the service worker to find.

/** Of the periodic background sync. */
export const overdueTag = 'camphor-backup-due';
/** The one cache that is not the app's files: it holds the date alone. */
export const overdueCache = 'camphor-backup-due';
/** Under which the date lies there, in ms, as text. */
export const overdueEntry = './backup-due';

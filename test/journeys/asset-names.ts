// Names of the app's files end in a hash of eight letters, which now and then spells a name that a test looks for.

/** The text with such names without their hashes. */
export const withoutHashes = (text: string): string => text.replaceAll(/-[\w-]{8}(?=\.(?:js|css|wasm)\b)/g, '');

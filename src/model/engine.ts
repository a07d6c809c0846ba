// Of which engine this is, where only that tells which way is fast; what an engine can do is asked for by what it has.

/** Chromium's, in a page or in a worker. */
export const isChromium = typeof navigator !== 'undefined' && 'userAgentData' in navigator;

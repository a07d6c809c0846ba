// Where Chromium is, and the flags that every test starts it with (as root, on a machine without a GPU or network).
import { existsSync } from 'node:fs';

export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** Path of Chromium or Chrome: $CHROMIUM, else the usual places. Throws naming the package that is missing. */
export function findChromium(): string {
  const found = [process.env['CHROMIUM'], ...places].find((path) => path !== undefined && existsSync(path));
  if (found === undefined)
    throw new Error('Chromium is missing: install the Debian package "chromium", or set CHROMIUM to a Chrome or Chromium binary.');
  return found;
}

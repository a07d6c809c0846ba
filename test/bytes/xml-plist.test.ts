// Property lists in XML, written by hand after the document type.

import { expect, test } from 'vitest';
import { readPlist } from '../../src/bytes/xml-plist';

const written = (
  body: string,
  type = '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
) => new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${type}\n<plist version="1.0">${body}</plist>\n`);

test('reads every kind of value', () => {
  const body = `<dict><key>text</key><string>妈妈 &amp; me</string><key>empty</key><string></string><key>on</key><true/><key>off</key><false/>
    <key>count</key><integer>-7</integer><key>share</key><real>0.5</real><key>at</key><date>2001-01-02T00:00:00Z</date>
    <key>bytes</key><data>
      AQID
      BA==</data><key>list</key><array><integer>1</integer><array/><dict><key>a</key><string>b</string></dict></array></dict>`;
  expect(readPlist(written(body))).toEqual(
    new Map<string, unknown>([
      ['text', '妈妈 & me'],
      ['empty', ''],
      ['on', true],
      ['off', false],
      ['count', -7],
      ['share', 0.5],
      ['at', { atMs: Date.UTC(2001, 0, 2) }],
      ['bytes', Uint8Array.of(1, 2, 3, 4)],
      ['list', [1, [], new Map([['a', 'b']])]],
    ]),
  );
});

test('gives null for what is none, is cut short, or declares entities', () => {
  expect(readPlist(written('<string>&x;</string>', '<!DOCTYPE plist [<!ENTITY x "xx">]>'))).toBeNull();
  expect(readPlist(written('<dict><key>a</key>').subarray(0, -12))).toBeNull();
  expect(readPlist(new TextEncoder().encode('no list'))).toBeNull();
  expect(readPlist(new Uint8Array())).toBeNull();
  expect(readPlist(written('<array>'.repeat(100) + '</array>'.repeat(100)))).toBeNull();
});

// Files that an importer must leave to others: the invented samples of the other importers, and beginnings of formats that
// look a little like chats.

import { existsSync, readdirSync } from 'node:fs';
import type { Importer } from '../../src/importers/importer';
import { sourceApps } from '../../src/model/source';
import { ownSamplePath, sampleAt, sampleOf, type ConformanceSample } from './samples';

/** By path; one that is named after a source is a sample of that source. */
const texts: Readonly<Record<string, string>> = {
  'line.txt': '[LINE] Chat history with John\nSaved on: 2021/01/02 10:00\n\n2020/12/31(Thu)\n10:00\tJohn\tHello\n10:01\tMe\tHi\n',
  'kakaotalk-ios.txt': '2024. 1. 15. 오전 9:30, 홍길동 : 안녕\n2024. 1. 15. 오전 9:31, 김철수 : 그래\n',
  'kakaotalk-android.txt': '2015년 7월 9일 오후 8:34, 이름 : 내용\n2015년 7월 9일 오후 8:35, 이름님이 나갔습니다.\n',
  'signal.txt': '[2019-12-24, 12:23] Jane Doe: Hello John!\n[2020-01-17, 21:49] John Doe: Hello\nJane!\n',
  'discord.txt': '[06/30/2023 4:13 PM] bob\nhello\n\n[06/30/2023 4:14 PM] ann\nhi: there\n',
  'irc.log': '[12:30:01] <bob> hello\n[12:30:09] <ann> hi\n',
  'wechat.txt': '测试乙 (2024-01-01 08:00:00):明天九点见\n测试甲 (2024-01-01 08:01:00):好的\n',
  'qq.txt': '2024-01-01 08:00:00 乙(10001)\n明天九点见\n\n2024-01-01 08:01:00 甲(10002)\n好\n',
  'python.log': '2024-01-15 09:30:15,123 - root - INFO - started: yes\n',
  'notes.txt': 'Shopping\n1/2 litre of milk\n[x] 3 eggs\n12.05. call Bob: ask for the key\n',
  'empty.txt': '',
  'blank.txt': '\ufeff\n\n',
  'kakaotalk.csv': 'Date,User,Message\n2015-07-09 20:34:26,"user","msg"\n',
  'table.csv': 'Date,User,Message\n2015,"user","no time of day"\n',
  'page.html': '<!DOCTYPE html><title>Chat</title><p>6/30/23, 16:13 - Bob: hi</p>\n',
  'package.json': '{"name":"x","version":"1.0.0","messages":[],"chats":{"list":[]}}',
  'array.json': '[{"id":1,"text":"hello"}]',
  'scalar.json': 'null',
  'lines.jsonl': '{"a":1}\n{"_type":"message"}\n',
};

const bytes: Readonly<Record<string, Uint8Array>> = {
  'picture.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13),
  'nothing.zip': Uint8Array.of(0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0)),
  'database.db': new TextEncoder().encode('SQLite format 3\0'.padEnd(4096, '\0')),
};

/** All of them but the importer's own. An importer's invented samples lie in test/samples, in a folder named after its source. */
export function foreignSamples(importer: Importer): ConformanceSample[] {
  const made = Object.entries({ ...texts, ...bytes })
    .filter(([path]) => !path.startsWith(importer.source))
    .map(([path, content]) => sampleOf(path, { [path]: content }));
  const others = sourceApps.filter((source) => source !== importer.source && existsSync(ownSamplePath(source)));
  const found = others.flatMap((source) => readdirSync(ownSamplePath(source)).map((name) => sampleAt(ownSamplePath(`${source}/${name}`))));
  return [...made, ...found];
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CamphorError } from '../../src/model/error';
import { messageKinds } from '../../src/model/record';
import type { QueryNode } from '../../src/search/query';
import { parseQuery } from '../../src/search/query';
import { anyText } from './texts';

const nowMs = Date.UTC(2024, 4, 10, 12);
const parse = (query: string, zone = 'UTC') => parseQuery(query, { zone, nowMs });

/** A node in a few words. */
function show(node: QueryNode | null): string {
  if (node === null) return 'nothing';
  switch (node.is) {
    case 'all':
    case 'any':
      return `${node.is}(${node.nodes.map(show).join(' ')})`;
    case 'not':
      return `not(${show(node.node)})`;
    case 'text':
      return `"${node.text}"`;
    case 'regex':
      return node.over === 'raw' ? `/${node.regex.source}/` : `~${node.regex.source}~`;
    case 'larger':
      return `larger=${node.sizeBytes}`;
    case 'from':
    case 'in':
      return `${node.is}=${node.name}`;
    case 'app':
      return `app=${node.apps.join('+')}`;
    case 'time':
      return `time=${[node.fromMs, node.toMs].map((ms) => (Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 16) : '')).join('..')}`;
    case 'kind':
      return `kind=${[...node.kinds].map((kind) => messageKinds[kind]).join('+')}`;
    case 'feature':
      return `feature=${node.feature}`;
    case 'marked':
      return `marked=${node.by}`;
    case 'tag':
      return `tag=${node.name}`;
  }
}

describe('the query language', () => {
  test.each([
    ['', 'nothing'],
    ['   ', 'nothing'],
    ['Hello', '"hello"'],
    ['火鍋', '"火锅"'],
    ['red  wine', 'all("red" "wine")'],
    ['"red wine" now', 'all("red wine" "now")'],
    ['“紅酒”', '"红酒"'],
    ['"unfinished phr', '"unfinished phr"'],
    ['""', 'nothing'],
    ['-red wine', 'all(not("red") "wine")'],
    ['-"red wine"', 'not("red wine")'],
    ['- -- a-b', 'all("-" "--" "a-b")'],
    ['red OR white wine', 'any("red" all("white" "wine"))'],
    ['红酒 或 白酒 | 米酒', 'any("红酒" "白酒" "米酒")'],
    ['(red OR white) wine', 'all(any("red" "white") "wine")'],
    ['-(red OR white)', 'not(any("red" "white"))'],
    ['(red OR (white', 'any("red" "white")'],
    ['OR red OR', '"red"'],
    ['oracle or ORB', 'all("oracle" "or" "orb")'],
    [':) wine)', 'all(":)" "wine)")'],
    ['/\\d+ ?kg/', '/\\d+ ?kg/'],
    ['/a/b/ and/or /x', 'all("/a/b/" "and/or" "/x")'],
    ['/[/]/', '/[/]/'],
    ['from:Anna', 'from=Anna'],
    ['From:"Anna Lee" wine', 'all(from=Anna Lee "wine")'],
    ['来自：妈妈 在:家', 'all(from=妈妈 in=家)'],
    ['from: in:', 'nothing'],
    ['-from:Anna', 'not(from=Anna)'],
    ['app:微信', 'app=wechat'],
    ['app:tele', 'app=telegram'],
    ['app:none', 'app='],
    ['before:2024', 'time=..2024-01-01T00:00'],
    ['after:2024-05', 'time=2024-06-01T00:00..'],
    ['on:2024-05-01', 'time=2024-05-01T00:00..2024-05-02T00:00'],
    ['日期:2024年5月1日', 'time=2024-05-01T00:00..2024-05-02T00:00'],
    ['之前：2024/5', 'time=..2024-05-01T00:00'],
    ['on:today', 'time=2024-05-10T00:00..2024-05-11T00:00'],
    ['on:昨天', 'time=2024-05-09T00:00..2024-05-10T00:00'],
    ['during:2024-05', 'time=2024-05-01T00:00..2024-06-01T00:00'],
    ['during:"last summer"', 'time=2023-06-01T00:00..2023-09-01T00:00'],
    ['during:去年夏天', 'time=2023-06-01T00:00..2023-09-01T00:00'],
    ['during:winter-2022', 'time=2022-12-01T00:00..2023-03-01T00:00'],
    ['during:lastweek', 'time=2024-04-29T00:00..2024-05-06T00:00'],
    ['期间：上週', 'time=2024-04-29T00:00..2024-05-06T00:00'],
    ['during:this-week', 'time=2024-05-06T00:00..2024-05-13T00:00'],
    ['during:上個月', 'time=2024-04-01T00:00..2024-05-01T00:00'],
    ['during:今年', 'time=2024-01-01T00:00..2025-01-01T00:00'],
    ['during:前年', 'time=2022-01-01T00:00..2023-01-01T00:00'],
    ['on:"3 days ago"', 'time=2024-05-07T00:00..2024-05-08T00:00'],
    ['on:三天前', 'time=2024-05-07T00:00..2024-05-08T00:00'],
    ['on:2周前', 'time=2024-04-22T00:00..2024-04-29T00:00'],
    ['on:"a month ago"', 'time=2024-04-01T00:00..2024-05-01T00:00'],
    ['during:last-7-days', 'time=2024-05-04T00:00..2024-05-11T00:00'],
    ['during:最近3个月', 'time=2024-02-11T00:00..2024-05-11T00:00'],
    ['on:friday', 'time=2024-05-10T00:00..2024-05-11T00:00'],
    ['on:周一', 'time=2024-05-06T00:00..2024-05-07T00:00'],
    ['on:sat', 'time=2024-05-04T00:00..2024-05-05T00:00'],
    ['on:"May 2023"', 'time=2023-05-01T00:00..2023-06-01T00:00'],
    ['on:2023may', 'time=2023-05-01T00:00..2023-06-01T00:00'],
    ['on:june', 'time=2023-06-01T00:00..2023-07-01T00:00'],
    ['on:去年6月', 'time=2023-06-01T00:00..2023-07-01T00:00'],
    ['on:13月', 'any()'],
    ['during:2023..2024-02', 'time=2023-01-01T00:00..2024-03-01T00:00'],
    ['during:..2024.2.1', 'time=..2024-02-02T00:00'],
    ['during:yesterday…', 'time=2024-05-09T00:00..'],
    ['after:2022..2023', 'time=2024-01-01T00:00..'],
    ['during:2024..2023', 'any()'],
    ['during:..', 'any()'],
    ['larger:5MB 大于：500k', 'all(larger=5000000 larger=500000)'],
    ['larger:1.5GiB larger:big', 'all(larger=1610612736 any())'],
    ['wine* w?ne *', 'all(~wine*~ ~w?ne~ "*")'],
    ['ca*? ?at', 'all("ca*?" "?at")'],
    ['why? ?? 10*x "wine*" a?b=1', 'all("why?" "??" ~10*x~ "wine*" "a?b=1")'],
    ['on:2024-02-30', 'any()'],
    ['before:soon', 'any()'],
    ['has:image', 'any(kind=image)'],
    ['has:图片', 'any(kind=image)'],
    ['has:link', 'any(kind=link "http://" "https://" "www.")'],
    ['has:reply', 'any(feature=reply)'],
    ['has:edit has:撤回', 'all(any(feature=edit) any(feature=deletion))'],
    ['has:nothing', 'any()'],
    ['type:voice', 'kind=voice'],
    ['类型:系统', 'kind=system'],
    ['http://example.org 10:30', 'all("http://example.org" "10:30")'],
  ])('%s', (query, expected) => {
    expect(show(parse(query).node)).toBe(expected);
  });

  test('dates are those of the zone', () => {
    expect(show(parse('on:2024-05-01', 'Asia/Shanghai').node)).toBe('time=2024-04-30T16:00..2024-05-01T16:00');
    expect(show(parse('on:2024-03-10', 'America/New_York').node)).toBe('time=2024-03-10T05:00..2024-03-11T04:00');
  });

  test('a query of nothing but words is looked for in names too', () => {
    expect(parse('Anna Lee').plainWords).toBe('Anna Lee');
    expect(parse('"Anna Lee"').plainWords).toBe('Anna Lee');
    for (const query of ['', 'from:Anna', '-Anna', 'Anna OR Lee', '/Anna/']) expect(parse(query).plainWords).toBeNull();
  });

  test('an expression that cannot be read is an error with its place', () => {
    expect(() => parse('x /(a/')).toThrow(expect.objectContaining({ code: 'query-invalid', facts: { position: 3 } }));
    expect(() => parse('/(x{1000}){1000}/')).toThrow(expect.objectContaining({ code: 'query-too-slow' }));
  });

  test('nothing else is ever thrown', () => {
    const word = fc.constantFrom(
      '-',
      '(',
      ')',
      '"',
      '/',
      'OR',
      '或',
      ' ',
      'from:',
      '之前：',
      'on:',
      'has:',
      '2024-',
      '[',
      '\\',
      '{2,}',
      'a',
      '火',
    );
    const query = fc.oneof(
      anyText,
      fc.array(fc.oneof(word, anyText), { maxLength: 15 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(query, (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(CamphorError);
          expect(['query-invalid', 'query-too-slow']).toContain((error as CamphorError).code);
          expect(text).toContain('/');
        }
      }),
      { numRuns: 3000 },
    );
    expect(() => parse('('.repeat(5000))).not.toThrow();
    expect(() => parse('-'.repeat(5000))).not.toThrow();
    expect(() => parse(`-${'(-'.repeat(2000)}`)).not.toThrow();
  });
});

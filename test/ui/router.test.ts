import { describe, expect, test } from 'vitest';
import type { ConversationId } from '../../src/model/ids';
import { formatRoute, parseRoute } from '../../src/ui/router';

describe('routes', () => {
  test.each([
    '#/',
    '#/c/ab12',
    '#/c/ab12/40',
    '#/search',
    '#/import',
    '#/receipts',
    '#/receipts/r1',
    '#/settings',
    '#/backup',
    '#/backup/new',
    '#/backup/restore',
    '#/backup/d1',
    '#/backup/d1/keys',
    '#/backup/d1/snapshot/5a01',
  ])('%s is read and written the same', (hash) => expect(formatRoute(parseRoute(hash))).toBe(hash));
  test.each(['', '#', '#/nowhere', '#/c/', '#/c/%E0%A4%A', '#/constructor/__proto__'])('%j is home', (hash) =>
    expect(parseRoute(hash)).toEqual({ screen: 'home' }),
  );
  test('a foreign number is no place', () => {
    expect(parseRoute('#/c/x/-1')).toEqual({ screen: 'conversation', id: 'x', seq: null });
    expect(parseRoute('#/c/x/1e9')).toEqual({ screen: 'conversation', id: 'x', seq: null });
  });
  test('an unknown page of a drive is the drive, a snapshot without id the history', () => {
    expect(formatRoute(parseRoute('#/backup/d1/constructor'))).toBe('#/backup/d1');
    expect(formatRoute(parseRoute('#/backup/d1/home'))).toBe('#/backup/d1');
    expect(formatRoute(parseRoute('#/backup/d1/snapshot'))).toBe('#/backup/d1/history');
  });
  test('ids are escaped', () => {
    const route = { screen: 'conversation', id: 'a/b?c' as ConversationId, seq: null } as const;
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });
});

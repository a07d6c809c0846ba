// Large buffers are gone at once, small ones stay; engines that cannot do it leave all to the collector.
import { expect, test } from 'vitest';
import { freeBytes } from '../../src/bytes/free-bytes';

test('a large buffer is empty for all its views, a small one is as it was', () => {
  const large = new Uint8Array(64 * 1024);
  const view = large.subarray(10);
  freeBytes(view);
  expect([large.length, view.length]).toEqual([0, 0]);
  const small = new Uint8Array(64 * 1024 - 1);
  freeBytes(small);
  expect(small.length).toBe(64 * 1024 - 1);
});

test('what cannot be given away stays', () => {
  const bytes = new Uint8Array(64 * 1024);
  Object.defineProperty(bytes.buffer, 'transfer', { value: undefined });
  freeBytes(bytes);
  expect(bytes.length).toBe(64 * 1024);
});

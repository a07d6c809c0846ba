// Large buffers are gone at once, small ones stay. That their memory is gone too, in an engine: free-bytes.browser.test.ts.
import { expect, test } from 'vitest';
import { freeBytes } from '../../src/model/free-bytes';

test('a large buffer is empty for all its views, a small one is as it was', () => {
  const large = new Uint8Array(64 * 1024);
  const view = large.subarray(10);
  freeBytes(view);
  expect([large.length, view.length]).toEqual([0, 0]);
  freeBytes(view);
  const small = new Uint8Array(64 * 1024 - 1);
  freeBytes(small);
  expect(small.length).toBe(64 * 1024 - 1);
});

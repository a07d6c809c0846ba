import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readDimensions } from '../../src/media/dimensions';
import { findWxgfStill } from '../../src/media/wxgf';
import { hasSharedSamples, sharedSamplePath } from '../importers/samples';
import { inventWxgf } from './invent-wxgf';

describe('a picture of WeChat’s own kind', () => {
  test('has its size in its head, and the largest of its parts is the still', () => {
    const file = inventWxgf([40, 300, 120]);
    expect(readDimensions(file, 'image/x-wxgf')).toEqual({ widthPx: 1920, heightPx: 1080 });
    const still = findWxgfStill(file);
    expect(still?.stream).toHaveLength(300);
    // Profile 3 (Main Still Picture), compatible with 1, 2 and 3 (bits 30 to 28, so that reversed they are 1 to 3), level 120, first constraints 0x90.
    expect(still?.codec).toBe('hev1.3.E.L120.90');
  });

  test('whose parts are longer than the file, or that has none, holds no still', () => {
    const file = inventWxgf([300]);
    expect(findWxgfStill(file.subarray(0, 200))).toBeNull();
    expect(findWxgfStill(file.subarray(0, 20))).toBeNull();
    expect(findWxgfStill(new Uint8Array(0))).toBeNull();
    expect(findWxgfStill(new Uint8Array((32 << 20) + 1))).toBeNull();
    expect(readDimensions(file.subarray(0, 9), 'image/x-wxgf')).toBeNull();
  });

  test.skipIf(!hasSharedSamples)('as in the shared sample: 64,305 bytes of 1920 × 1080', () => {
    const file = new Uint8Array(readFileSync(sharedSamplePath('china/wxgf/test_wxgf.jpg')));
    expect(readDimensions(file, 'image/x-wxgf')).toEqual({ widthPx: 1920, heightPx: 1080 });
    const still = findWxgfStill(file);
    expect(still?.stream).toHaveLength(64_305);
    expect(still?.codec).toBe('hev1.3.E.L120.90');
  });
});

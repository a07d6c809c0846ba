import { expect, test } from 'vitest';
import { inventWxgf } from './invent-wxgf';
import { makeThumbnail, thumbnailSidePx } from '../../src/media/thumbnail';

async function paint(widthPx: number, heightPx: number, type: string): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'rgb(200, 30, 30)';
  context.fillRect(0, 0, widthPx, heightPx);
  return new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer());
}

test.each([
  ['image/png', 1000, 500, 320, 160],
  ['image/jpeg', 400, 4000, 32, 320],
  ['image/webp', 64, 48, 64, 48],
  ['image/png', 5000, 3, 320, 1],
])('%s of %i × %i becomes %i × %i', async (type, widthPx, heightPx, toWidthPx, toHeightPx) => {
  const thumbnail = await makeThumbnail(await paint(widthPx, heightPx, type));
  expect(thumbnail).toMatchObject({ widthPx: toWidthPx, heightPx: toHeightPx, mime: 'image/webp' });
  const bitmap = await createImageBitmap(new Blob([thumbnail!.bytes as Uint8Array<ArrayBuffer>], { type: thumbnail!.mime }));
  expect([bitmap.width, bitmap.height]).toEqual([toWidthPx, toHeightPx]);
  const canvas = new OffscreenCanvas(1, 1);
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
  const [red, green] = canvas.getContext('2d')!.getImageData(0, 0, 1, 1).data;
  expect(Math.abs(red! - 200) + Math.abs(green! - 30)).toBeLessThan(20);
  expect(Math.max(bitmap.width, bitmap.height)).toBeLessThanOrEqual(thumbnailSidePx);
});

test('none of what is no picture, is broken, or says that it is too large', async () => {
  const png = await paint(10, 10, 'image/png');
  const huge = png.slice();
  new DataView(huge.buffer).setUint32(16, 60_000);
  new DataView(huge.buffer).setUint32(20, 60_000);
  const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  for (const bytes of [huge, svg, png.subarray(0, 40), new Uint8Array(0)]) {
    expect(await makeThumbnail(bytes)).toBeNull();
  }
});

test('of WeChat’s own kind none where the engine decodes no HEVC, or the stream is no picture', async () => {
  expect(await makeThumbnail(inventWxgf([300]))).toBeNull();
});

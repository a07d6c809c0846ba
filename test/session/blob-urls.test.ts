import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBlobUrls } from '../../src/session/blob-urls';

let revoked: string[] = [];

beforeEach(() => {
  revoked = [];
  const revoke = URL.revokeObjectURL.bind(URL);
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => {
    revoked.push(url);
    revoke(url);
  });
});
afterEach(() => vi.restoreAllMocks());

const blob = (sizeBytes: number) => async () => new Blob([new Uint8Array(sizeBytes)]);

describe('blob addresses', () => {
  it('are made once for each medium', async () => {
    const urls = createBlobUrls<string>(10, 1000);
    let reads = 0;
    const read = async () => {
      reads += 1;
      return new Blob(['x']);
    };
    expect(await urls.get('a', read)).toBe(await urls.get('a', read));
    expect(reads).toBe(1);
  });

  it('are revoked, the least recently asked for first, beyond the count', async () => {
    const urls = createBlobUrls<string>(2, 1000);
    const first = await urls.get('a', blob(1));
    const second = await urls.get('b', blob(1));
    await urls.get('a', blob(1));
    await urls.get('c', blob(1));
    await vi.waitFor(() => expect(revoked).toEqual([second]));
    expect(await urls.get('a', blob(1))).toBe(first);
  });

  it('are revoked beyond the bytes, but never the last one', async () => {
    const urls = createBlobUrls<string>(10, 100);
    const first = await urls.get('a', blob(60));
    const second = await urls.get('b', blob(500));
    await vi.waitFor(() => expect(revoked).toEqual([first]));
    expect(await urls.get('b', blob(500))).toBe(second);
  });

  it('are not revoked as they come, where much was asked for while they were read', async () => {
    const urls = createBlobUrls<string>(2, 1000);
    let arrive: (value: Blob) => void = () => {};
    const late = urls.get('late', () => new Promise((resolve) => (arrive = resolve)));
    const others = await Promise.all(['a', 'b', 'c'].map((key) => urls.get(key, blob(1))));
    arrive(new Blob(['late']));
    const url = await late;
    await vi.waitFor(() => expect(revoked.length).toBeGreaterThan(0));
    expect(others).toContain(revoked[0]);
    expect(revoked).not.toContain(url);
  });

  it('are all revoked at a lock, also those that were still being read', async () => {
    const urls = createBlobUrls<string>(10, 1000);
    const first = await urls.get('a', blob(1));
    let arrive: (value: Blob) => void = () => {};
    const late = urls.get('b', () => new Promise((resolve) => (arrive = resolve)));
    urls.clear();
    arrive(new Blob(['late']));
    const second = await late;
    await vi.waitFor(() => expect(revoked.toSorted()).toEqual([first, second].toSorted()));
  });

  it('keep nothing of what could not be read', async () => {
    const urls = createBlobUrls<string>(10, 1000);
    await expect(urls.get('a', () => Promise.reject(new Error('tampered')))).rejects.toThrow('tampered');
    expect(await urls.get('a', blob(1))).toMatch(/^blob:/);
    expect(await urls.get('none', async () => null)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { createSideWork } from '../../src/vault/side-work';

/** Work that ends when it is told to. */
function held(): { readonly run: () => Promise<void>; end(error?: Error): void } {
  let settle: (error?: Error) => void = () => undefined;
  const promise = new Promise<void>((resolve, reject) => (settle = (error) => (error ? reject(error) : resolve())));
  return { run: () => promise, end: (error) => settle(error) };
}

describe('work beside the thread', () => {
  it('waits only while as much is under way as may be', async () => {
    const work = createSideWork(2);
    const [first, second] = [held(), held()];
    await work.add(first.run);
    let isIn = false;
    const waiting = work.add(second.run).then(() => (isIn = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isIn).toBe(false);
    first.end();
    await waiting;
    second.end();
    await work.settle();
  });

  it('tells whoever comes next, and whoever settles, of the first failure', async () => {
    const work = createSideWork(3);
    const [first, second] = [held(), held()];
    await work.add(first.run);
    await work.add(second.run);
    first.end(new Error('first'));
    second.end(new Error('second'));
    await expect(work.settle()).rejects.toThrow('first');
    await expect(work.add(async () => {})).rejects.toThrow('first');
  });
});

import { describe, expect, it } from 'vitest';
import { localLocks } from '../../src/vault/locks';

describe('locks inside a process', () => {
  it('are exclusive or shared, never both', async () => {
    const locks = localLocks();
    const first = await locks.tryExclusive('a');
    expect(await locks.tryExclusive('a')).toBeNull();
    expect(await locks.tryExclusive('b')).not.toBeNull();
    first?.();
    const [one, two] = [await locks.shared('a'), await locks.shared('a')];
    expect(await locks.tryExclusive('a')).toBeNull();
    one();
    one();
    expect(await locks.tryExclusive('a')).toBeNull();
    two();
    expect(await locks.tryExclusive('a')).not.toBeNull();
  });

  it('let sharers wait for the exclusive holder', async () => {
    const locks = localLocks();
    const release = await locks.tryExclusive('a');
    const order: string[] = [];
    const waiting = locks.shared('a').then(() => order.push('shared'));
    await Promise.resolve();
    order.push('released');
    release?.();
    await waiting;
    expect(order).toEqual(['released', 'shared']);
  });
});

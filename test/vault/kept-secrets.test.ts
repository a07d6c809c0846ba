import { describe, expect, it } from 'vitest';
import { forgetKept, type KeptSecret, keepSecret, keptPerKind, listKept, readKept } from '../../src/vault/kept-secrets';
import { openVault } from '../../src/vault/vault';
import { makeVault } from './make-vault';
import { dumpDatabase } from './raw-database';

const canary = 'zorptangle-kept-canary';
const canaryBytes = new TextEncoder().encode('glimporf-bytes-of-a-key-file-001');
const aged: Omit<KeptSecret, 'id'> = { kind: 'age', opensBy: 'passphrase', secret: canary, keptAtMs: 1000 };
const keyFile: Omit<KeptSecret, 'id'> = { kind: 'sqlcipher', opensBy: 'database-key', secret: canaryBytes, keptAtMs: 2000 };

/** All that lies in the database, with binary values letter by letter. */
async function rawText(environment: Parameters<typeof dumpDatabase>[0]): Promise<string> {
  const read = (value: unknown): string => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
    if (value instanceof ArrayBuffer) return Buffer.from(value).toString('latin1');
    return typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([name, part]) => `${name} ${read(part)}`)
          .join(' ')
      : String(value);
  };
  return (await dumpDatabase(environment)).map(([store, key, value]) => `${store} ${key} ${read(value)}`).join('\n');
}

describe('kept secrets', () => {
  it('are there for the next opening, the newest first, and listed without what they are', async () => {
    const { vault, environment } = await makeVault();
    await keepSecret(vault.notes, aged);
    await keepSecret(vault.notes, keyFile);
    vault.close();
    const again = await openVault(environment);
    await again.open();
    expect(await readKept(again.notes)).toMatchObject([keyFile, aged]);
    const listed = await listKept(again.notes);
    expect(listed.map((kept) => Object.keys(kept).sort())).toEqual(Array.from({ length: 2 }, () => ['id', 'keptAtMs', 'kind', 'opensBy']));
  });

  it('lie nowhere as they are, before and after they are forgotten', async () => {
    const { vault, environment } = await makeVault();
    await keepSecret(vault.notes, aged);
    await keepSecret(vault.notes, keyFile);
    const [newest] = await listKept(vault.notes);
    for (const step of ['kept', 'forgotten']) {
      if (step === 'forgotten') await forgetKept(vault.notes, newest!.id);
      const raw = await rawText(environment);
      // The search finds what is in the clear: the names of the stores, and the root's.
      expect(raw).toContain('roots notes');
      for (const hidden of [
        canary,
        Buffer.from(canaryBytes).toString('latin1'),
        Buffer.from(canaryBytes).toString('base64url'),
        'kept-secrets',
        'passphrase',
      ])
        expect(raw).not.toContain(hidden);
    }
    expect(await readKept(vault.notes)).toMatchObject([aged]);
  });

  it('are in no setting and no overlay', async () => {
    const { vault } = await makeVault();
    await keepSecret(vault.notes, aged);
    expect(await vault.notes.settings()).toEqual({});
    expect(await vault.notes.overlays(null)).toEqual([]);
  });

  it('are each kept once, and of a kind the newest only', async () => {
    const { vault } = await makeVault();
    await keepSecret(vault.notes, keyFile);
    for (let number = 0; number < keptPerKind + 3; number += 1)
      await keepSecret(vault.notes, { ...aged, secret: `${number}`, keptAtMs: 3000 + number });
    await keepSecret(vault.notes, { ...aged, secret: '5', keptAtMs: 4000 });
    const kept = await readKept(vault.notes);
    expect(kept.map(({ secret }) => secret)).toEqual(['5', '10', '9', '8', '7', '6', '4', '3', canaryBytes]);
  });
});

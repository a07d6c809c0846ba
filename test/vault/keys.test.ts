import { describe, expect, it } from 'vitest';
import { createSha256 } from '../../src/crypto/sha256';
import type { VaultEnvironment } from '../../src/vault/environment';
import type { HeaderRow } from '../../src/vault/database';
import { type Header, sealHeader } from '../../src/vault/header';
import { localLocks } from '../../src/vault/locks';
import { watchedRandom } from '../../src/crypto/random';
import { openVault } from '../../src/vault/vault';
import { withFault } from '../faults/flaky-storage';
import { commitSmallImport, makeEnvironment, makeSentinel, makeVault, vaultContent, writerOptions } from './make-vault';
import { dumpDatabase, objectKeys, withDatabase } from './raw-database';

const passphrase = 'correct horse battery';
const another = 'a quite different one';

const checksumOf = (text: string): string => {
  const hash = createSha256();
  hash.update(new TextEncoder().encode(text));
  return hash.digestHex();
};

async function changeHeader(environment: VaultEnvironment, change: (row: HeaderRow) => HeaderRow): Promise<void> {
  await withDatabase(environment, async ({ header }) => {
    await header.put(change((await header.get('header')) as HeaderRow), 'header');
  });
}

/** As an adversary would: the text changed, the checksum made right again, the seal left. */
const withFields = (fields: object) => (row: HeaderRow) => {
  const text = JSON.stringify({ ...(JSON.parse(row.text) as object), ...fields });
  return { ...row, text, checksum: checksumOf(text) };
};

async function reopened(environment: VaultEnvironment) {
  return openVault({ ...environment, locks: localLocks() });
}

async function sealedVault() {
  const { vault, environment } = await makeVault();
  await commitSmallImport(vault, 1);
  const content = await vaultContent(vault);
  await vault.setPassphrase(passphrase, null);
  return { vault, environment, content };
}

describe('a passphrase', () => {
  it('once set is needed to open, and nothing else opens', async () => {
    const { vault, environment, content } = await sealedVault();
    vault.close();
    const again = await reopened(environment);
    expect(await again.open()).toMatchObject({ state: 'locked', hasPassphrase: true });
    expect(() => again.key()).toThrow(expect.objectContaining({ code: 'locked' }));
    await expect(again.openReader()).rejects.toMatchObject({ code: 'locked' });
    await expect(again.notes.settings()).rejects.toMatchObject({ code: 'locked' });
    await expect(again.unlock(`${passphrase}x`)).rejects.toMatchObject({ code: 'wrong-secret' });
    expect(await again.unlock(passphrase)).toMatchObject({ state: 'open' });
    expect(await vaultContent(again)).toEqual(content);
  });

  it('makes a new vault key: no object but media stays under the old one, and in the end none', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    await vault.notes.setOverlay('bookmark', 'message:a/1', { on: 'yes' });
    await vault.notes.setSetting('language', 'zh-CN');
    const content = await vaultContent(vault);
    const before = new Set((await dumpDatabase(environment)).map(([, key]) => key));
    expect(await vault.setPassphrase(passphrase, null)).toMatchObject({ resealing: true });
    const kept = (await objectKeys(environment)).filter((key) => before.has(key));
    expect(kept).toHaveLength(2); // the medium's chunk and its thumbnail
    expect(await vaultContent(vault)).toEqual(content);
    while (await vault.resealMedia());
    expect(await vault.status()).toMatchObject({ resealing: false });
    const rows = await dumpDatabase(environment);
    const fixed = new Set(['archive', 'notes', 'header']);
    expect(rows.filter(([, key]) => before.has(key) && !fixed.has(key))).toEqual([]);
    expect(await vaultContent(vault)).toEqual(content);
    expect(await vault.notes.settings()).toEqual({ language: 'zh-CN' });
    expect(await vault.notes.overlays('bookmark')).toHaveLength(1);
    expect(await vault.verify()).toMatchObject({ damaged: [] });
  });

  it('is changed with proof of the one before, which then opens no more', async () => {
    const { vault, environment, content } = await sealedVault();
    for (const proof of [null, another]) await expect(vault.setPassphrase(another, proof)).rejects.toMatchObject({ code: 'wrong-secret' });
    await expect(vault.setPassphrase('short', passphrase)).rejects.toMatchObject({ code: 'secret-too-weak' });
    await vault.setPassphrase(another, passphrase);
    vault.close();
    const again = await reopened(environment);
    await expect(again.unlock(passphrase)).rejects.toMatchObject({ code: 'wrong-secret' });
    await again.unlock(another);
    expect(await vaultContent(again)).toEqual(content);
  });

  it('is proven by itself alone, and nothing changes', async () => {
    const { vault, environment } = await sealedVault();
    const before = await dumpDatabase(environment);
    for (const proof of [null, another]) await expect(vault.prove(proof)).rejects.toMatchObject({ code: 'wrong-secret' });
    await vault.prove(passphrase);
    expect(await dumpDatabase(environment)).toEqual(before);
    await vault.removePassphrase(passphrase);
    await vault.prove(null);
  });

  it('is removed with proof, and may be set again', async () => {
    const { vault, environment, content } = await sealedVault();
    await expect(vault.removePassphrase(another)).rejects.toMatchObject({ code: 'wrong-secret' });
    while (await vault.resealMedia());
    expect(await vault.removePassphrase(passphrase)).toMatchObject({ hasPassphrase: false });
    const again = await reopened(environment);
    expect(await again.open()).toMatchObject({ state: 'open' });
    expect(await vaultContent(again)).toEqual(content);
    await again.setPassphrase(another, null);
    expect(await vaultContent(again)).toEqual(content);
  });

  it('too weak is refused, and nothing has changed', async () => {
    const { vault, environment } = await makeVault();
    const before = await dumpDatabase(environment);
    await expect(vault.setPassphrase('aaaaaaaaaaaa', null)).rejects.toMatchObject({ code: 'secret-too-weak' });
    expect(await dumpDatabase(environment)).toEqual(before);
  });

  it(
    'whose setting is killed at storage call k, for every k, leaves a vault that opens whole, with it or without',
    { timeout: 240_000 },
    async () => {
      let failures = 0;
      for (let failAt = 1; ; failAt += 1) {
        const { vault, environment } = await makeVault();
        await commitSmallImport(vault, 1);
        await vault.notes.setSetting('a', 'b');
        const content = await vaultContent(vault);
        const { reached, error } = await withFault('killed', failAt, () => vault.setPassphrase(passphrase, null));
        if (error !== null) failures += 1;
        const again = await reopened(environment);
        if ((await again.open()).state === 'locked') await again.unlock(passphrase);
        expect(await vaultContent(again)).toEqual(content);
        expect(await again.notes.settings()).toEqual({ a: 'b' });
        expect(await again.verify()).toMatchObject({ damaged: [] });
        if (!reached) break;
      }
      expect(failures).toBeGreaterThan(5);
    },
  );
});

describe('what lies on disk', () => {
  it('holds no text, name, note, passphrase or key in the clear', async () => {
    const canary = 'CANARY-樟木';
    const { vault, environment } = await makeVault();
    const { conversation } = await commitSmallImport(vault, 1);
    const writer = await vault.openWriter(writerOptions);
    writer.setConversation({ ...conversation, name: canary, names: [canary] });
    await writer.putNote(canary, { canary });
    (await writer.commit()).release();
    await vault.notes.setOverlay('note', `conversation:${canary}`, { text: canary });
    await vault.notes.setSetting(canary, canary);
    await vault.setPassphrase(`${canary} passphrase`, null);
    const dump = await dumpDatabase(environment);
    const needles = [canary, encodeURIComponent(canary), conversation.id, 'message', 'Person 1', 'whatsapp'];
    for (const [store, key, value] of dump) {
      const bytes =
        value instanceof Uint8Array
          ? Buffer.from(value)
          : Buffer.from(
              JSON.stringify(value, (_, part: unknown) => (part instanceof Uint8Array ? Buffer.from(part).toString('latin1') : part)),
            );
      for (const needle of needles) expect(bytes.includes(needle) || key.includes(needle), `${store}/${key}: ${needle}`).toBe(false);
    }
    expect(dump.some(([, key]) => key === 'device-key')).toBe(false);
  });

  it('is only opaque ids and sealed bytes, besides the header, the pointer and the device key', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    await vault.notes.setSetting('a', 'b');
    for (const [store, key, value] of await dumpDatabase(environment)) {
      if (store === 'objects' || store === 'notes') {
        expect(key).toMatch(/^[A-Za-z0-9_-]{23}$|^[A-Za-z0-9_-][0-9a-f]{32}$/);
        expect(value).toBeInstanceOf(Uint8Array);
      } else expect(['archive', 'archive/0', 'archive/1', 'notes', 'header', 'device-key']).toContain(key);
    }
    const key = (await dumpDatabase(environment)).find(([, name]) => name === 'device-key')?.[2] as CryptoKey;
    expect(key.extractable).toBe(false);
  });
});

describe('an altered header', () => {
  it('is `damaged` when it is not what was written', async () => {
    const { environment } = await sealedVault();
    for (const change of [(row: HeaderRow) => ({ ...row, text: row.text.slice(1) }), (row: HeaderRow) => ({ ...row, checksum: '' })]) {
      await changeHeader(environment, change);
      const vault = await reopened(environment);
      expect(await vault.status()).toMatchObject({ state: 'damaged', readOnly: true });
      await expect(vault.unlock(passphrase)).rejects.toMatchObject({ code: 'damaged' });
    }
  });

  it('is `tampered` when the cost is below the floor or above the ceiling, before any work', async () => {
    const { environment } = await sealedVault();
    for (const [memoryKiB, passes] of [
      [8, 1],
      [19 * 1024, 1],
      [2 ** 31, 3],
      [64 * 1024, 2 ** 31],
    ]) {
      await changeHeader(environment, (row) => withFields({ wrap: { ...(JSON.parse(row.text) as Header).wrap, memoryKiB, passes } })(row));
      const vault = await reopened(environment);
      await expect(vault.unlock(passphrase)).rejects.toMatchObject({ code: 'tampered' });
    }
  });

  it('does not open with other parameters inside the bounds, nor with other fields', async () => {
    const { environment } = await sealedVault();
    const original = (await dumpDatabase(environment)).find(([, key]) => key === 'header')?.[2] as HeaderRow;
    const wrap = (JSON.parse(original.text) as Header).wrap;
    const changes = [{ wrap: { ...wrap, passes: 3 } }, { vaultId: 'AAAAAAAAAAAAAAAAAAAAAA' }, { epoch: 7 }, { oldKeys: [] }];
    const codes = ['wrong-secret', 'wrong-secret', 'wrong-secret', 'tampered'];
    for (const [at, fields] of changes.entries()) {
      await changeHeader(environment, () => withFields(fields)(original));
      await expect((await reopened(environment)).unlock(passphrase)).rejects.toMatchObject({ code: codes[at] });
    }
  });

  it('of another vault opens with its own secret, and then nothing of this one', async () => {
    const { environment } = await sealedVault();
    const other = await makeVault();
    await other.vault.setPassphrase(another, null);
    const foreign = (await dumpDatabase(other.environment)).find(([, key]) => key === 'header')?.[2] as HeaderRow;
    await changeHeader(environment, () => foreign);
    const vault = await reopened(environment);
    await expect(vault.unlock(passphrase)).rejects.toMatchObject({ code: 'wrong-secret' });
    expect(await vault.unlock(another)).toMatchObject({ state: 'damaged' });
    await expect(vault.openReader()).rejects.toMatchObject({ code: 'tampered' });
  });
});

describe('a vault written by a newer version', () => {
  it('is refused, and not touched, when it says that this version cannot read it', async () => {
    const { environment } = await sealedVault();
    await changeHeader(environment, withFields({ formatVersion: 2, readableBy: 2, wrap: { kind: 'unknown' } }));
    const before = await dumpDatabase(environment);
    const vault = await reopened(environment);
    expect(await vault.open()).toMatchObject({ state: 'newer', readOnly: true });
    await expect(vault.unlock(passphrase)).rejects.toMatchObject({ code: 'newer-vault' });
    expect(await dumpDatabase(environment)).toEqual(before);
  });

  it('is shown read-only when it says that this version can read it', async () => {
    const { vault, environment, content } = await sealedVault();
    const { random, key } = { random: watchedRandom(), key: vault.key() };
    const row = (await dumpDatabase(environment)).find(([, name]) => name === 'header')?.[2] as HeaderRow;
    const newer = await sealHeader({ ...(JSON.parse(row.text) as Header), formatVersion: 2, readableBy: 1 }, key, random);
    await changeHeader(environment, () => newer);
    const again = await reopened(environment);
    expect(await again.unlock(passphrase)).toMatchObject({ state: 'newer', readOnly: true });
    expect(await vaultContent(again)).toEqual(content);
    const before = await dumpDatabase(environment);
    const refused = { code: 'newer-vault' };
    await expect(again.openWriter(writerOptions)).rejects.toMatchObject(refused);
    await expect(again.notes.setSetting('a', 'b')).rejects.toMatchObject(refused);
    await expect(again.setPassphrase(another, passphrase)).rejects.toMatchObject(refused);
    expect(await again.sweep({ dropPrevious: true })).toBe(0);
    expect(await dumpDatabase(environment)).toEqual(before);
  });
});

describe('a vault that is gone', () => {
  it('is told from a first visit by its sentinel, until it is forgotten', async () => {
    const sentinel = makeSentinel();
    const { vault } = await makeVault({ sentinel });
    await commitSmallImport(vault, 1);
    const evicted = await openVault(await makeEnvironment({ sentinel }));
    expect(await evicted.open()).toMatchObject({ state: 'evicted' });
    await expect(evicted.openReader()).rejects.toMatchObject({ code: 'vault-damaged' });
    await evicted.forget();
    expect(await evicted.open()).toMatchObject({ state: 'empty' });
  });

  it('in one of its stores only is damaged, never shown as empty', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    vault.close();
    await withDatabase(environment, ({ roots }) => roots.clear());
    expect(await (await reopened(environment)).open()).toMatchObject({ state: 'damaged' });
    const second = await makeVault();
    await commitSmallImport(second.vault, 1);
    await withDatabase(second.environment, ({ header }) => header.delete('device-key'));
    await expect((await reopened(second.environment)).open()).rejects.toMatchObject({ code: 'vault-damaged' });
  });
});

describe('a vault without randomness', () => {
  it('is not made', async () => {
    for (const fillRandom of [() => {}, (bytes: Uint8Array) => void bytes.fill(9)]) {
      const environment = await makeEnvironment({ fillRandom });
      await expect((await openVault(environment)).open()).rejects.toMatchObject({ code: 'no-randomness' });
      expect(await dumpDatabase(environment)).toEqual([]);
    }
  });
});

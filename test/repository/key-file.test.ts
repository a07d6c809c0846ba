import { beforeAll, describe, expect, it } from 'vitest';
import { hashBytes } from '../../src/crypto/hashes';
import { watchedRandom } from '../../src/crypto/random';
import { describeKeyFile, keyFileLimitBytes, makeKeyFile, openKeyFile, scryptForRandomSecrets } from '../../src/repository/key-file';
import { exportMasterKey, makeMasterKey, type MasterKey } from '../../src/repository/master-key';
import type { SealedFile } from '../../src/repository/unpacked';
import { random, utf8, withEachFlip } from './codec';

let master: MasterKey;
let file: SealedFile;

const damaged = { code: 'damaged' };
const about = { label: 'passphrase', hostname: 'otter-5d', cost: scryptForRandomSecrets, createdAtMs: Date.UTC(2026, 0, 2, 3, 4, 5, 600) };

beforeAll(async () => {
  master = await makeMasterKey(random);
  file = await makeKeyFile({ ...about, password: '樟木箱里的信', master, random });
});

/** The file with some fields replaced, under the name that it then has. */
async function altered(fields: Readonly<Record<string, unknown>>): Promise<SealedFile> {
  const json = { ...(JSON.parse(new TextDecoder().decode(file.bytes)) as object), ...fields };
  const bytes = utf8(JSON.stringify(json));
  return { id: await hashBytes(bytes), bytes };
}

describe('a key file', () => {
  it('gives the master key for its password, and null for any other', async () => {
    const opened = await openKeyFile(file.bytes, file.id, '樟木箱里的信');
    expect(opened && exportMasterKey(opened)).toEqual(exportMasterKey(master));
    for (const wrong of ['樟木箱里的信 ', '樟木箱里的', '', 'x']) expect(await openKeyFile(file.bytes, file.id, wrong)).toBeNull();
  });

  it('says in the clear what restic shows, and no more', async () => {
    expect(await describeKeyFile(file.bytes, file.id)).toEqual({
      id: file.id,
      label: 'passphrase',
      hostname: 'otter-5d',
      createdAtMs: about.createdAtMs,
      cost: { N: 16384, r: 8, p: 1 },
    });
    const json = JSON.parse(new TextDecoder().decode(file.bytes)) as Record<string, unknown>;
    expect(Object.keys(json)).toEqual(['created', 'username', 'hostname', 'kdf', 'N', 'r', 'p', 'salt', 'data']);
    expect(json['created']).toBe('2026-01-02T03:04:05.6Z');
    expect(Buffer.from(String(json['salt']), 'base64')).toHaveLength(64);
    const another = await makeKeyFile({ ...about, password: '樟木箱里的信', master, random });
    expect(another.id).not.toBe(file.id);
  });

  it('is damaged, not wrong, with any bit flipped, without any scrypt', async () => {
    await withEachFlip(file.bytes, (flipped) => expect(openKeyFile(flipped, file.id, '樟木箱里的信')).rejects.toMatchObject(damaged));
    await expect(openKeyFile(file.bytes.slice(0, -1), file.id, '樟木箱里的信')).rejects.toMatchObject(damaged);
    await expect(describeKeyFile(new Uint8Array([...file.bytes, 10]), file.id)).rejects.toMatchObject(damaged);
  });

  it('is damaged where restic would refuse it', async () => {
    for (const fields of [
      { kdf: 'argon2id' },
      { kdf: undefined },
      { salt: Buffer.alloc(63).toString('base64') },
      { salt: Buffer.alloc(65).toString('base64') },
      { salt: '***' },
      { salt: undefined },
      { data: 7 },
      { N: '16384' },
      { N: 16383 },
      { r: 0 },
      { p: -1 },
      { username: {} },
    ]) {
      const { id, bytes } = await altered(fields);
      await expect(openKeyFile(bytes, id, '樟木箱里的信'), JSON.stringify(fields)).rejects.toMatchObject(damaged);
    }
    for (const text of ['', '[]', 'null', '{}', 'x', '7']) {
      await expect(openKeyFile(utf8(text), await hashBytes(utf8(text)), 'x')).rejects.toMatchObject(damaged);
    }
    const long = await altered({ username: 'x'.repeat(keyFileLimitBytes) });
    await expect(openKeyFile(long.bytes, long.id, 'x')).rejects.toMatchObject(damaged);
  });

  it('is not tried where that would exhaust the device', async () => {
    for (const fields of [{ N: 2 ** 26 }, { p: 2 ** 20 }, { r: 2 ** 24 }]) {
      const { id, bytes } = await altered(fields);
      await expect(openKeyFile(bytes, id, 'x')).rejects.toMatchObject({ code: 'secret-costs-too-much' });
      expect((await describeKeyFile(bytes, id)).label).toBe('passphrase');
    }
  });

  it('gives nothing for a cheaper cost or another file’s data: the sealed key then opens for no password', async () => {
    const cheap = await altered({ N: 2 });
    expect(await openKeyFile(cheap.bytes, cheap.id, '樟木箱里的信')).toBeNull();
    const short = await altered({ data: 'AAAA' });
    expect(await openKeyFile(short.bytes, short.id, '樟木箱里的信')).toBeNull();
  });

  it('is not made cheaply, without a password, or without chance', async () => {
    await expect(makeKeyFile({ ...about, password: 'x', master, random, cost: { N: 2 ** 13, r: 8, p: 1 } })).rejects.toThrow(RangeError);
    await expect(makeKeyFile({ ...about, password: '', master, random })).rejects.toThrow(RangeError);
    const none = watchedRandom((bytes) => bytes.fill(9));
    await expect(makeKeyFile({ ...about, password: 'x', master, random: none })).rejects.toMatchObject({ code: 'no-randomness' });
  });
});

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toBase64Url } from '../../src/crypto/base64url';
import { makeKeyFileText } from '../../src/crypto/key-file-text';
import { makeRecoveryWords } from '../../src/crypto/recovery-words';
import { repositoryPassword } from '../../src/crypto/repository-password';
import type { RepositorySecret } from '../../src/model/backup-view';
import { makeConfigFile } from '../../src/repository/config-file';
import { makeKeyFile, scryptCost, type ScryptCost, scryptForRandomSecrets } from '../../src/repository/key-file';
import { makeMasterKey } from '../../src/repository/master-key';
import { random } from '../repository/codec';
import { makeRestic, type Restic } from './restic';

let restic: Restic;
let passwords: readonly string[];

/** One master key, five key files: the ways in which Camphor opens a repository. */
beforeEach(async () => {
  restic = await makeRestic();
  for (const folder of ['keys', 'data', 'index', 'snapshots', 'locks']) await mkdir(join(restic.repository, folder), { recursive: true });
  const master = await makeMasterKey(random);
  const { bytes } = await makeConfigFile(master, random);
  await writeFile(join(restic.repository, 'config'), bytes);
  const factors: readonly (readonly [label: string, secret: RepositorySecret, cost: ScryptCost])[] = [
    ['passphrase', { kind: 'passphrase', text: ' cafe\u0301 里的樟木箱, "quoted" & <more> ' }, scryptCost(8)],
    [
      'recovery',
      { kind: 'recovery-words', text: (await makeRecoveryWords(random, 'en')).join('\n').toUpperCase() },
      scryptForRandomSecrets,
    ],
    ['recovery', { kind: 'recovery-words', text: (await makeRecoveryWords(random, 'zh-CN')).join('') }, scryptForRandomSecrets],
    ['key-file', { kind: 'key-file', text: 'correct horse battery', keyFile: makeKeyFileText(random) }, scryptCost(null)],
    ['passkey', { kind: 'passkey', text: toBase64Url(random(32)) }, scryptForRandomSecrets],
  ];
  const made: string[] = [];
  for (const [label, secret, cost] of factors) {
    const password = await repositoryPassword(secret, 'new');
    const key = await makeKeyFile({ password, label, hostname: 'otter-5d', master, cost, createdAtMs: Date.now(), random });
    await writeFile(join(restic.repository, 'keys', key.id), key.bytes);
    made.push(password);
  }
  passwords = made;
});
afterEach(() => restic.remove());

describe('each factor', () => {
  it('opens the repository in stock restic, by a variable and by a file, and nothing near it does', async () => {
    for (const password of passwords) {
      const { code, stdout, stderr } = await restic.attempt(['key', 'list', '--json'], password);
      expect(code, stderr).toBe(0);
      const keys = JSON.parse(stdout) as readonly { readonly userName: string; readonly hostName: string }[];
      expect(keys.map(({ userName }) => userName).sort()).toEqual(['key-file', 'passkey', 'passphrase', 'recovery', 'recovery']);
      expect(new Set(keys.map(({ hostName }) => hostName))).toEqual(new Set(['otter-5d']));
      const file = join(restic.folder, 'password');
      await writeFile(file, `  ${password}\r\n`);
      expect(await restic.run('cat', 'config', '--password-file', file)).toContain('chunker_polynomial');
    }
    const wrong = await restic.attempt(['cat', 'config'], `${passwords[1]} zoo`);
    expect(wrong.code).not.toBe(0);
    expect(wrong.stderr).toContain('wrong password or no key found');
  });
});

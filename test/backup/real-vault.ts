// A real vault with archives imported into it, to be backed up into a real repository.

import type { PushEnvironment } from '../../src/backup/push';
import type { Repository } from '../../src/repository/repository';
import { type IntakeHarness, makeHarness, type TestFiles } from '../intake/intake-harness';
import { makeVault, writerOptions } from '../vault/make-vault';
import type { Vault } from '../../src/vault/vault';

export interface RealVault {
  readonly vault: Vault;
  readonly intake: IntakeHarness;
  environment(repository: Repository, hostname?: string): PushEnvironment;
}

export async function makeRealVault(archives: readonly TestFiles[]): Promise<RealVault> {
  const { vault } = await makeVault();
  const intake = makeHarness({ openReader: vault.openReader, openWriter: () => vault.openWriter(writerOptions) });
  for (const archive of archives) await intake.import(archive);
  let nowMs = Date.UTC(2026, 1, 1);
  return {
    vault,
    intake,
    environment: (repository, hostname = 'amber-otter') => ({
      vault,
      repository,
      hostname,
      nowMs: () => (nowMs += 1000),
      yieldToEvents: async () => {},
    }),
  };
}

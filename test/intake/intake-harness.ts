// The whole job on a vault: archives in, receipts out, and a dump of what is kept that names nothing random.

import { importers } from '../../src/importers/registry';
import type { Importer } from '../../src/importers/importer';
import { writeCanonical } from '../../src/intake/image';
import type { Intake } from '../../src/intake/intake';
import { createIntake } from '../../src/intake/intake';
import type { IntakeEnvironment } from '../../src/intake/environment';
import type { ConversationId, PersonId, ReceiptId } from '../../src/model/ids';
import type { Message } from '../../src/model/message';
import type { ImportChoice, ImportPlan, ReceiptView } from '../../src/model/view';
import type { ArchiveReader, ArchiveWriter } from '../../src/vault/archive';
import { openVault } from '../../src/vault/vault';
import { makeEnvironment, writerOptions } from '../vault/make-vault';
import { makeMemoryArchive } from './memory-archive';

export interface TestVault {
  openReader(): Promise<ArchiveReader>;
  openWriter(): Promise<ArchiveWriter>;
}

export type TestFiles = Readonly<Record<string, string | Uint8Array>>;

export interface IntakeHarness {
  readonly vault: TestVault;
  readonly intake: Intake;
  plan(files: TestFiles): Promise<ImportPlan>;
  /** Plans and runs with all proposals, except for what `choice` says. */
  import(files: TestFiles, choice?: Partial<ImportChoice>): Promise<ReceiptView>;
  undo(id: ReceiptId): Promise<void>;
  messages(conversation?: ConversationId): Promise<Message[]>;
  /** Conversations with names, people and messages, without numbers and random ids; times from the first on where `fromFirst`. */
  dump(fromFirst?: boolean): Promise<string>;
}

export async function openRealVault(): Promise<TestVault> {
  const vault = await openVault(await makeEnvironment());
  await vault.open();
  return { openReader: vault.openReader, openWriter: () => vault.openWriter(writerOptions) };
}

export function makeHarness(
  vault: TestVault = makeMemoryArchive(),
  changes: Partial<IntakeEnvironment> = {},
  known: readonly Importer[] = importers,
): IntakeHarness {
  let nowMs = Date.UTC(2026, 0, 1);
  const intake = createIntake({
    vault,
    loadImporters: async () => known,
    nowMs: () => (nowMs += 1000),
    freeBytes: async () => Infinity,
    yieldToEvents: async () => {},
    ...changes,
  });
  const plan = (files: TestFiles): Promise<ImportPlan> =>
    intake.plan(
      Object.entries(files).map(([path, content]) => ({ path, file: new File([content as BlobPart], path.split('/').at(-1) ?? path) })),
      'UTC',
      () => {},
    );
  const messages = async (only?: ConversationId): Promise<Message[]> => {
    const reader = await vault.openReader();
    const kept: Message[] = [];
    for (const { id, segments } of await reader.conversations()) {
      if (only === undefined || id === only) for (const segment of segments) kept.push(...(await reader.readMessages(segment.id)));
    }
    reader.release();
    return kept;
  };
  return {
    vault,
    intake,
    plan,
    messages,
    async import(files, choice = {}) {
      const planned = await plan(files);
      const [archive] = planned.archives;
      if (archive === undefined) throw new Error('nothing recognised');
      const choices = {
        archiveId: archive.archiveId,
        answers: {},
        conversations: {},
        fromMs: null,
        toMs: null,
        media: 'all',
        ...choice,
      } as const;
      const [receipt] = await intake.run(planned.planId, [choices], () => {});
      if (receipt === undefined) throw new Error('no receipt');
      return receipt;
    },
    undo: async (id) => void (await intake.undo(id, () => {})),
    dump: (fromFirst = false) => dump(vault, fromFirst),
  };
}

async function dump(vault: TestVault, fromFirst: boolean): Promise<string> {
  const reader = await vault.openReader();
  const people = await reader.people();
  const nameOf = (id: PersonId | null): string => (id === null ? '' : [...(people.get(id)?.names ?? [])].sort().join(' / '));
  const lines: string[] = [];
  for (const entry of await reader.conversations()) {
    const { names, shape, source, sourceId } = entry;
    lines.push(
      writeCanonical({
        names,
        shape,
        source,
        sourceId,
        people: entry.people.map(nameOf).sort(),
        owners: entry.ownerPeople.map(nameOf).sort(),
      }),
    );
    for (const segment of entry.segments) {
      for (const message of await reader.readMessages(segment.id)) {
        const sentAtMs = message.sentAtMs - (fromFirst ? (entry.firstAtMs ?? 0) : 0);
        lines.push(writeCanonical({ ...message, seq: 0, sender: nameOf(message.sender), sentAtMs }));
      }
    }
  }
  for await (const { sha256, mime } of reader.mediaEntries()) lines.push(`medium ${sha256} ${mime}`);
  reader.release();
  return lines.sort().join('\n');
}

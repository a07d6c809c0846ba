import { beforeEach, describe, expect, test } from 'vitest';
import { planBackup, pushBackup } from '../../src/backup/push';
import type { BackupProgress } from '../../src/model/backup-view';
import { CamphorError } from '../../src/model/error';
import type { Repository, StartWriting } from '../../src/repository/repository';
import type { ArchiveReader } from '../../src/vault/archive';
import { chat, plainStyle, type Said, writeChat } from '../intake/chat-text';
import { type BackupHarness, makeBackupHarness } from './backup-harness';

const dayMs = 86_400_000;
const startMs = Date.UTC(2023, 0, 5);

/** A chat over two years: a text every five days. */
const long: readonly Said[] = Array.from({ length: 146 }, (_, number) => ({
  atMs: startMs + number * 5 * dayMs,
  sender: number % 2 === 0 ? ('me' as const) : ('her' as const),
  text: `text number ${number}`,
}));

const friend = { ...plainStyle, title: 'Bo', names: { me: 'Li Wei', her: 'Bo' } };

let harness: BackupHarness;

beforeEach(async () => {
  harness = makeBackupHarness();
  await harness.intake.import(writeChat({ ...plainStyle, withMedia: true }));
  await harness.intake.import(writeChat(friend, long));
});

const forgetOpened = (): void => void Object.assign(harness.opened, { columns: 0, messages: 0, media: 0 });

describe('a backup', () => {
  test('has the path, tag and host of the device, and counts what it holds', async () => {
    const result = await harness.push();
    expect(harness.repository.taken).toMatchObject([{ paths: ['/archive'], tags: ['camphor'], hostname: 'camphor-test', parent: null }]);
    expect(result.manifest).toMatchObject({ conversations: 2, messages: chat.length + long.length, media: 3, receipts: 2 });
    expect(result).toMatchObject({ newMedia: 3, leftOutMedia: 0, changedMonths: 1 + 24, previous: null });
    expect(result.snapshot?.id).toBe(harness.repository.taken[0]?.id);
    expect([...(await harness.files()).keys()].filter((path) => /^archive\/[^/]+$/.test(path))).toEqual([
      'archive/README.txt',
      'archive/manifest.json',
      'archive/overlays.jsonl',
      'archive/people.jsonl',
    ]);
  });

  test('of what has not changed opens no segment, takes no lock and sends nothing', async () => {
    await harness.push();
    forgetOpened();
    const result = await harness.push();
    expect(result).toMatchObject({ snapshot: null, sentBytes: 0, changedMonths: 0, newMedia: 0 });
    expect(result.previous).toEqual(harness.repository.taken[0]);
    expect(harness.opened).toEqual({ columns: 0, messages: 0, media: 0 });
    expect(harness.repository.counts.writers).toBe(1);
  });

  test('after one new message sends its month, its conversation, the receipts that hold it, the manifest and trees', async () => {
    await harness.push();
    const { counts } = harness.repository;
    counts.savedData.length = 0;
    counts.savedTrees.length = 0;
    forgetOpened();
    const more = [...long, { atMs: startMs + 731 * dayMs, sender: 'her' as const, text: 'one more' }];
    await harness.intake.import(writeChat(friend, more));
    const result = await harness.push();
    expect(result.changedMonths).toBe(1);
    // The month, conversation.json, the new receipt, the manifest: the older receipt's places stay as they were.
    expect(counts.savedData).toHaveLength(4);
    // One segment, once to see what is new and once to send it.
    expect(harness.opened.messages).toBeLessThanOrEqual(2);
    // The conversation, all conversations, receipts, archive, root.
    expect(counts.savedTrees).toHaveLength(5);
    expect(result.snapshot?.parent).toBe(harness.repository.taken[0]?.id);
    expect(harness.repository.taken).toHaveLength(2);
  });

  test('without what was remembered gives the same tree, and costs reading only', async () => {
    await harness.push();
    harness.entries.clear();
    forgetOpened();
    expect((await harness.push()).snapshot).toBeNull();
    expect(harness.opened.messages).toBeGreaterThan(0);
    expect(harness.repository.counts.writers).toBe(1);
  });

  test('into another repository sends everything, though all is remembered', async () => {
    await harness.push();
    const other = makeBackupHarness();
    Object.assign(other.environment, { vault: harness.environment.vault });
    await other.push();
    expect(other.tree).toBe(harness.tree);
    expect([...other.repository.blobs.keys()].sort()).toEqual([...harness.repository.blobs.keys()].sort());
  });

  test('lets go of what was remembered of conversations that are gone', async () => {
    await harness.push();
    const [, second] = await (await harness.intake.vault.openReader()).conversations();
    await harness.intake.intake.removeConversation(second?.id as never, () => {});
    await harness.push(true);
    expect([...harness.entries.keys()].filter((key) => key.includes(String(second?.id)))).toEqual([]);
    expect([...harness.entries.keys()].some((key) => key.includes('month/'))).toBe(true);
  });

  test('is planned without sending: what the plan counts is what is sent', async () => {
    const plan = await planBackup(harness.environment, () => {});
    expect(harness.repository.counts.writers).toBe(0);
    expect(plan).toMatchObject({
      conversations: 2,
      messages: chat.length + long.length,
      months: 25,
      changedMonths: 25,
      media: 3,
      newMedia: 3,
    });
    await harness.push();
    const sent = [...harness.repository.blobs.values()].reduce((sum, { length }) => sum + length, 0);
    // The trees of a plan have no blobs of media that were not read.
    expect(Math.abs(plan.newBytes - sent)).toBeLessThan(3 * 70);
    expect(await planBackup(harness.environment, () => {})).toMatchObject({
      changedMonths: 0,
      newMedia: 0,
      newBytes: 0,
      totalBytes: plan.totalBytes,
    });
  });
});

describe('a vault with much less', () => {
  test('is not sent after a snapshot of more, unless it is wanted', async () => {
    await harness.push();
    const [receipt] = await (await harness.intake.vault.openReader()).receipts();
    await harness.intake.undo(receipt?.id as never);
    await expect(harness.push()).rejects.toMatchObject({ code: 'vault-shrank' });
    expect(harness.repository.taken).toHaveLength(1);
    expect((await harness.push(true)).manifest.messages).toBe(chat.length);
  });

  test('is compared with what this device sent last, not with other devices', async () => {
    await harness.push();
    const small = makeBackupHarness();
    await small.intake.import(writeChat(plainStyle));
    Object.assign(small.environment, { repository: harness.repository, hostname: 'camphor-other' });
    await small.push();
    expect(harness.repository.taken.map(({ hostname }) => hostname)).toEqual(['camphor-test', 'camphor-other']);
  });

  test('that holds nothing at all does not follow what other devices have; in an empty repository it may begin', async () => {
    await harness.push();
    const empty = makeBackupHarness();
    expect((await empty.push()).manifest).toMatchObject({ messages: 0, conversations: 0 });
    Object.assign(empty.environment, { repository: harness.repository, hostname: 'camphor-other' });
    await expect(empty.push()).rejects.toMatchObject({ code: 'vault-shrank', facts: { messages: 0, before: chat.length + long.length } });
  });

  test('is noticed where only media are gone', async () => {
    await harness.push();
    await harness.intake.intake.removeConversation(
      (await (await harness.intake.vault.openReader()).conversations())[0]?.id as never,
      () => {},
    );
    await expect(harness.push()).rejects.toMatchObject({ code: 'vault-shrank', facts: { media: 0, mediaBefore: 3 } });
  });
});

describe('faults', () => {
  test('a lost lock: blobs are saved again, once', async () => {
    let commits = 0;
    harness.repository.onCommit = () => {
      if (commits++ > 0) return;
      harness.repository.blobs.clear();
      throw new CamphorError('lock-lost');
    };
    await harness.push();
    expect(commits).toBe(2);
    expect((await harness.files()).size).toBeGreaterThan(30);
  });

  test('a lock that is lost twice ends the backup', async () => {
    harness.repository.onCommit = () => {
      throw new CamphorError('lock-lost');
    };
    await expect(harness.push()).rejects.toMatchObject({ code: 'lock-lost' });
    expect(harness.repository.counts.writers).toBe(2);
  });

  test('a pause keeps what was sent', async () => {
    let steps = 0;
    const environment = { ...harness.environment, isCancelled: () => ++steps > 15 };
    await expect(pushBackup(environment, { evenIfSmaller: false }, () => {})).rejects.toMatchObject({ code: 'cancelled' });
    expect(harness.repository.counts.checkpoints).toBe(1);
    expect(harness.repository.taken).toEqual([]);
    const before = harness.repository.counts.savedData.length;
    expect(before).toBeGreaterThan(0);
    await harness.push();
    const all = harness.repository.counts.savedData;
    expect(new Set(all).size).toBe(all.length);
  });

  test('notes that cannot be read or written: a backup all the same', async () => {
    const fail = async (): Promise<never> => {
      throw new CamphorError('damaged');
    };
    const { notes } = harness.environment.vault;
    const vault = { ...harness.environment.vault, notes: { ...notes, entries: fail, setEntries: fail } };
    await pushBackup({ ...harness.environment, vault }, { evenIfSmaller: false }, () => {});
    expect(harness.repository.taken).toHaveLength(1);
  });

  test('a damaged medium is left out and counted', async () => {
    const { openReader } = harness.environment.vault;
    const vault = {
      ...harness.environment.vault,
      openReader: async () => ({
        ...(await openReader()),
        openMedia: () => ({
          sizeBytes: 1,
          read: async () => {
            throw new CamphorError('tampered');
          },
          async *stream() {},
        }),
      }),
    };
    const result = await pushBackup({ ...harness.environment, vault }, { evenIfSmaller: false }, () => {});
    expect(result).toMatchObject({ leftOutMedia: 3, manifest: { media: 0, messages: chat.length + long.length } });
  });
});

describe('while the lock is waited for, what the vault holds is read', () => {
  /** `startWriting` is called when people are being read, which end when `go` is called. */
  function waiting(startWriting: Repository['startWriting']) {
    const order: string[] = [];
    let go = (): void => {};
    const gone = new Promise<void>((resolve) => (go = resolve));
    const { openReader } = harness.environment.vault;
    const openWaiting = async (): Promise<ArchiveReader> => {
      const reader = await openReader();
      const people = async () => {
        await gone;
        order.push('read');
        return reader.people();
      };
      const release = (): void => void (order.push('released'), reader.release());
      return { ...reader, people, release };
    };
    const repository: Repository = Object.assign(Object.create(harness.repository), {
      startWriting: async (options?: StartWriting) => {
        go();
        await new Promise((wake) => setImmediate(wake));
        order.push('locked');
        return startWriting(options);
      },
    });
    const vault = { ...harness.environment.vault, openReader: openWaiting };
    return { order, environment: { ...harness.environment, vault, repository } };
  }

  test('and sent', async () => {
    const { order, environment } = waiting((options) => harness.repository.startWriting(options));
    expect((await pushBackup(environment, { evenIfSmaller: false }, () => {})).manifest.conversations).toBe(2);
    expect(order).toEqual(['read', 'locked', 'released']);
  });

  test('and let go of where there is none', async () => {
    const { order, environment } = waiting(() => Promise.reject(new CamphorError('repository-locked')));
    await expect(pushBackup(environment, { evenIfSmaller: false }, () => {})).rejects.toMatchObject({ code: 'repository-locked' });
    expect(order).toEqual(['read', 'locked', 'released']);
  });
});

test('progress grows to its end', async () => {
  const told: BackupProgress[] = [];
  await pushBackup(harness.environment, { evenIfSmaller: false }, (progress) => told.push(progress));
  const sending = told.filter(({ stage }) => stage === 'sending').map(({ doneBytes }) => doneBytes);
  expect(sending).toEqual(sending.toSorted((a, b) => a - b));
  const last = told[told.length - 1];
  expect(last).toMatchObject({ stage: 'committing', doneBytes: last?.totalBytes });
});

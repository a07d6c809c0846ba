// Files that only their owner's key opens: known by their bytes, opened in place, and planned as any other.

import { describe, expect, test } from 'vitest';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { type AgeLock, generateAgeIdentity, sealAge } from '../../src/crypto/age';
import { exportArchive } from '../../src/export/age-archive';
import { createContentHash } from '../../src/export/content-hash';
import { CamphorError } from '../../src/model/error';
import type { ImportPlan } from '../../src/model/view';
import { plainStyle, writeChat } from './chat-text';
import { type IntakeHarness, makeHarness, type TestFiles } from './intake-harness';

const passphrase = 'correct horse battery';
const byPassphrase: AgeLock = { kind: 'passphrase', text: passphrase, logN: 4 };
const chat = writeChat({ ...plainStyle, withMedia: true });

const bytesOf = (content: string | Uint8Array): Uint8Array => (typeof content === 'string' ? new TextEncoder().encode(content) : content);

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
}

async function seal(content: string | Uint8Array, lock = byPassphrase): Promise<Uint8Array> {
  return collect((await sealAge(new Blob([bytesOf(content) as Uint8Array<ArrayBuffer>]).stream(), lock)).stream);
}

/** A ZIP of the files inside of an age file. */
async function sealZip(files: TestFiles): Promise<Uint8Array> {
  const entries = async function* () {
    for (const [path, content] of Object.entries(files)) {
      const bytes = bytesOf(content);
      yield { path, sizeBytes: bytes.length, modifiedAtMs: 0, open: () => sourceOfBytes(bytes).stream() };
    }
  };
  return collect((await exportArchive(entries(), byPassphrase, createContentHash())).stream);
}

const unlock = (harness: IntakeHarness, plan: ImportPlan, secret: string, number = 0): Promise<ImportPlan> =>
  harness.intake.unlock(plan.planId, plan.locked[number]?.fileId ?? '', secret, () => {});

async function take(harness: IntakeHarness, plan: ImportPlan): Promise<number> {
  const choices = plan.archives.map(({ archiveId }) => {
    return { archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' } as const;
  });
  const receipts = await harness.intake.run(plan.planId, choices, () => {});
  return receipts.reduce((sum, { added }) => sum + added, 0);
}

describe('an encrypted file in a drop', () => {
  test('is locked, whatever its name, and once open is planned and imported as its inside would be', async () => {
    const open = makeHarness();
    await open.import(chat);
    for (const name of ['chat.zip.age', 'photo.jpg']) {
      const harness = makeHarness();
      const plan = await harness.plan({ [name]: await sealZip(chat) });
      expect(plan).toMatchObject({ archives: [], unrecognised: [], problems: [] });
      expect(plan.locked).toEqual([{ fileId: '0', path: name, kind: 'age', opensBy: 'passphrase', others: [] }]);
      const opened = await unlock(harness, plan, passphrase);
      expect(opened).toMatchObject({ locked: [], unrecognised: [], problems: [] });
      expect(opened.archives).toHaveLength(1);
      expect(await take(harness, opened)).toBeGreaterThan(0);
      expect(await harness.dump()).toBe(await open.dump());
    }
  });

  test('leaves what else was dropped as it is; others stay locked', async () => {
    const { identity, recipient } = await generateAgeIdentity();
    const [[chatName, text] = ['', '']] = Object.entries(chat).filter(([path]) => path.endsWith('.txt'));
    const harness = makeHarness();
    const plan = await harness.plan({
      [chatName]: text,
      'one.age': await seal('no archive at all'),
      'two.age': await seal(text, { kind: 'recipients', recipients: [recipient] }),
    });
    expect(plan.archives).toHaveLength(1);
    expect(plan.locked.map(({ path, opensBy }) => [path, opensBy])).toEqual([
      ['one.age', 'passphrase'],
      ['two.age', 'identity'],
    ]);
    const first = await unlock(harness, plan, passphrase);
    expect(first).toMatchObject({ unrecognised: ['one'], locked: [{ path: 'two.age' }] });
    const second = await unlock(harness, first, `# created: 2026\n${identity}\n`);
    expect(second).toMatchObject({ unrecognised: ['one'], locked: [] });
    expect(second.archives).toHaveLength(2);
  });

  test('with a wrong secret stays locked, and its plan usable', async () => {
    const harness = makeHarness();
    const plan = await harness.plan({ ...chat, 'x.age': await seal('x') });
    for (const secret of ['', 'correct horse', (await generateAgeIdentity()).identity])
      await expect(unlock(harness, plan, secret)).rejects.toEqual(new CamphorError('wrong-secret'));
    expect(await take(harness, plan)).toBeGreaterThan(0);
    await expect(harness.intake.unlock('plan-99', '0', passphrase, () => {})).rejects.toMatchObject({ code: 'not-found' });
    await expect(harness.intake.unlock(plan.planId, '99', passphrase, () => {})).rejects.toMatchObject({ code: 'not-found' });
  });

  test('that is damaged is a problem, at once or when it is opened', async () => {
    const harness = makeHarness();
    const sealed = await seal('x'.repeat(1000));
    const plan = await harness.plan({
      'cut.age': sealed.subarray(0, 40),
      'later.age': sealed.subarray(0, -1),
      'next.age': bytesOf('age-encryption.org/v2\n'),
    });
    expect(plan.problems).toEqual([
      { code: 'entry-damaged', detail: 'cut.age' },
      { code: 'unsupported-version', detail: 'next.age' },
    ]);
    expect(plan.locked).toMatchObject([{ path: 'later.age' }]);
    await expect(unlock(harness, plan, passphrase)).rejects.toMatchObject({ code: 'damaged' });
  });
});

// What is in an evidence pack: the chosen messages untouched among those around them, and a hash of everything.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseWithContext } from '../../src/export/evidence/choose-context';
import { mostEvidenceMessages } from '../../src/model/export';
import type { Receipt } from '../../src/model/receipt';
import { conversationId, memoryReader, message } from '../search/memory-reader';
import { hashOf, hundred, nowMs, original, pictureHash, readerOfHundred, receipts, writePack } from './invented-evidence';

interface Line {
  readonly text: string;
  readonly chosen?: true;
  readonly paths?: readonly string[];
  readonly sourceId: string;
  readonly facts?: object;
}
const linesOf = (text: string): Line[] => text.trim().split('\n').map((line) => JSON.parse(line) as Line); // prettier-ignore
const found = (...seqs: number[]): ReadonlyMap<ReturnType<typeof conversationId>, readonly number[]> =>
  new Map([[conversationId('c1'), seqs]]);

describe('the messages of a pack', () => {
  test('are those chosen, marked, with what stood around them, every field untouched', async () => {
    const pack = await writePack();
    const lines = linesOf(pack.text('messages.jsonl'));
    expect(lines.map(({ text }) => text)).toEqual(hundred.slice(40, 61).map(({ text }) => text));
    expect(lines.filter(({ chosen }) => chosen).map(({ text }) => text)).toEqual(['message 50']);
    expect(lines[10]).toMatchObject({
      sourceId: 'id-50',
      facts: { extra: { push: 'kept as it is' } },
      paths: [`media/${pictureHash}.png`],
    });
    expect(hashOf(pack.files.get(`media/${pictureHash}.png`) ?? '')).toBe(pictureHash);
    expect(pack.text('messages.html')).toContain('"chosen":1');
    expect(pack.result).toMatchObject({ messages: 21, conversations: 1, media: 1, leftOutMedia: 0, evidence: { chosen: 1, originals: 1 } });
  });

  test('are of days too, and meet at their edges without being written twice', async () => {
    const days = await writePack({ found: null, fromMs: hundred[5]?.sentAtMs ?? 0, toMs: hundred[8]?.sentAtMs ?? 0, contextMessages: 1 });
    expect(linesOf(days.text('messages.jsonl')).map(({ text, chosen }) => [text, chosen ?? false])).toEqual([
      ['message 4', false],
      ['message 5', true],
      ['message 6', true],
      ['message 7', true],
      ['message 8', false],
    ]);
  });

  test('property: each within so many of a chosen one, in order, once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(99), { maxLength: 20 }), fc.nat(30), async (seqs, contextMessages) => {
        const reader = memoryReader([{ id: 'c1', messages: hundred }], [], 7);
        const [entry] = await reader.conversations();
        if (entry === undefined) throw new Error('no conversation');
        const part = await chooseWithContext(reader, entry, { found: found(...seqs), fromMs: null, toMs: null, contextMessages }, 1000);
        const near = hundred.filter(({ seq }) => seqs.some((chosen) => Math.abs(chosen - seq) <= contextMessages));
        expect(part.written).toEqual(near.map(({ seq }) => seq));
        expect([...part.chosen].sort()).toEqual([...seqs].sort());
      }),
      { numRuns: 300 },
    );
  });

  test('are not more than a pack holds', async () => {
    const many = Array.from({ length: mostEvidenceMessages + 1 }, (_, seq) => message('x', { seq, sentAtMs: seq }));
    await expect(writePack({ found: null }, readerOfHundred(many, 4096))).rejects.toMatchObject({ code: 'too-many-messages' });
  });
});

describe('the manifest of a pack', () => {
  test('holds size and SHA-256 of every file, and what it was made by', async () => {
    const pack = await writePack();
    const manifest = JSON.parse(pack.text('manifest.json')) as { files: { path: string; sizeBytes: number; sha256: string }[] };
    const others = [...pack.files].filter(([path]) => path !== 'manifest.json' && path !== 'SHA256SUMS');
    expect(manifest.files).toEqual(others.map(([path, bytes]) => ({ path, sizeBytes: bytes.length, sha256: hashOf(bytes) })));
    expect(manifest).toMatchObject({
      ...{ format: 'camphor-evidence', version: 1, createdAt: new Date(nowMs).toISOString(), zone: 'Europe/Berlin', language: 'en' },
      ...{ appVersion: '9.8.7', chosenMessages: 1, contextMessages: 10, messages: 21 },
    });
    expect(pack.result.evidence?.manifestSha256).toBe(hashOf(pack.files.get('manifest.json') ?? ''));
    const sums = [...others, ['manifest.json', pack.files.get('manifest.json') ?? ''] as const];
    expect(pack.text('SHA256SUMS')).toBe(sums.map(([path, bytes]) => `${hashOf(bytes)}  ${path}\n`).join(''));
  });

  test('is of files under plain names, the same each time', async () => {
    const pack = await writePack();
    expect([...pack.files.keys()]).toEqual([
      ...['messages.jsonl', 'messages.html', `media/${pictureHash}.png`, 'originals/1.txt', 'imports.json'],
      ...['STATEMENT.txt', 'format.md', 'verify.html', 'manifest.json', 'SHA256SUMS'],
    ]);
    expect(pack.text('format.md')).toBe(readFileSync('docs/format.md', 'utf8'));
    expect(pack.text('verify.html')).toBe(readFileSync('src/export/evidence/verify.html', 'utf8'));
    expect(Buffer.from((await writePack()).zip).equals(Buffer.from(pack.zip))).toBe(true);
  });
});

interface Imports {
  readonly imports: readonly { readonly id: string; readonly originals: unknown; readonly conversations: readonly object[] }[];
}

describe('the imports of a pack', () => {
  test('are those that held any of its messages, oldest first, and say nothing of other conversations', async () => {
    const pack = await writePack();
    const { imports } = JSON.parse(pack.text('imports.json')) as Imports;
    expect(imports.map(({ id }) => id)).toEqual(['older', 'newer']);
    expect(imports[0]).toMatchObject({
      importer: { format: 'whatsapp-text', formatVersion: '1', revision: 1 },
      archiveFiles: [{ path: 'older.txt', identity: hashOf(original), identityOf: 'content' }],
      originals: [{ path: 'originals/1.txt', name: 'chat/WhatsApp Chat.txt', sha256: hashOf(original), sizeBytes: original.length }],
      conversations: [{ name: 'Ada', heldOfThisPack: 20 }],
    });
    expect(imports[1]?.originals).toBe('The original archive was not kept in Camphor. Only its identity above is known.');
    expect(pack.text('imports.json')).not.toContain('Somebody else');
    expect(Buffer.from(pack.files.get('originals/1.txt') ?? '').equals(original)).toBe(true);
  });

  test('name no file of an archive of several that held other conversations too', async () => {
    const [newer] = receipts;
    if (newer === undefined) throw new Error('no receipt');
    const file = newer.files[0] ?? { path: '', sizeBytes: 0, identity: pictureHash, identityOf: 'content' };
    const several: Receipt = { ...newer, files: [file, { ...file, path: 'WhatsApp Chat with Somebody else.txt' }] };
    const filesOf = async (receipt: Receipt): Promise<readonly object[]> => {
      const pack = await writePack({}, { ...readerOfHundred(), receipts: async () => [receipt] });
      expect(pack.text('imports.json')).not.toContain('Somebody else');
      return (JSON.parse(pack.text('imports.json')) as { imports: { archiveFiles: object[] }[] }).imports[0]?.archiveFiles ?? [];
    };
    expect(await filesOf(several)).toEqual([several.files[0], several.files[1]].map((one) => ({ ...one, path: undefined })));
    const alone = { ...several, files: [file, { ...file, path: 'media.zip' }], conversations: newer.conversations.slice(0, 1) };
    expect(await filesOf(alone)).toEqual(alone.files);
  });

  test('are without originals where that was asked for, or where these are damaged, and say so', async () => {
    const without = await writePack({ withOriginals: false });
    expect(without.text('imports.json')).toContain('"absent":"not-asked-for"');
    expect([...without.files.keys()].filter((path) => path.startsWith('originals/'))).toEqual([]);
    expect(without.text('STATEMENT.txt')).toContain('The original archive is not in this pack.');
    const reader = readerOfHundred();
    const flipped: typeof reader = {
      ...reader,
      openMedia: (entry) => reader.openMedia(entry.mime === 'text/plain' ? { ...entry, sha256: pictureHash } : entry),
    };
    expect((await writePack({}, flipped)).text('imports.json')).toContain('"absent":"damaged"');
  });
});

test('the verifier is one page of at most 200 lines that reaches for nothing', () => {
  const page = readFileSync('src/export/evidence/verify.html', 'utf8');
  expect(page.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
  expect(page).toContain(`content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'`);
  expect(page).not.toMatch(/innerHTML|https?:|fetch\(|XMLHttpRequest|import |src=|href=/);
});

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadZip } from 'client-zip';
import { expect, test } from 'vitest';

const command = fileURLToPath(new URL('./inspect.mjs', import.meta.url));
const samples = fileURLToPath(new URL('../samples/', import.meta.url));
const family = `${samples}whatsapp/family`;

function inspect(...args: string[]): Promise<{ status: number; lines: Record<string, unknown>[]; errors: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { maxBuffer: 1 << 26 }, (error, stdout, errors) => {
      const lines = stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      resolve({ status: error ? Number(error.code) : 0, lines, errors });
    });
  });
}

test('one line an archive, with these fields', async () => {
  const { status, lines } = await inspect(family, '--secret', 'unused');
  expect(status).toBe(0);
  expect(lines).toEqual([
    {
      path: family,
      format: 'whatsapp-text',
      version: 'ios',
      conversations: 1,
      messages: 13,
      byKind: { system: 2, text: 3, image: 3, file: 1, poll: 1, call: 2, location: 1 },
      people: 3,
      firstAt: '2023-06-30T16:13:01',
      lastAt: '2023-06-30T16:22:00',
      mediaFound: 0,
      mediaMissing: 4,
      problems: {},
      unrecognised: [],
    },
  ]);
});

test('a ZIP in a folder, and what nothing recognises', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'camphor-inspect-'));
  try {
    const zip = await downloadZip([
      { name: 'WhatsApp Chat with Bob.txt', input: '30/6/23, 16:13 - Bob: IMG-20230630-WA0000.jpg (file attached)\n' },
      { name: 'IMG-20230630-WA0000.jpg', input: 'x' },
    ]).arrayBuffer();
    await writeFile(join(folder, 'WhatsApp Chat with Bob.zip'), new Uint8Array(zip));
    await writeFile(join(folder, 'notes.txt'), 'nothing\n');
    const { status, lines } = await inspect(folder);
    expect(status).toBe(0);
    expect(lines).toMatchObject([{ path: folder, messages: 1, mediaFound: 1, firstAt: '2023-06-30T16:13', unrecognised: ['notes.txt'] }]);

    const nothing = await inspect(join(folder, 'notes.txt'));
    expect(nothing.status).toBe(2);
    expect(nothing.lines).toMatchObject([{ format: null, version: null, messages: 0, unrecognised: ['notes.txt'] }]);

    const missing = await inspect(join(folder, 'gone.txt'));
    expect(missing.status).toBe(1);
    expect(missing.errors).toContain('gone.txt');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('--records prints the neutral records instead', async () => {
  const { status, lines } = await inspect('--records', family);
  expect(status).toBe(0);
  expect(lines[0]).toEqual({ type: 'conversation', index: 0, sourceId: null, name: null, shape: 'unknown' });
  expect(lines.filter((line) => line['type'] === 'message')).toHaveLength(13);
});

// Checks F12: the same sources make the same release, whichever folder they lie in.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const projectRoot = join(import.meta.dirname, '../..');
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A copy of everything that the build reads, built in a process of its own; gives what the release tool prints. */
function release(name: string, environment: Record<string, string>): string {
  const parent = mkdtempSync(join(tmpdir(), 'camphor-release-'));
  folders.push(parent);
  const folder = join(parent, name);
  for (const path of [
    'src',
    'workers',
    'public',
    'docs',
    'index.html',
    'oauth.html',
    'vite.config.ts',
    'package.json',
    'tsconfig.json',
    'test/tools',
  ])
    cpSync(join(projectRoot, path), join(folder, path), { recursive: true });
  // Its own folder, since caches lie in it; the packages themselves are shared.
  const modules = join(folder, 'node_modules');
  cpSync(join(projectRoot, 'package.json'), join(modules, '.keep'));
  for (const entry of readdirSync(join(projectRoot, 'node_modules')))
    if (!entry.startsWith('.')) symlinkSync(join(projectRoot, 'node_modules', entry), join(modules, entry));
  const printed = execFileSync('node', ['test/tools/release.mjs'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  const [file] = readdirSync(join(folder, 'release')).filter((path) => path.endsWith('.zip'));
  expect(readFileSync(join(folder, 'release', `${file}.sha256`), 'utf8')).toContain(printed.slice(0, 64));
  return printed;
}

describe('a release', () => {
  it('is the same from two folders, in two time zones', () => {
    const first = release('one', { TZ: 'UTC' });
    const second = release('a longer name', { TZ: 'Asia/Shanghai' });
    expect(first).toMatch(/^[0-9a-f]{64} {2}release\/camphor-\d+\.\d+\.\d+\.zip/);
    expect(second).toBe(first);
  });
});

// Check F4: the closure is a file that someone has read; whatever changes it, or comes from elsewhere, fails.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ClosureFiles, closureFaults, closureOf, type LockedPackage, readClosureFiles } from './closure';

const files = readClosureFiles(join(import.meta.dirname, '../..'));
const own = closureFaults(files);
/** What a change adds to what is wrong already, which is nothing. */
const added = (change: Partial<ClosureFiles>): readonly string[] =>
  closureFaults({ ...files, ...change }).filter((fault) => !own.includes(fault));

/** The lockfile with fields of one package changed, or with a package of its own. */
const locked = (path: string, fields: { readonly [Field in keyof LockedPackage]: LockedPackage[Field] | undefined }) => {
  const changed = { ...files.lock.packages[path], ...fields } as LockedPackage;
  return { lock: { packages: { ...files.lock.packages, [path]: changed } } };
};
const stranger = { version: '1.0.0', license: 'MIT', integrity: 'sha512-AAAA' };

describe('the closure', () => {
  it('is the list that is checked in, and keeps every rule', () => {
    expect(own).toEqual([]);
    expect(Object.keys(closureOf(files.lock)).length).toBeGreaterThanOrEqual(Object.keys(files.manifest.dependencies).length);
  });

  it('with another package, another version or one less fails', () => {
    expect(added(locked('node_modules/stranger', stranger))).toEqual(['stranger: listed nothing, locked 1.0.0 MIT']);
    expect(added(locked('node_modules/dexie', { version: '99.0.0' }))).toEqual([
      expect.stringMatching(/^dexie: listed \S+ Apache-2\.0, locked 99\.0\.0 Apache-2\.0$/),
    ]);
    expect(added(locked('node_modules/dexie', { dev: true }))).toEqual([expect.stringMatching(/^dexie: listed .*, locked nothing$/)]);
    expect(added(locked('node_modules/virtua/node_modules/dexie', stranger))).toEqual([
      expect.stringMatching(/^dexie: listed \S+ Apache-2\.0, locked 1\.0\.0 MIT, \S+ Apache-2\.0$/),
    ]);
  });

  it('with a package from git, a folder or another registry fails, for development too', () => {
    const fault = ['stranger: not from the registry with integrity'];
    const dev = { ...stranger, dev: true };
    expect(
      added(locked('node_modules/stranger', { ...dev, integrity: undefined, resolved: 'git+ssh://git@github.com/a/b.git#0' })),
    ).toEqual(fault);
    expect(added(locked('node_modules/stranger', { ...dev, resolved: 'git+ssh://git@github.com/a/b.git#0' }))).toEqual(fault);
    expect(added(locked('node_modules/stranger', { ...dev, resolved: 'https://registry.example/stranger-1.0.0.tgz' }))).toEqual(fault);
    expect(added(locked('node_modules/stranger', { ...dev, resolved: '../stranger', link: true }))).toEqual(fault);
    expect(added(locked('node_modules/stranger', { ...dev, integrity: 'sha1-AAAA' }))).toEqual(fault);
    expect(added(locked('node_modules/stranger', { ...dev, resolved: 'https://registry.npmjs.org/stranger/-/s.tgz' }))).toEqual([]);
  });

  it('with a version that is not exact, or a package that nobody wrote down, fails', () => {
    const manifest = (fields: Partial<ClosureFiles['manifest']>) => ({ manifest: { ...files.manifest, ...fields } });
    for (const version of ['^4.4.0', 'github:dexie/Dexie.js', 'latest', 'file:../dexie', '4'])
      expect(added(manifest({ devDependencies: { ...files.manifest.devDependencies, loose: version } }))).toEqual([
        `loose: ${version} is no exact version`,
      ]);
    expect(added(manifest({ dependencies: { ...files.manifest.dependencies, unwritten: '1.0.0' } }))).toEqual([
      'unwritten: no line in docs/dependencies.md',
    ]);
  });

  it('with an install script fails, for development and for some systems only too', () => {
    const fault = ['stranger: has an install script'];
    expect(added(locked('node_modules/stranger', { ...stranger, dev: true, hasInstallScript: true }))).toEqual(fault);
    expect(added(locked('node_modules/stranger', { ...stranger, optional: true, hasInstallScript: true }))).toEqual(fault);
  });

  it('with a foreign licence, or none, fails', () => {
    for (const license of ['GPL-3.0-only', 'SEE LICENSE IN LICENSE', undefined])
      expect(added(locked('node_modules/dexie', { license }))).toContain(`dexie: licence ${license ?? 'none'}`);
    expect(added(locked('node_modules/stranger', { ...stranger, dev: true, license: 'MPL-2.0' }))).toEqual([]);
  });
});

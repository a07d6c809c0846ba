// design.md §3: who may import whom. Each failure names the edge: file, line, what it imports.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, type Import, listSources, projectRoot, readImports, targetOf } from './imports';
import layers from './layers.json';

interface Layer {
  readonly folders: readonly string[];
  readonly typesOf?: readonly string[];
  readonly packages: readonly string[];
}
const rules = new Map<string, Layer>(Object.entries(layers));
const imports = [...listSources('src'), ...listSources('workers')].flatMap(readImports);

function breaks(entry: Import): boolean {
  const own = folderOf(entry.file);
  const layer = rules.get(own);
  const target = targetOf(entry);
  if (layer === undefined) return true;
  if ('package' in target) return !entry.specifier.startsWith('virtual:') && !layer.packages.includes(target.package);
  if (target.folder === own || target.folder === 'model' || layer.folders.includes(target.folder)) return false;
  const addressOnly = entry.specifier.includes('url');
  return !(layer.typesOf?.includes(target.folder) === true && (entry.typeOnly || addressOnly));
}

/** Files on an import cycle, in order, or null. */
function findCycle(): string[] | null {
  const files = new Set([...listSources('src'), ...listSources('workers')]);
  const edges = new Map<string, string[]>();
  for (const entry of imports) {
    if (entry.typeOnly || !entry.specifier.startsWith('.')) continue;
    const base = join(entry.file, '..', entry.specifier);
    const target = [base, `${base}.ts`, `${base}.tsx`].find((path) => files.has(path));
    if (target !== undefined) edges.set(entry.file, [...(edges.get(entry.file) ?? []), target]);
  }
  const done = new Set<string>();
  const walk = (file: string, path: string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    done.add(file);
    for (const next of edges.get(file) ?? []) {
      const cycle = walk(next, [...path, file]);
      if (cycle !== null) return cycle;
    }
    return null;
  };
  for (const file of files) {
    const cycle = walk(file, []);
    if (cycle !== null) return cycle;
  }
  return null;
}

describe('layers', () => {
  it('sees the imports that it is to judge', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(imports.some((entry) => entry.specifier === '../model/error')).toBe(true);
  });

  it('allows no import that design.md does not', () => {
    const broken = imports.filter(breaks).map((entry) => `${entry.file}:${entry.line} imports ${entry.specifier}`);
    expect(broken).toEqual([]);
  });

  it('has no import cycle', () => {
    expect(findCycle()).toBeNull();
  });

  it('uses every runtime package in one folder only (comlink: both ends of a port)', () => {
    const homes = new Map<string, Set<string>>();
    for (const entry of imports) {
      const target = targetOf(entry);
      if ('package' in target && !entry.specifier.startsWith('virtual:'))
        homes.set(target.package, (homes.get(target.package) ?? new Set()).add(folderOf(entry.file)));
    }
    const shared = [...homes]
      .filter(([name, folders]) => folders.size > (name === 'comlink' ? 2 : 1))
      .map(([name, folders]) => `${name}: ${[...folders].join(', ')}`);
    expect(shared).toEqual([]);
    const { dependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect([...homes.keys()].sort()).toEqual(Object.keys(dependencies).sort());
  });

  it('gives the linter the same rules', () => {
    const config = JSON.parse(readFileSync(join(projectRoot, '.oxlintrc.json'), 'utf8')) as {
      overrides: { files: string[]; rules: Record<string, [string, { patterns: { group: string[] }[] }]> }[];
    };
    const folders = [...rules.keys()].filter((name) => name !== 'main.tsx' && name !== 'workers');
    for (const folder of folders) {
      const override = config.overrides.find((entry) => entry.files.includes(`src/${folder}/**`));
      const forbidden = override?.rules['no-restricted-imports']?.[1].patterns.flatMap((pattern) => pattern.group) ?? [];
      const layer = rules.get(folder);
      const expected = folders
        .filter((other) => other !== folder && other !== 'model' && layer?.folders.includes(other) !== true)
        .map((other) => (existsSync(join(projectRoot, 'src', folder, other)) ? `../../${other}/**` : `**/${other}/**`));
      expect({ folder, forbidden: forbidden.sort() }).toEqual({ folder, forbidden: expected.sort() });
    }
  });
});

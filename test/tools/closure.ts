// What may ship: the rules for the runtime closure of package-lock.json (check-closure.mjs applies them, closure.test.ts tries them).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package as package-lock.json describes it. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  /** Where it came from; left out where it is the registry. */
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
}

/** The files that the rules are about. */
export interface ClosureFiles {
  /** package-lock.json. */
  readonly lock: { readonly packages: Readonly<Record<string, LockedPackage>> };
  /** package.json. */
  readonly manifest: {
    readonly dependencies: Readonly<Record<string, string>>;
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  /** docs/closure.json. */
  readonly listed: Readonly<Record<string, string>>;
  /** The text of docs/dependencies.md. */
  readonly register: string;
}

const allowedLicences = new Set(['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'MIT-0']);
const registry = 'https://registry.npmjs.org/';
const exactVersion = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** From the project's root. */
export function readClosureFiles(root: string): ClosureFiles {
  const text = (path: string): string => readFileSync(join(root, path), 'utf8');
  return {
    lock: JSON.parse(text('package-lock.json')) as ClosureFiles['lock'],
    manifest: JSON.parse(text('package.json')) as ClosureFiles['manifest'],
    listed: JSON.parse(text('docs/closure.json')) as ClosureFiles['listed'],
    register: text('docs/dependencies.md'),
  };
}

type Entry = readonly [name: string, locked: LockedPackage];

function entriesOf(lock: ClosureFiles['lock']): readonly Entry[] {
  const installed = Object.entries(lock.packages).filter(([path]) => path !== '');
  return installed.map(([path, locked]) => [path.replace(/^.*node_modules\//, ''), locked]);
}

const ships = (locked: LockedPackage): boolean => !locked.dev && !locked.devOptional && !locked.optional;

/** The runtime closure: each name with `version licence`, several of them where several versions ship; sorted by name. */
export function closureOf(lock: ClosureFiles['lock']): Readonly<Record<string, string>> {
  const closure = new Map<string, string[]>();
  for (const [name, locked] of entriesOf(lock)) {
    if (!ships(locked)) continue;
    const version = `${locked.version ?? 'no version'} ${locked.license ?? 'no licence'}`;
    const known = closure.get(name) ?? [];
    closure.set(name, known.includes(version) ? known : [...known, version].toSorted());
  }
  const sorted = [...closure].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, versions]) => [name, versions.join(', ')]));
}

/** Everything installed, for development too: from the registry by content, and nothing runs when it is installed. */
function entryFaults([name, locked]: Entry): readonly string[] {
  const faults: string[] = [];
  const isFromRegistry = locked.resolved === undefined || locked.resolved.startsWith(registry);
  if (locked.link || !isFromRegistry || !locked.integrity?.startsWith('sha512-'))
    faults.push(`${name}: not from the registry with integrity`);
  if (locked.hasInstallScript) faults.push(`${name}: has an install script`);
  if (ships(locked) && !allowedLicences.has(locked.license ?? '')) faults.push(`${name}: licence ${locked.license ?? 'none'}`);
  return faults;
}

/** What is wrong, a line each. */
export function closureFaults({ lock, manifest, listed, register }: ClosureFiles): readonly string[] {
  const faults = entriesOf(lock).flatMap(entryFaults);
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))
    if (!exactVersion.test(version)) faults.push(`${name}: ${version} is no exact version`);
  for (const name of Object.keys(manifest.dependencies))
    if (!register.includes(`\`${name}\``)) faults.push(`${name}: no line in docs/dependencies.md`);
  const locked = closureOf(lock);
  for (const name of new Set([...Object.keys(listed), ...Object.keys(locked)]))
    if (listed[name] !== locked[name]) faults.push(`${name}: listed ${listed[name] ?? 'nothing'}, locked ${locked[name] ?? 'nothing'}`);
  return faults;
}

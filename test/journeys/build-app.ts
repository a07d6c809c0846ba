// Vitest global setup of the journeys: builds the app once, and beside it the harness, a page of the same build whose only
// script puts the session on `window.session` (for what no screen shows, such as probes and faults).
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the built app. */
    appFolder: string;
    /** Folder of the built harness. */
    harnessFolder: string;
  }
}

const projectRoot = join(import.meta.dirname, '../..');
const journeysCache = join(projectRoot, 'node_modules/.cache/journeys');

/** Imports that a build takes from elsewhere, workers included. */
export type Replacements = readonly { readonly find: RegExp; readonly replacement: string }[];

/** Builds the site whose index.html runs `script` instead of src/main.tsx; the policies are those of the app. */
export async function buildSite(outDir: string, script = 'src/main.tsx', replacements: Replacements = []): Promise<void> {
  const root = join(journeysCache, 'sources', script.replaceAll(/\W/g, '-'));
  mkdirSync(root, { recursive: true });
  const copyPage = (name: string, from: string, to: string): void =>
    writeFileSync(join(root, name), readFileSync(join(projectRoot, name), 'utf8').replace(from, relative(root, join(projectRoot, to))));
  copyPage('index.html', './src/main.tsx', script);
  copyPage('oauth.html', './src/session/consent-return.ts', 'src/session/consent-return.ts');
  // Vitest says `test`, with which packages give their development versions.
  const environment = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await build({
      configFile: join(projectRoot, 'vite.config.ts'),
      root,
      publicDir: join(projectRoot, 'public'),
      logLevel: 'warn',
      resolve: { alias: [...replacements] },
      build: { outDir, emptyOutDir: true },
    });
  } finally {
    process.env['NODE_ENV'] = environment;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  // Its own folder, so that two runs at once do not build over each other.
  const runFolder = join(journeysCache, `run-${process.pid}`);
  const appFolder = join(runFolder, 'app');
  const harnessFolder = join(runFolder, 'harness');
  await buildSite(appFolder);
  await buildSite(harnessFolder, 'test/journeys/harness.ts');
  project.provide('appFolder', appFolder);
  project.provide('harnessFolder', harnessFolder);
  return () => rmSync(runFolder, { recursive: true, force: true });
}

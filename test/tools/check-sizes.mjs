// Bundle budgets over dist/, in KiB after brotli: what the list needs before it paints (design.md §10), and each worker.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const dist = join(import.meta.dirname, '../../dist');
/** The binding one. `npm run bench -- --only load` measures the same in Chromium. */
const listBudgetKib = 90;
/**
 * Workers by name; Dexie is 26 of each. Nobody waits for these with an empty screen, and the service worker has fetched them
 * before they are needed: search has the tables that fold Han and other letters (10), counts by month (1), recent messages and texts folded from their bytes (1),
 * and what a query asks of bookmarks, notes and tags (0.4; the rest of that comes where the owner keeps any); import has them too for the signatures,
 * and the matching (40); backup has the repository (25) and what goes into a snapshot (15); export has age and the latter.
 */
const workerBudgetsKib = new Map([
  ['import', 130],
  ['backup', 95],
  ['export', 75],
  ['search', 70],
]);
const otherWorkerBudgetKib = 60;
/** All importers, since each is asked whether an archive is its own; loaded when the first is looked at. */
const importersBudgetKib = 260;
const sizeKib = (path) => brotliCompressSync(readFileSync(join(dist, path))).length / 1024;
const scripts = readdirSync(dist, { recursive: true }).filter((path) => path.endsWith('.js'));

/** These scripts and what they import statically, transitively. */
function withImports(paths) {
  const found = new Set();
  const queue = [...paths];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const text = readFileSync(join(dist, path), 'utf8');
    for (const match of text.matchAll(/(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w*${},\s]+?\s*from\s*)?["'](\.[^"']+\.js)["']/g))
      queue.push(join(path, '..', match[1]));
  }
  return [...found];
}

/** Scripts that index.html loads. Throws where there is none. */
function entryScripts() {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const found = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map((match) => match[1]);
  if (found.length === 0) throw new Error('dist/index.html loads no script');
  return found;
}

/** The built script of a name; there is exactly one, or the build has changed and this file has to. */
function script(name) {
  const found = scripts.filter((path) => new RegExp(`^assets/${name}-[\\w-]{8}\\.js$`).test(path));
  if (found.length !== 1) throw new Error(`dist/assets has ${found.length} scripts called ${name}`);
  return found[0];
}

let faults = 0;
const judge = (name, paths, budgetKib, without = new Set()) => {
  const kib = withImports(paths).reduce((sum, path) => sum + (without.has(path) ? 0 : sizeKib(path)), 0);
  if (kib > budgetKib) faults += 1;
  console.log(`${kib > budgetKib ? 'OVER' : 'ok  '} ${name}: ${kib.toFixed(1)} KiB of ${budgetKib}`);
};
// What every cold load fetches: the page, its watch over updates, one language, the confinement and the vault worker.
const [language] = ['en', 'zh-cn', 'zh-tw'].map(script).sort((a, b) => sizeKib(b) - sizeKib(a));
const list = [...entryScripts(), script('workbox-window.prod.es5'), language, script('confine'), script('vault')];
judge('script until the list paints', list, listBudgetKib);
// A lazy chunk of a worker may have the worker's name: the worker is the largest.
const workers = new Map();
for (const path of scripts) {
  const [, name] =
    /^(?:assets\/|drive\/)?(import|vault|search|media|backup|sealing|export|drive|service-worker)(?:-[\w-]{8})?\.js$/.exec(path) ?? [];
  if (name === undefined) continue;
  const known = workers.get(name);
  if (known === undefined || sizeKib(path) > sizeKib(known)) workers.set(name, path);
}
for (const [name, path] of workers) judge(`worker ${name}`, [path], workerBudgetsKib.get(name) ?? otherWorkerBudgetKib);
const importers = script('registry');
const shared = new Set(withImports([workers.get('import')]));
judge('importers', [importers], importersBudgetKib, shared);
process.exit(faults === 0 ? 0 : 1);

// Bundle budgets over dist/, in KiB after brotli: what the list needs before it paints, and each worker.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const dist = join(import.meta.dirname, '../../dist');
const entryBudgetKib = 90;
const workerBudgetKib = 60;
const sizeKib = (path) => brotliCompressSync(readFileSync(path)).length / 1024;
const scripts = readdirSync(dist, { recursive: true }).filter((path) => path.endsWith('.js'));

/** Scripts that index.html loads, and what those import statically, transitively. */
function entryScripts() {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const found = new Set();
  const queue = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map((match) => match[1]);
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const text = readFileSync(join(dist, path), 'utf8');
    for (const match of text.matchAll(/(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w*${},\s]+?\s*from\s*)?["'](\.[^"']+\.js)["']/g))
      queue.push(join(path, '..', match[1]));
  }
  return [...found];
}

let faults = 0;
const judge = (name, kib, budget) => {
  const ok = kib <= budget;
  if (!ok) faults += 1;
  console.log(`${ok ? 'ok  ' : 'OVER'} ${name}: ${kib.toFixed(1)} KiB of ${budget}`);
};
const entry = entryScripts();
if (entry.length === 0) {
  console.error('dist/index.html loads no script');
  process.exit(1);
}
judge(
  'entry',
  entry.reduce((sum, path) => sum + sizeKib(join(dist, path)), 0),
  entryBudgetKib,
);
for (const path of scripts)
  if (/(^|\/)(import|vault|search|media|backup|drive|service-worker)[.-][^/]*js$/.test(path) || /^(service-worker|sw)\.js$/.test(path))
    judge(`worker ${basename(path)}`, sizeKib(join(dist, path)), workerBudgetKib);
process.exit(faults === 0 ? 0 : 1);

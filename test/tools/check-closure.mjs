// Everything that ships: the runtime closure of package-lock.json must be docs/closure.json, under allowed licences,
// from the registry with integrity, without install scripts. `--write` takes the present closure as the new list.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const listPath = join(root, 'docs/closure.json');
const allowed = new Set(['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'MIT-0']);
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const register = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
const faults = [];
const closure = {};
for (const [path, entry] of Object.entries(lock.packages)) {
  if (path === '') continue;
  const name = path.replace(/^.*node_modules\//, '');
  if (entry.link || !entry.integrity) faults.push(`${name}: not from the registry with integrity`);
  if (entry.hasInstallScript && !entry.optional && !entry.dev) faults.push(`${name}: has an install script`);
  if (entry.dev || entry.devOptional || entry.optional) continue;
  closure[name] = `${entry.version} ${entry.license ?? 'no licence'}`;
  if (!allowed.has(entry.license)) faults.push(`${name}: licence ${entry.license}`);
}
for (const name of Object.keys(lock.packages[''].dependencies))
  if (!register.includes(`\`${name}\``)) faults.push(`${name}: no line in docs/dependencies.md`);
const sorted = Object.fromEntries(Object.entries(closure).sort(([a], [b]) => (a < b ? -1 : 1)));
if (process.argv.includes('--write')) writeFileSync(listPath, `${JSON.stringify(sorted, null, 2)}\n`);
const listed = JSON.parse(readFileSync(listPath, 'utf8'));
for (const name of new Set([...Object.keys(listed), ...Object.keys(sorted)]))
  if (listed[name] !== sorted[name]) faults.push(`${name}: listed ${listed[name] ?? 'nothing'}, locked ${sorted[name] ?? 'nothing'}`);
for (const fault of faults) console.error(fault);
console.log(`closure: ${Object.keys(sorted).length} packages, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

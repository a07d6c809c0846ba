// Everything that ships: the runtime closure of package-lock.json must be docs/closure.json, under allowed licences,
// from the registry with integrity, without install scripts. `--write` takes the present closure as the new list.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';

const root = join(import.meta.dirname, '../..');
const rules = await runnerImport(join(import.meta.dirname, 'closure.ts'), { configFile: false, logLevel: 'error' });
const { closureFaults, closureOf, readClosureFiles } = rules.module;
const files = readClosureFiles(root);
const closure = closureOf(files.lock);
if (process.argv.includes('--write')) writeFileSync(join(root, 'docs/closure.json'), `${JSON.stringify(closure, null, 2)}\n`);
const faults = closureFaults(process.argv.includes('--write') ? { ...files, listed: closure } : files);
for (const fault of faults) console.error(fault);
console.log(`closure: ${Object.keys(closure).length} packages, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);

// File lengths: none over 400 lines (data tables named here excepted), median under 80.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');
/** Tables of data, not code. */
const tables = /^src\/(ui\/strings\/|search\/han-table|importers\/whatsapp\/.*(markers|phrases|table))/;
const files = ['src', 'workers'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|css)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
);
const lengths = files.map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1 }));
const long = lengths.filter(({ path, lines }) => lines > 400 && !tables.test(path));
const forbidden = files.filter((path) => /(^|\/)(utils?|helpers?|common|core|services?)(\/|\.)/.test(path));
const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
for (const { path, lines } of long) console.error(`${path}: ${lines} lines, at most 400`);
for (const path of forbidden) console.error(`${path}: a name that says nothing`);
console.log(`files: ${files.length}, median ${median} lines, longest ${sorted.at(-1)}`);
process.exit(long.length === 0 && forbidden.length === 0 && median < 80 ? 0 : 1);

// A release: the built site as release/camphor-<version>.zip and its SHA-256, the same bytes from the same sources on any
// machine: `npm run release`. Entries are sorted, dated 1 January 2000, and stored, so that no compressor's version shows.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { makeZip } from 'client-zip';
import { build } from 'vite';

// ZIP dates are local times.
process.env['TZ'] = 'UTC';
process.env['NODE_ENV'] = 'production';

const root = join(import.meta.dirname, '../..');
const site = join(root, 'node_modules/.cache/release-site');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const lastModified = new Date('2000-01-01T00:00:00Z');

rmSync(site, { recursive: true, force: true });
await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn', build: { outDir: site, emptyOutDir: true } });

const files = readdirSync(site, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(site.length + 1).replaceAll(sep, '/'))
  .sort(); // prettier-ignore
const entries = files.map((name) => ({ name: `camphor-${version}/${name}`, input: readFileSync(join(site, name)), lastModified }));
const zip = new Uint8Array(await new Response(makeZip(entries)).arrayBuffer());

mkdirSync(join(root, 'release'), { recursive: true });
const name = `camphor-${version}.zip`;
writeFileSync(join(root, 'release', name), zip);
const sha256 = createHash('sha256').update(zip).digest('hex');
writeFileSync(join(root, 'release', `${name}.sha256`), `${sha256}  ${name}\n`);
console.log(`${sha256}  release/${name}  (${files.length} files, ${zip.length} bytes)`);

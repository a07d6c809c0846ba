// `npm run bench [-- --messages 1000000] [--only import,database,cipher,json,search,signatures,peers,zip,load,backup,phone] [--database 11000000] [--cipher 2000] [--json 1500] [--phone 20000]`: the budgets of design.md §10, each beside what it is
// compared with, in one run. Prints a table; writes test/bench/results.json. Exit 1 when a budget is missed.
// `npm run bench -- --scale 10m`: what depends on size, at a tenth, three tenths and the whole of so many messages in one vault.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '../..');
execFileSync('node', [join(root, 'test/tools/setup.mjs'), 'chromium', 'sqlite', 'stock'], { stdio: 'inherit' });

const { buildApp, serveFolder } = await import('./app.mjs');
const { bulkFormats, ensureBulk, ensureCorpus } = await import('./corpus.mjs');
const { ensureDatabase } = await import('./database-corpus.mjs');
const { ensureCipherCorpus } = await import('./cipher-corpus.mjs');
const { measureBulk } = await import('./bulk-rows.mjs');
const { measureCipher } = await import('./cipher-rows.mjs');
const { ensurePhone } = await import('./phone-corpus.mjs');
const { measurePhone } = await import('./phone-rows.mjs');
const { measureImport } = await import('./import-rows.mjs');
const { measureReading } = await import('./search-rows.mjs');
const { measureSignatures } = await import('./signature-rows.mjs');
const { measurePeers } = await import('./peer-rows.mjs');
const { measureScale, printGrowth } = await import('./scale-rows.mjs');
const { measureScrolling } = await import('./scroll-rows.mjs');
const { measureZip } = await import('./zip-rows.mjs');
const { measureLoad } = await import('./load-rows.mjs');
const { measureBackup, measureLaterBackup } = await import('./backup-rows.mjs');
const { printTable } = await import('./rows.mjs');

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    // Messages of the database; 11,000,000 make 3 GB.
    database: { type: 'string', default: '11000000' },
    // Megabytes of the encrypted database.
    cipher: { type: 'string', default: '2000' },
    // Megabytes of each large JSON file.
    json: { type: 'string', default: '1500' },
    // Files of the iPhone's backup, 100 KB each.
    phone: { type: 'string', default: '20000' },
    // Alone: `10m`, `300k` or a number.
    scale: { type: 'string' },
    only: { type: 'string', default: 'import,database,cipher,json,search,signatures,peers,zip,load,backup,phone' },
  },
});
const messages = Number(values.messages);
const scale = values.scale && Number(values.scale.replace(/k$/i, 'e3').replace(/m$/i, 'e6'));
const wanted = new Set(scale ? [] : values.only.split(','));
const cache = join(root, '.cache/bench');
const rows = [];

/** Rows of one part: printed as soon as it is measured, since a whole run takes hours. */
function keep(more) {
  console.log(new Date().toISOString());
  printTable(more);
  rows.push(...more);
}

const folder = await buildApp();
const server = await serveFolder(folder);
let stages = [];
try {
  if (scale)
    stages = await measureScale(server.url, cache, scale, (upTo, more) => {
      console.log(`${upTo} messages`);
      keep(more.map((row) => ({ ...row, messages: upTo })));
    });
  if (wanted.has('load')) keep(await measureLoad(folder, server));
  if (wanted.has('zip')) keep(await measureZip());
  if (wanted.has('import') || wanted.has('search')) {
    const whatsapp = await ensureCorpus(cache, 'whatsapp', messages);
    const text = await measureImport(server.url, whatsapp, {
      label: `${messages} WhatsApp lines`,
      peerVerb: 'parseWhatsapp',
      peer: 'whatsapp-chat-parser, parsing alone',
      factor: 2,
    });
    keep(text.rows);
    if (wanted.has('search')) {
      keep(await measureReading(server.url, text.browser, messages));
      keep(await measureScrolling(server.url, text.browser));
    }
    await text.browser.close();
  }
  if (wanted.has('signatures')) keep(await measureSignatures(Math.min(messages, 250_000)));
  if (wanted.has('peers')) keep(await measurePeers(server.url, await ensureCorpus(cache, 'whatsapp', messages), printTable));
  if (wanted.has('import')) {
    const telegram = await ensureCorpus(cache, 'telegram', messages);
    const json = await measureImport(server.url, telegram, {
      label: `${messages} Telegram messages`,
      peerVerb: 'parseJson',
      peer: 'JSON.parse of the whole text',
      factor: 4,
    });
    keep(json.rows);
    await json.browser.close();
  }
  if (wanted.has('database')) keep(await measureBulk(server.url, 'msgstore.db', await ensureDatabase(cache, Number(values.database))));
  if (wanted.has('cipher')) keep(await measureCipher(server.url, await ensureCipherCorpus(cache, Number(values.cipher))));
  if (wanted.has('json'))
    for (const [format, name] of Object.entries(bulkFormats))
      keep(await measureBulk(server.url, name, await ensureBulk(cache, format, Number(values.json) * 1e6)));
  if (wanted.has('phone')) {
    const files = Number(values.phone);
    keep(await measurePhone(server.url, ensurePhone(cache, { files, sizeBytes: files * 100_000, messages: files * 10 })));
  }
  if (wanted.has('backup')) {
    keep(await measureBackup(server.url, cache, { messages, mediaBytes: messages * 1000 }));
    keep(await measureLaterBackup(server.url, cache, { chats: 50, messages: messages / 5, added: 1000 }));
  }
} finally {
  server.close();
}
if (scale) printGrowth(stages);
else printTable(rows);
writeFileSync(join(import.meta.dirname, scale ? 'results-scale.json' : 'results.json'), `${JSON.stringify(rows, null, 2)}\n`);
process.exit(rows.every(({ ok }) => ok) ? 0 : 1);

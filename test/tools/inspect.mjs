// npm run --silent inspect -- PATH… [--secret TEXT] [--records]
// Prints one JSON line an archive, or with --records every neutral record as a JSON line. Exit status: 0 where each path
// was recognised, 2 where nothing recognised one, 1 where one could not be read.
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { secret: { type: 'string' }, records: { type: 'boolean', default: false } },
});
if (positionals.length === 0) {
  console.error('usage: npm run --silent inspect -- PATH… [--secret TEXT] [--records]');
  process.exit(1);
}

const { module } = await runnerImport(fileURLToPath(new URL('./inspect.ts', import.meta.url)), { configFile: false, logLevel: 'error' });

async function print(value) {
  if (!process.stdout.write(`${JSON.stringify(value)}\n`)) await once(process.stdout, 'drain');
}
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));

let status = 0;
for (const path of positionals) {
  try {
    const inspections = await module.inspectPath(path, {
      ...(values.secret === undefined ? {} : { secret: values.secret }),
      ...(values.records ? { onRecord: print } : {}),
    });
    if (!values.records) for (const inspection of inspections) await print(inspection);
    if (status === 0 && inspections.every((inspection) => inspection.format === null)) status = 2;
  } catch (error) {
    console.error(`${path}: ${error.message}`);
    status = 1;
  }
}
process.exitCode = status;

// `node test/tools/run-tests.mjs unit browser journeys`: installs what they need, runs them one after the other, and
// closes with one line of totals. Exit 1 when one failed or none ran. CI=true turns a missing program into a failure.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const needs = { unit: ['sqlite'], browser: ['chromium'], interop: ['stock'], journeys: ['chromium', 'engines', 'stock'] };
/** `project`, or `project:text` for its files whose path has that text. */
const runs = process.argv
  .slice(2)
  .map((argument) => argument.split(':'))
  .filter(([name]) => name in needs);
execFileSync('node', [join(root, 'test/tools/setup.mjs'), ...new Set(runs.flatMap(([name]) => needs[name]))], { stdio: 'inherit' });

const total = { passed: 0, failed: 0, skipped: 0 };
let broken = false;
mkdirSync(join(root, '.cache'), { recursive: true });
for (const [project, files = ''] of runs) {
  const report = join(root, `.cache/${project}.json`);
  rmSync(report, { force: true });
  const run = spawnSync(
    'node',
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...(files === '' ? [] : [files]),
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  broken ||= run.status !== 0;
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    total.passed += result.numPassedTests;
    total.failed += result.numFailedTests;
    total.skipped += result.numPendingTests + result.numTodoTests;
  } catch {
    broken = true;
    console.error(`${project}: the test runner ended without a report`);
  }
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(broken || total.passed === 0 ? 1 : 0);

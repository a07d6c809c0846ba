// `node test/tools/run-tests.mjs unit browser journeys`: installs what they need, runs them one after the other, and
// closes with what failed, what needed a second try, and one line of totals. Exit 1 when one failed or none ran. CI=true
// turns a missing program into a failure.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');
const needs = {
  unit: ['sqlite'],
  browser: ['chromium', 'pdf'],
  interop: ['chromium', 'engines', 'stock'],
  journeys: ['chromium', 'engines', 'stock', 'pdf'],
};
/** `project`, or `project:text` for its files whose path has that text. */
const runs = process.argv
  .slice(2)
  .map((argument) => argument.split(':'))
  .filter(([name]) => name in needs);
execFileSync('node', [join(root, 'test/tools/setup.mjs'), ...new Set(runs.flatMap(([name]) => needs[name]))], { stdio: 'inherit' });

const total = { passed: 0, failed: 0, skipped: 0 };
let broken = false;
/** What to say about single tests, after everything else: the end of a long log is what is kept of it. */
const remarks = [];
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
    remarks.push(...remarksOf(project, result));
  } catch {
    broken = true;
    console.error(`${project}: the test runner ended without a report`);
  }
}
for (const remark of remarks) console.log(remark);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = broken || total.passed === 0 ? 1 : 0;

/** One text for each test that failed or passed at a second try, with its error's first lines. */
function remarksOf(project, { testResults }) {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name);
    const tests = assertionResults.flatMap(({ status, fullName, failureMessages }) => {
      if (failureMessages.length === 0) return [];
      const all = failureMessages.flatMap((text) => text.split('\n')).filter((line) => !line.includes('node_modules'));
      const pages = all.filter((line) => line.startsWith('page '));
      const lines = [...all.filter((line) => !pages.includes(line)).slice(0, 12), ...pages].join('\n  ');
      return [`${status === 'failed' ? 'FAILED' : 'SECOND TRY'} ${project} ${file} > ${fullName}\n  ${lines}`];
    });
    return message === '' ? tests : [`FAILED ${project} ${file}\n  ${message.slice(0, 1000)}`, ...tests];
  });
}

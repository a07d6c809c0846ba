// Chromium driven over a pipe by four commands only. Playwright listens to every request, which makes uploads of 16 MiB twenty
// times slower (3 to 4 s instead of 0.2), and synchronous reads of a file more than ten times: backups and databases are not
// measured through it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runnerImport } from 'vite';

const root = join(import.meta.dirname, '../..');

/** Sends commands of the DevTools protocol; each answer ends with a zero byte. */
function connect(child) {
  const waiting = new Map();
  let count = 0;
  let rest = '';
  child.stdio[4].setEncoding('utf8').on('data', (data) => {
    const parts = (rest + data).split('\0');
    rest = parts.pop();
    for (const part of parts) {
      const { id, result, error } = JSON.parse(part);
      const call = waiting.get(id);
      waiting.delete(id);
      if (error) call?.reject(new Error(error.message));
      else call?.resolve(result);
    }
  });
  return (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      count += 1;
      waiting.set(count, { resolve, reject });
      child.stdio[3].write(`${JSON.stringify({ id: count, method, params, sessionId })}\0`);
    });
}

/**
 * A fresh profile with one page at `url`, once `ready` holds there; `call` calls `window.bench[name](...args)` there, `run` gives what an
 * expression comes to; `collect` collects what the page does not use any more.
 */
export async function openQuietly(url, files, input = '#file', ready = 'window.bench !== undefined') {
  const { chromiumFlags, findChromium } = (await runnerImport(join(root, 'test/tools/chromium.ts'))).module;
  const profile = mkdtempSync(join(tmpdir(), 'camphor-bench-'));
  const flags = [...chromiumFlags, '--headless=new', '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'];
  const child = spawn(findChromium(), flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const send = connect(child);
  const { targetId } = await send('Target.createTarget', { url });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const run = async (expression) => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  // The page is still on its way: what is asked of the one before it fails.
  while (!(await run(ready).catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50));
  if (files.length > 0) {
    const { root: page } = await send('DOM.getDocument', {}, sessionId);
    const { nodeId } = await send('DOM.querySelector', { nodeId: page.nodeId, selector: input }, sessionId);
    await send('DOM.setFileInputFiles', { nodeId, files }, sessionId);
  }
  return {
    profile,
    run,
    collect: () => send('HeapProfiler.collectGarbage', {}, sessionId),
    call: (name, ...args) => run(`window.bench[${JSON.stringify(name)}](...${JSON.stringify(args)})`),
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await send('Browser.close').catch(() => {});
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

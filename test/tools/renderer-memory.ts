// Memory of the browser that a test runs in, as a command of vitest's.

import { readdirSync, readFileSync } from 'node:fs';

/** Resident bytes of all renderer processes below this one. */
export function rendererBytes(): number {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [
        Number(name),
        Number(
          read(name, 'stat')
            .replace(/^.*\) /s, '')
            .split(' ')[1],
        ),
      ]),
  );
  const isBelow = (pid: number): boolean => pid === process.pid || (pid > 1 && isBelow(parents.get(pid) ?? 0));
  const renderers = [...parents.keys()].filter((pid) => isBelow(pid) && read(`${pid}`, 'cmdline').includes('--type=renderer'));
  return renderers.reduce((sum, pid) => sum + 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(read(`${pid}`, 'status'))?.[1] ?? 0), 0);
}

/** '' of a process that has ended since the listing. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

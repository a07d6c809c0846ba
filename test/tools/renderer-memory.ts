// Memory of the browsers that a test runs in, or has started.

import { readdirSync, readFileSync } from 'node:fs';

/** Resident bytes of all renderer processes below this one; a command of vitest's as well. */
export function rendererBytes(): number {
  return residentBytes((command) => command.includes('--type=renderer'));
}

/** The same of Chromium's own processes, which hold what Blobs consist of. */
export function browserBytes(): number {
  return residentBytes((command) => command.includes('--user-data-dir') && !command.includes('--type='));
}

function residentBytes(counts: (command: string) => boolean): number {
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
  const counted = [...parents.keys()].filter((pid) => isBelow(pid) && counts(read(`${pid}`, 'cmdline')));
  return counted.reduce((sum, pid) => sum + 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(read(`${pid}`, 'status'))?.[1] ?? 0), 0);
}

/** '' of a process that has ended since the listing. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

// Memory of Chromium's renderer processes: proportional set size, read at 10 Hz from /proc.
import { readdirSync, readFileSync } from 'node:fs';

function renderersBelow(browserPid) {
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      parents.set(
        Number(name),
        Number(
          readFileSync(`/proc/${name}/stat`, 'utf8')
            .replace(/^.*\) /, '')
            .split(' ')[1],
        ),
      );
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  const isBelow = (pid) => {
    for (let at = pid; at > 1; at = parents.get(at) ?? 0) if (at === browserPid) return true;
    return false;
  };
  return [...parents.keys()].filter((pid) => {
    try {
      return isBelow(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer');
    } catch {
      return false;
    }
  });
}

function pssBytes(pid) {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Samples until `stop()`, which gives the greatest sum seen; `now()` gives one sample. */
export function watchMemory(browserPid) {
  const now = () => renderersBelow(browserPid).reduce((sum, pid) => sum + pssBytes(pid), 0);
  let peakBytes = now();
  const timer = setInterval(() => (peakBytes = Math.max(peakBytes, now())), 100);
  return {
    now,
    stop() {
      clearInterval(timer);
      return Math.max(peakBytes, now());
    },
  };
}

/** The main process of the Chromium that runs with this profile folder. */
export function browserPidOf(profile) {
  const found = readdirSync('/proc').find((name) => {
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      return /^\d+$/.test(name) && command.includes(`--user-data-dir=${profile}`) && !command.includes('--type=');
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`no Chromium with profile ${profile}`);
  return Number(found);
}

// Stock restic, run beside our code: a folder of its own for each test, no cache, no password in arguments.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ResticRun {
  /** Exit code; 0 is success. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartedRestic {
  readonly done: Promise<ResticRun>;
  /** Ends its standard input, after a last text: what `backup --stdin` waits for. */
  endInput(text?: string): void;
}

export interface Restic {
  /** A temporary folder: room for sources and restored files. */
  readonly folder: string;
  /** What restic is told by `-r`; a folder below `folder` unless another was given. */
  readonly repository: string;
  /** Begins to run; its standard input stays open. */
  start(args: readonly string[], password?: string): StartedRestic;
  /** Runs with this password (or the repository's own) and gives whatever came of it. */
  attempt(args: readonly string[], password?: string): Promise<ResticRun>;
  /** Runs and gives what was printed. Throws with restic's own words where the exit code is not 0. */
  run(...args: readonly string[]): Promise<string>;
  /** Removes `folder`. */
  remove(): Promise<void>;
}

export interface ResticOptions {
  /** Default: a folder named `repository` in the temporary folder; restic makes it by `init`, or we do. */
  readonly repository?: string;
  readonly password?: string;
  /** Further variables, for rclone's and others' settings. */
  readonly env?: Readonly<Record<string, string>>;
}

const program = process.env['RESTIC'] ?? '/usr/bin/restic';

/** Throws an Error that names the Debian package where restic is missing. */
export async function makeRestic(options: ResticOptions = {}): Promise<Restic> {
  if (!existsSync(program)) throw new Error(`${program} is missing: install the Debian package restic (node test/tools/setup.mjs stock)`);
  const folder = await mkdtemp(join(tmpdir(), 'camphor-restic-'));
  const repository = options.repository ?? join(folder, 'repository');
  const ownPassword = options.password ?? 'correct horse battery staple';
  const base = { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: folder, GOMAXPROCS: '2', ...options.env };
  const start = (args: readonly string[], password = ownPassword): StartedRestic => {
    const env = { ...base, RESTIC_PASSWORD: password };
    const settings = { env, cwd: folder, maxBuffer: 64 * 1024 * 1024, timeout: 150_000 };
    let endInput: StartedRestic['endInput'] = () => {};
    const done = new Promise<ResticRun>((resolve, reject) => {
      const child = execFile(program, ['-r', repository, '--no-cache', ...args], settings, (fault, stdout, stderr) => {
        const code = fault === null ? 0 : fault.code;
        if (typeof code === 'number') resolve({ code, stdout, stderr });
        else reject(fault as Error);
      });
      endInput = (text = '') => void child.stdin?.end(text);
    });
    return { done, endInput };
  };
  const attempt = (args: readonly string[], password?: string): Promise<ResticRun> => {
    const { done, endInput } = start(args, password);
    endInput();
    return done;
  };
  return {
    folder,
    repository,
    start,
    attempt,
    async run(...args) {
      const { code, stdout, stderr } = await attempt(args);
      if (code !== 0) throw new Error(`restic ${args.join(' ')}: exit code ${code}\n${stdout}\n${stderr}`);
      return stdout;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

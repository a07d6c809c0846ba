// Programs as servers for tests: found, started on a free port in a folder of their own, and ended with all their children.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export interface RunningServer {
  /** Address of its root, ending in `/`. */
  readonly url: string;
  /** Where the files lie. */
  readonly folder: string;
  stop(): Promise<void>;
}

export interface WebdavServerOptions {
  /** Origin that may reach it from a page; none by default. */
  readonly origin?: string;
  readonly username: string;
  readonly password: string;
}

export const isRoot = userInfo().uid === 0;

/** The path of a program or module; throws naming the Debian package that has it. */
export function findProgram(paths: readonly string[], debianPackage: string): string {
  const found = paths.find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${paths[0]} is missing: install the Debian package "${debianPackage}".`);
  return found;
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** A new folder that other users may pass through: Apache's and nginx's workers are no root. */
export function makeServerFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `camphor-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}

/** A line of an htpasswd file, as both Apache and nginx read it. */
export function htpasswdLine(username: string, password: string): string {
  return `${username}:{SHA}${createHash('sha1').update(password, 'utf8').digest('base64')}\n`;
}

export interface ServerProgram {
  readonly command: string;
  readonly parameters: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly port: number;
  /** Removed when the server is stopped. */
  readonly folder: string;
}

const running = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of running) endGroup(child, 'SIGKILL');
});

/** Starts it, and resolves when its port answers. Throws with what it wrote where it ends before. */
export async function startProgram(program: ServerProgram): Promise<{ stop(): Promise<void> }> {
  const child = spawn(program.command, [...program.parameters], {
    cwd: program.folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...program.environment },
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => (output = (output + data.toString()).slice(-4000)));
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  while (!(await answers(program.port))) {
    if (hasEnded) throw new Error(`${program.command} ended at once: ${output}`);
    await new Promise((resolve) => void setTimeout(resolve, 20));
  }
  return {
    async stop() {
      endGroup(child, 'SIGTERM');
      const killing = setTimeout(() => endGroup(child, 'SIGKILL'), 3000);
      await ended;
      clearTimeout(killing);
      endGroup(child, 'SIGKILL');
      running.delete(child);
      rmSync(program.folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function endGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    await (await fetch(`http://127.0.0.1:${port}/`, { method: 'HEAD', redirect: 'manual' })).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

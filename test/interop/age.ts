// Debian's age, run beside our code. It asks for passphrases on a terminal only, so it is given one of Python's.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const programs = { age: '/usr/bin/age', 'age-keygen': '/usr/bin/age-keygen', python3: '/usr/bin/python3', unzip: '/usr/bin/unzip' };
type Program = keyof typeof programs;

/** The program's path. Throws an Error that names the Debian package where it is missing. */
export function findProgram(name: Program): string {
  const path = programs[name];
  if (existsSync(path)) return path;
  throw new Error(
    `${path} is missing: install the Debian package ${name === 'age-keygen' ? 'age' : name} (node test/tools/setup.mjs stock)`,
  );
}

/** Runs and gives what was printed. Throws with the program's own words where it fails. */
export async function runProgram(name: Program, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(findProgram(name), [...args], { maxBuffer: 64 * 1024 * 1024 });
  return stdout + stderr;
}

/** On a terminal of its own: answers each prompt that ends in a colon with the passphrase. */
const terminal = `
import os, pty, sys
passphrase = os.environ['AGE_TEST_PASSPHRASE'].encode() + b'\\n'
child, fd = pty.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:])
seen = b''
while True:
    try:
        data = os.read(fd, 4096)
    except OSError:
        break
    if not data:
        break
    seen += data
    if b': ' in seen:
        os.write(fd, passphrase)
        sys.stdout.buffer.write(seen)
        seen = b''
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
`;

/** Runs age, typing the passphrase wherever it asks. Throws with age's own words where it fails. */
export async function typePassphrase(passphrase: string, ...args: readonly string[]): Promise<void> {
  const env = { PATH: process.env['PATH'] ?? '', AGE_TEST_PASSPHRASE: passphrase };
  await run(findProgram('python3'), ['-c', terminal, findProgram('age'), ...args], { env, timeout: 60_000 });
}

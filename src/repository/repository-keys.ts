// Key files: each opens the repository by its own password. There is always one left.

import type { KeyView } from '../model/backup-view';
import { CamphorError } from '../model/error';
import { checkWritable, type RepositoryContext } from './context';
import { fileName, listFiles } from './file-names';
import { describeKeyFile, makeKeyFile, openKeyFile, scryptCost, type KeyFileView } from './key-file';
import type { FileId } from './repository';
import { isError, tryTwice, writeStored } from './stored-file';

/** Shorter ones are guessed; recovery words and generated passwords are far above it. */
const leastLetters = 10;

async function readView(context: RepositoryContext, id: FileId): Promise<KeyFileView | null> {
  try {
    return await tryTwice(async () => describeKeyFile(await context.drive.read(fileName('keys', id)), id));
  } catch (error) {
    if (isError(error, 'damaged', 'drive-missing')) return null;
    throw error;
  }
}

const view = ({ keyFileId }: RepositoryContext, { id, label, hostname, createdAtMs }: KeyFileView): KeyView => ({
  id,
  label,
  hostname,
  createdAtMs,
  isInUse: id === keyFileId,
});

/** Key files that can be read, the oldest first; those that cannot are named by `check`. */
export async function listKeys(context: RepositoryContext): Promise<readonly KeyView[]> {
  const { sizes } = await listFiles(context.drive, 'keys');
  const views: KeyView[] = [];
  for (const id of sizes.keys()) {
    const file = await readView(context, id);
    if (file) views.push(view(context, file));
  }
  return views.sort((one, other) => (one.createdAtMs ?? 0) - (other.createdAtMs ?? 0) || (one.id < other.id ? -1 : 1));
}

/** Throws RangeError for a password that restic's prompt would change, CamphorError `secret-too-weak` for a short one. */
export function checkPassword(password: string): void {
  if (password !== password.trim() || password !== password.normalize('NFC'))
    throw new RangeError('a password in NFC without white space at its ends');
  if ([...password].length < leastLetters) throw new CamphorError('secret-too-weak');
}

/** See `Repository.addKey`. The file is read back and opened before this returns. */
export async function addKey(context: RepositoryContext, password: string, label: string): Promise<KeyView> {
  checkWritable(context);
  checkPassword(password);
  const { environment, drive, key: master } = context;
  const { hostname, random } = environment;
  const cost = environment.scryptCost ?? scryptCost(null);
  const file = await makeKeyFile({ password, label, hostname, master, cost, createdAtMs: environment.nowMs(), random });
  await writeStored(drive, fileName('keys', file.id), file, { readBack: true });
  if ((await openKeyFile(file.bytes, file.id, password)) === null) throw new CamphorError('unexpected');
  return view(context, await describeKeyFile(file.bytes, file.id));
}

/** See `Repository.removeKey`. Only files that can be read count as ones that are left. */
export async function removeKey(context: RepositoryContext, id: FileId): Promise<void> {
  checkWritable(context);
  if (!(await listKeys(context)).some((key) => key.id !== id)) throw new CamphorError('busy');
  await context.drive.remove(fileName('keys', id));
}

// The one thread that reaches the owner's drive: it has the credentials, and sees ciphertext only. Its verbs take no key and no
// plaintext. It is loaded by its own address, with a policy of its own (public/_headers).

import { transfer } from 'comlink';
import { watchedRandom } from '../src/crypto/random';
import { examineDrive } from '../src/drives/doctor';
import type { Drive } from '../src/drives/drive';
import { completeEnvironment } from '../src/drives/environment';
import { openDrive } from '../src/drives/open-drive';
import { createSignIns } from '../src/drives/sign-in';
import { CamphorError } from '../src/model/error';
import type { DriveVerbs } from '../src/model/verbs';
import type { DrivePortVerbs } from './drive-port';
import { serve } from './serve';

const signIns = createSignIns(completeEnvironment(), watchedRandom());

function portVerbs(): DrivePortVerbs {
  const drives: Drive[] = [];
  const at = (number: number): Drive => {
    const drive = drives[number];
    if (drive === undefined) throw new CamphorError('not-found', { what: 'drive' });
    return drive;
  };
  return {
    open: async (config, traits, onWait, onGrant) => drives.push(openDrive(signIns.settle(config), traits, { onWait, onGrant })) - 1,
    examine: (config, report, onGrant) => examineDrive(signIns.settle(config), { onGrant }, report),
    settle: async (config) => signIns.settle(config),
    beginSignIn: (kind, clientId, returnUrl) => signIns.begin(kind, clientId, returnUrl),
    finishSignIn: (answer) => signIns.finish(answer),
    handSignIn: async (state) => signIns.hand(state),
    resumeSignIn: async (pending) => signIns.resume(pending),
    list: (drive, folder) => at(drive).list(folder),
    read: async (drive, name, range) => {
      const bytes = await at(drive).read(name, range);
      return transfer(bytes, [bytes.buffer]);
    },
    size: (drive, name) => at(drive).size(name),
    create: (drive, name, content, options) => at(drive).create(name, content, options),
    remove: (drive, name) => at(drive).remove(name),
    nowMs: (drive) => at(drive).nowMs(),
  };
}

serve({ connect: async (port) => serve(portVerbs(), port) } satisfies DriveVerbs);

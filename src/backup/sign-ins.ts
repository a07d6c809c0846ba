// Consent at a service: passed on to workers/drive, which holds what proves an answer ours, and the grant until it is kept. Where the
// page has to be left for it, the vault holds that proof meanwhile, and the key by which the answer was sealed.

import { makeAnswerKey, openAnswer } from '../crypto/sealed-answer';
import { CamphorError } from '../model/error';
import type { PendingSignIn, SignInAnswer } from '../model/drive';
import type { Backup } from './backup';
import type { BackupEnvironment } from './environment';

type SignInVerbs = Pick<Backup, 'beginSignIn' | 'finishSignIn' | 'leaveForSignIn' | 'returnFromSignIn'>;

/** As it lies in the notes. */
interface LeftBehind {
  readonly pending: PendingSignIn;
  readonly privateKey: string;
}

const leftKey = 'sign-in-left';

export function manageSignIns(environment: () => BackupEnvironment): SignInVerbs {
  const notes = () => environment().vault.notes;
  return {
    beginSignIn: (kind, clientId, returnUrl) => environment().signIns.begin(kind, clientId, returnUrl),
    finishSignIn: (answer) => environment().signIns.finish(answer),
    async leaveForSignIn(kind, clientId, returnUrl) {
      const { signIns } = environment();
      const begun = await signIns.begin(kind, clientId, returnUrl);
      const { publicKey, privateKey } = await makeAnswerKey();
      const left: LeftBehind = { pending: await signIns.hand(begun.state), privateKey };
      await notes().setEntries(new Map([[leftKey, JSON.stringify(left)]]));
      return { ...begun, publicKey };
    },
    async returnFromSignIn(sealed) {
      const [entry] = await notes().entries(leftKey);
      // It serves once, whatever comes of it.
      await notes().setEntries(new Map([[leftKey, null]]));
      if (entry === undefined) throw new CamphorError('sign-in-failed', { reason: 'state' });
      const { pending, privateKey } = JSON.parse(entry[1]) as LeftBehind;
      const answer = await readAnswer(sealed, privateKey);
      const { signIns } = environment();
      await signIns.resume(pending);
      return signIns.finish(answer);
    },
  };
}

async function readAnswer(sealed: string, privateKey: string): Promise<SignInAnswer> {
  try {
    const answer: unknown = JSON.parse(await openAnswer(sealed, privateKey));
    const entries = Object.entries(answer ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return Object.fromEntries(entries);
  } catch (cause) {
    throw new CamphorError('sign-in-failed', { reason: 'answer' }, cause);
  }
}

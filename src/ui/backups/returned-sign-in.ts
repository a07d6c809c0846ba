// Going on with a sign-in for which the page was left: the screen that it was begun on asks what came of it.

import type { CloudConfig, CloudKind } from '../../model/drive';
import type { CamphorError } from '../../model/error';
import { takeConsentAnswer } from '../../session/consent-leave';
import { errorOf } from '../primitives/toast-state';
import { formatRoute } from '../router';
import type { Ui } from '../ui';

export interface ReturnedSignIn {
  readonly kind: CloudKind;
  readonly came: { readonly config: CloudConfig } | { readonly error: CamphorError };
}

/** What came of the sign-in that was begun on this screen; null where none was. It is given once. */
export async function takeReturnedSignIn({ session, route }: Ui): Promise<ReturnedSignIn | null> {
  const answer = takeConsentAnswer(formatRoute(route()));
  if (answer === null) return null;
  try {
    const signedIn = await session.backup.returnFromSignIn(answer.sealed);
    return { kind: answer.kind, came: { config: { ...signedIn, folder: '' } } };
  } catch (cause) {
    return { kind: answer.kind, came: { error: errorOf(cause) } };
  }
}

// Consent of the owner at a service, from the address to open to the grant: PKCE (RFC 7636) where a code is exchanged. What
// proves that an answer is ours, the state and the verifier, stays in this thread's memory; where the page has to be left for
// consent, it is handed to the vault (docs/decisions/0010-sign-in.md).

import { toBase64Url } from '../crypto/base64url';
import { hashBytes } from '../crypto/hashes';
import type { RandomBytes } from '../crypto/random';
import {
  type BegunSignIn,
  type CloudKind,
  type DriveConfig,
  isCloud,
  type OauthGrant,
  type PendingSignIn,
  type SignInAnswer,
  type SignedIn,
} from '../model/drive';
import { CamphorError } from '../model/error';
import type { DriveEnvironment } from './environment';
import { oauthServices } from './oauth-services';
import { askForGrant, grantOf } from './token-answer';

export interface SignIns {
  /** Begins one: nothing is sent. */
  begin(kind: CloudKind, clientId: string, returnUrl: string): Promise<BegunSignIn>;
  /**
   * Takes the service's answer, once. Throws `sign-in-refused` where the owner refused, `sign-in-failed` where the answer is to
   * nothing that was asked, is late or holds no grant, and what a request throws.
   */
  finish(answer: SignInAnswer): Promise<SignedIn>;
  /** Gives up what `begin` keeps, for the vault to hold while the page is left. Throws `sign-in-failed`. */
  hand(state: string): PendingSignIn;
  /** Takes it back. */
  resume(pending: PendingSignIn): void;
  /** The configuration with the grant in place of its ticket; any other as it is. Throws `drive-signed-out`. */
  settle(config: DriveConfig): DriveConfig;
}

/** Pages of consent are left open for so long at most. */
const longestMs = 30 * 60_000;

/** How many may wait at once; the oldest goes. */
const mostPending = 8;

export function createSignIns(environment: DriveEnvironment, random: RandomBytes): SignIns {
  const waiting = new Map<string, PendingSignIn>();
  const grants = new Map<string, OauthGrant>();
  const keep = (pending: PendingSignIn): void => {
    waiting.set(pending.state, pending);
    const [oldest] = waiting.keys();
    if (waiting.size > mostPending && oldest !== undefined) waiting.delete(oldest);
  };
  /** It serves once. */
  const take = (state: string): PendingSignIn => {
    const found = waiting.get(state);
    const ageMs = Math.abs(environment.nowMs() - (found?.beganAtMs ?? 0));
    if (found === undefined || ageMs > longestMs) throw new CamphorError('sign-in-failed', { reason: 'state' });
    waiting.delete(state);
    return found;
  };
  return {
    async begin(kind, clientId, returnUrl) {
      const [state, verifier] = [toBase64Url(random(32)), toBase64Url(random(32))];
      keep({ kind, clientId, returnUrl, state, verifier, beganAtMs: environment.nowMs() });
      return { url: await consentUrl({ kind, clientId, returnUrl, state, verifier }), state };
    },
    async finish(answer) {
      const pending = take(answer['state'] ?? '');
      const ticket = toBase64Url(random(16));
      grants.set(ticket, await exchange(environment, pending, answer));
      return { kind: pending.kind, clientId: pending.clientId, grant: { ticket } };
    },
    hand: take,
    resume: keep,
    settle(config) {
      if (!isCloud(config) || !('ticket' in config.grant)) return config;
      const grant = grants.get(config.grant.ticket);
      if (grant === undefined) throw new CamphorError('drive-signed-out');
      return { ...config, grant };
    },
  };
}

type Consent = Omit<PendingSignIn, 'beganAtMs'>;

async function consentUrl({ kind, clientId, returnUrl, state, verifier }: Consent): Promise<string> {
  const { consentUrl: url, tokenUrl, scope, consent } = oauthServices[kind];
  const proof = tokenUrl === null ? {} : { code_challenge: await challengeOf(verifier), code_challenge_method: 'S256' };
  const parameters = {
    client_id: clientId,
    redirect_uri: returnUrl,
    response_type: tokenUrl === null ? 'token' : 'code',
    state,
    scope,
    ...proof,
    ...consent,
  };
  return `${url}?${new URLSearchParams(parameters).toString()}`;
}

/** RFC 7636 §4.2: the SHA-256 of the verifier's letters. */
async function challengeOf(verifier: string): Promise<string> {
  const hex = await hashBytes(new TextEncoder().encode(verifier));
  return toBase64Url(Uint8Array.from({ length: 32 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16)));
}

async function exchange(environment: DriveEnvironment, pending: PendingSignIn, answer: SignInAnswer): Promise<OauthGrant> {
  const { kind, clientId, returnUrl, verifier } = pending;
  const { error, code } = answer;
  if (error === 'access_denied') throw new CamphorError('sign-in-refused');
  if (error !== undefined) throw new CamphorError('sign-in-failed', { reason: error.slice(0, 100) });
  const { tokenUrl } = oauthServices[kind];
  if (tokenUrl === null) return grantOf(answer, environment.nowMs(), null);
  if (code === undefined || code === '') throw new CamphorError('sign-in-failed', { reason: 'no code' });
  return askForGrant(environment, tokenUrl, {
    grant_type: 'authorization_code',
    code,
    client_id: clientId,
    redirect_uri: returnUrl,
    code_verifier: verifier,
  });
}

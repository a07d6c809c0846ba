// The doctor's steps up to signing in. A browser says nothing of why a request failed, so each part of the permission that a
// server gives (CORS) is tried on its own; none of these requests holds the credentials.

import { CamphorError } from '../model/error';
import { type Examination, failed, failedBy, fine, type Step, type StepResult } from './doctor-step';
import { requestPatienceMs } from './patience';

/** Does anything answer at all? */
export const reach: Step = async ({ probe, environment }) => {
  if (probe.url === null) return fine();
  if (isMixedContent(environment.pageOrigin, probe.url)) return failed('mixed-content');
  return (await getsAnswer({ probe, environment }, { method: 'HEAD', mode: 'no-cors', redirect: 'follow' })) ? fine() : failed('no-answer');
};

/** May this page use it? The look at the owner's folder tells; its answer is kept for signing in. */
export const preflight: Step = async (examination) => {
  examination.top = await lookAtTop(examination);
  if (examination.probe.url === null || !isUnreachable(examination.top)) return fine();
  const reason = await diagnose(examination);
  return reason ?? failed('no-answer', examination.top.facts);
};

export const signIn: Step = async ({ top }) => (top instanceof CamphorError ? failedBy(top) : fine());

async function lookAtTop({ probe }: Examination): Promise<Examination['top']> {
  try {
    return await probe.lookAtTop();
  } catch (error) {
    return error instanceof CamphorError ? error : new CamphorError('unexpected', {}, error);
  }
}

function isUnreachable(top: Examination['top']): top is CamphorError {
  return top instanceof CamphorError && top.code === 'drive-unreachable';
}

/** Why requests of this page do not come through; null where each part of them does. */
export async function diagnose(examination: Examination): Promise<StepResult | null> {
  const { probe, needs } = examination;
  if (probe.url === null || needs === null) return null;
  const target = { ...examination, path: 'camphor-check-none/none' };
  // A simple GET needs no preflight, but an answer that names this page.
  if (!(await getsAnswer(target, { method: 'GET' }))) return failed('cors-missing');
  // The value is nobody's; a server that asks for a password even of preflights refuses all of them.
  const allowsSignIn = await getsAnswer(target, { method: 'GET', headers: { Authorization: 'Basic Og==' } });
  const methods = await firstRefused(needs.methods, (method) => getsAnswer(target, { method }));
  if (!allowsSignIn && methods.refused === needs.methods.length) return failed('options-unauthorised');
  if (!allowsSignIn) return failed('header-forbidden', { header: 'Authorization' });
  const headers = await firstRefused(Object.entries(needs.headers), ([name, value]) =>
    getsAnswer(target, { method: 'GET', headers: { [name]: value } }),
  );
  if (headers.first !== null) return failed('header-forbidden', { header: headers.first[0] });
  return methods.first === null ? null : failed('method-forbidden', { method: methods.first });
}

async function firstRefused<Part>(
  parts: readonly Part[],
  isAllowed: (part: Part) => Promise<boolean>,
): Promise<{ readonly first: Part | null; readonly refused: number }> {
  let first: Part | null = null;
  let refused = 0;
  for (const part of parts) {
    if (await isAllowed(part)) continue;
    refused += 1;
    first ??= part;
  }
  return { first, refused };
}

interface Target extends Pick<Examination, 'probe' | 'environment'> {
  /** Below the drive; a place where nothing is. */
  readonly path?: string;
}

/** True where the browser lets any answer through. */
async function getsAnswer({ probe, environment, path = '' }: Target, init: RequestInit): Promise<boolean> {
  const controller = new AbortController();
  const stopTimer = environment.startTimer(requestPatienceMs(0), () => controller.abort());
  try {
    const url = (probe.url ?? '') + path;
    const answer = await environment.fetch(url, {
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      ...init,
      signal: controller.signal,
    });
    await answer.body?.cancel().catch(() => {});
    return true;
  } catch {
    return false;
  } finally {
    stopTimer();
  }
}

/** True where a browser forbids it: plain http from a page that came by https, unless it stays on this machine. */
function isMixedContent(pageOrigin: string | null, url: string): boolean {
  const { protocol, hostname } = new URL(url);
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost') || hostname.startsWith('127.') || hostname === '[::1]';
  return (pageOrigin?.startsWith('https:') ?? false) && protocol === 'http:' && !isLocal;
}

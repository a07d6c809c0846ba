// Answers of a token endpoint (RFC 6749 §5): a grant, or why there is none.

import type { OauthGrant } from '../model/drive';
import { CamphorError } from '../model/error';
import type { DriveEnvironment } from './environment';
import { type HttpAnswer, sendRequest } from './http';
import { errorOfStatus, waitMsOf } from './http-status';
import { isSuccess } from './multistatus';

const answerLimitBytes = 64 * 1024;

/** A token is taken for dead so long before its end, so that none dies on its way. */
const earlyMs = 60_000;

/** A service that does not say how long its token lives gives one for an hour. */
const assumedSeconds = 3600;

/**
 * Asks the endpoint with those parameters. Throws `drive-signed-out` where consent has ended or the code was not taken
 * (`invalid_grant`), `sign-in-failed` where the registration is wrong (`facts.reason`), else what an HTTP status means.
 */
export async function askForGrant(
  environment: DriveEnvironment,
  tokenUrl: string,
  parameters: Readonly<Record<string, string>>,
): Promise<OauthGrant> {
  const answer = await sendRequest(environment, {
    method: 'POST',
    url: tokenUrl,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(parameters).toString(),
  });
  const body = await readObject(answer);
  if (isSuccess(answer.status)) return grantOf(body, environment.nowMs(), parameters['refresh_token'] ?? null);
  const reason = typeof body['error'] === 'string' ? body['error'] : '';
  // Microsoft's `interaction_required` asks for the owner, as an ended grant does.
  if (reason === 'invalid_grant' || reason === 'interaction_required') throw new CamphorError('drive-signed-out', { reason });
  if (answer.status === 400 || answer.status === 401) throw new CamphorError('sign-in-failed', { reason: reason || answer.status });
  const waitMs = waitMsOf(answer.headers, environment.nowMs());
  throw errorOfStatus(answer.status, { isWrite: false, wasSignedIn: false, waitMs });
}

/** The grant in the parameters of an answer; a service that gives no new refresh token leaves `refreshToken` in force. Throws `sign-in-failed`. */
export function grantOf(answer: Readonly<Record<string, unknown>>, nowMs: number, refreshToken: string | null): OauthGrant {
  const { access_token: accessToken, expires_in: lifetime, refresh_token: newer } = answer;
  if (typeof accessToken !== 'string' || accessToken === '') throw new CamphorError('sign-in-failed', { reason: 'no token' });
  const seconds = Number(lifetime ?? assumedSeconds);
  const livesMs = (Number.isFinite(seconds) && seconds > 0 ? seconds : assumedSeconds) * 1000;
  return {
    accessToken,
    expiresAtMs: nowMs + Math.max(livesMs - earlyMs, livesMs / 2),
    refreshToken: typeof newer === 'string' && newer !== '' ? newer : refreshToken,
  };
}

async function readObject(answer: HttpAnswer): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(await answer.readBytes(0, answerLimitBytes)));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch (error) {
    if (error instanceof CamphorError && error.code === 'drive-unreachable') throw error;
    return {};
  }
}

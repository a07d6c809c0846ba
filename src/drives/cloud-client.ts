// Requests to a service in the owner's name: a token that the service refuses is renewed once.

import { CamphorError } from '../model/error';
import type { Access } from './access';
import { createDriveClock, type DriveClock } from './drive-clock';
import type { DriveEnvironment } from './environment';
import { type HttpAnswer, type HttpRequest, sendRequest } from './http';
import { isSuccess } from './multistatus';

export interface CloudClient {
  readonly clock: DriveClock;
  /** Sends it with the token. Any status but success and those of `accepts` is thrown as the error it means. */
  send(request: HttpRequest, accepts?: readonly number[]): Promise<HttpAnswer>;
  /** The same without the token: to an address that is a secret itself. */
  sendBare(request: HttpRequest, accepts?: readonly number[]): Promise<HttpAnswer>;
}

/** Reads an answer that is no success; `isWrite`: the request would have changed something. */
export type ReadFault = (answer: HttpAnswer, isWrite: boolean) => Promise<CamphorError>;

const readingMethods = new Set(['GET', 'HEAD']);

/** `isWrite` of a request is told by its method, unless `reads` says that it changes nothing (a POST that asks). */
export function createCloudClient(
  access: Access,
  environment: DriveEnvironment,
  readFault: ReadFault,
  reads: (request: HttpRequest) => boolean = ({ method }) => readingMethods.has(method),
): CloudClient {
  const clock = createDriveClock(environment.nowMs);
  const isFine = ({ status }: HttpAnswer, accepts: readonly number[]): boolean => isSuccess(status) || accepts.includes(status);
  const sendOnce = async (request: HttpRequest): Promise<HttpAnswer> => {
    const answer = await sendRequest(environment, request);
    clock.hear(answer.headers.get('date'));
    return answer;
  };
  return {
    clock,
    async send(request, accepts = []) {
      for (let tried = 1; ; tried++) {
        const token = await access.token();
        const answer = await sendOnce({ ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } });
        if (isFine(answer, accepts)) return answer;
        if (answer.status !== 401 || tried > 1) throw await readFault(answer, !reads(request));
        await answer.discard();
        access.refuse(token);
      }
    },
    async sendBare(request, accepts = []) {
      const answer = await sendOnce(request);
      if (isFine(answer, accepts)) return answer;
      throw await readFault(answer, !reads(request));
    },
  };
}

/** The largest answer of JSON that is read: a page of a listing. */
const jsonLimitBytes = 32 * 1024 * 1024;

/** The body as JSON. Throws `drive-damaged` where it is none, as a network's own page. */
export async function readJson(answer: HttpAnswer): Promise<unknown> {
  const bytes = await answer.readBytes(0, jsonLimitBytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new CamphorError('drive-damaged', { step: 'json' }, cause);
  }
}

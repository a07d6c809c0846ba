// A service of consent that answers at once, without a network, and a source of bytes that gives no two alike.
import { completeEnvironment, type DriveEnvironment } from '../../../src/drives/environment';
import type { CloudKind, OauthGrant } from '../../../src/model/drive';
import { createFakeConsent } from './fake-consent';
import type { FakeRequest } from './fake-service';

export const returnUrl = 'https://camphor.example/oauth.html';

export function makeService(kind: CloudKind) {
  const consent = createFakeConsent(kind);
  const violations: string[] = [];
  const asked: FakeRequest[] = [];
  const clock = { nowMs: 1_700_000_000_000 };
  const grants: OauthGrant[] = [];
  const request = (address: string, body = ''): FakeRequest => {
    const url = new URL(address);
    return { host: url.hostname, method: 'POST', path: url.pathname, query: url.searchParams, headers: {}, body: Buffer.from(body) };
  };
  const environment: DriveEnvironment = completeEnvironment({
    nowMs: () => clock.nowMs,
    onGrant: (grant) => void grants.push(grant),
    fetch: async (url, init) => {
      asked.push(request(url, typeof init.body === 'string' ? init.body : ''));
      const answer = consent.answer(asked.at(-1) ?? request(url), violations);
      return new Response(answer?.body as string, { status: answer?.status ?? 404 });
    },
  });
  /** The addresses behind the page's two links. */
  const links = (url: string): URL[] => {
    const page = String(consent.answer(request(url), violations)?.body);
    return [...page.matchAll(/<a href="([^"]+)"/g)].map(([, href = '']) => new URL(href.replaceAll('&amp;', '&')));
  };
  const parametersOf = (url: URL | undefined) =>
    Object.fromEntries([...(url?.searchParams ?? []), ...new URLSearchParams(url?.hash.slice(1) ?? '')]);
  return {
    consent,
    violations,
    asked,
    clock,
    grants,
    environment,
    allow: (url: string) => parametersOf(links(url)[0]),
    refuse: (url: string) => parametersOf(links(url)[1]),
  };
}

let drawn = 0;
export const random = (sizeBytes: number): Uint8Array<ArrayBuffer> => {
  drawn += 1;
  return Uint8Array.from({ length: sizeBytes }, (_, at) => (at * 31 + drawn * 7) & 255);
};

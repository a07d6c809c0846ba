// Consent at a service: what is asked, which answers count, how tokens are renewed.
import { describe, expect, it } from 'vitest';
import { fromBase64Url } from '../../src/crypto/base64url';
import { createAccess } from '../../src/drives/access';
import { completeEnvironment, type DriveEnvironment } from '../../src/drives/environment';
import { createSignIns } from '../../src/drives/sign-in';
import type { CloudConfig, CloudKind, OauthGrant } from '../../src/model/drive';
import { codeOf } from './conformance';
import { createFakeConsent, fakeClientId } from './fakes/fake-consent';
import type { FakeRequest } from './fakes/fake-service';

const returnUrl = 'https://camphor.example/oauth.html';

/** A service that answers at once, without a network. */
function makeService(kind: CloudKind) {
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
const random = (sizeBytes: number): Uint8Array<ArrayBuffer> => {
  drawn += 1;
  return Uint8Array.from({ length: sizeBytes }, (_, at) => (at * 31 + drawn * 7) & 255);
};

describe('a sign-in', () => {
  for (const kind of ['dropbox', 'onedrive', 'google-drive'] as const)
    it(`at ${kind} is asked as it documents, and ends in a grant behind a ticket`, async () => {
      const service = makeService(kind);
      const signIns = createSignIns(service.environment, random);
      const { url, state } = await signIns.begin(kind, fakeClientId, returnUrl);
      expect(new URL(url).searchParams.get('state')).toBe(state);
      const signedIn = await signIns.finish(service.allow(url));
      expect(signedIn).toMatchObject({ kind, clientId: fakeClientId });
      const settled = signIns.settle({ ...signedIn, folder: '' }) as CloudConfig;
      const grant = settled.grant as OauthGrant;
      expect(grant.accessToken).toMatch(/^token-/);
      expect(grant.refreshToken === null).toBe(kind === 'google-drive');
      expect(grant.expiresAtMs).toBeGreaterThan(service.clock.nowMs);
      expect(service.violations).toEqual([]);
    });

  it('proves itself by the challenge of RFC 7636, appendix B', async () => {
    const verifier = fromBase64Url('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk') ?? new Uint8Array(32);
    const signIns = createSignIns(completeEnvironment(), () => verifier);
    const { url } = await signIns.begin('dropbox', fakeClientId, returnUrl);
    expect(new URL(url).searchParams.get('code_challenge')).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  it('counts an answer once, and none that was not asked for', async () => {
    const service = makeService('dropbox');
    const signIns = createSignIns(service.environment, random);
    const { url } = await signIns.begin('dropbox', fakeClientId, returnUrl);
    const answer = service.allow(url);
    for (const forged of [{}, { ...answer, state: 'forged' }, { code: 'code-of-another' }])
      expect(await codeOf(signIns.finish(forged as Record<string, string>))).toBe('sign-in-failed');
    expect(service.asked).toEqual([]);
    await signIns.finish(answer);
    expect(await codeOf(signIns.finish(answer))).toBe('sign-in-failed');
  });

  it('ends with what the service says: refused, another fault, a code that is not taken', async () => {
    const service = makeService('onedrive');
    const signIns = createSignIns(service.environment, random);
    const begin = () => signIns.begin('onedrive', fakeClientId, returnUrl);
    expect(await codeOf(signIns.finish(service.refuse((await begin()).url)))).toBe('sign-in-refused');
    expect(await codeOf(signIns.finish({ error: 'server_error', state: (await begin()).state }))).toBe('sign-in-failed');
    expect(await codeOf(signIns.finish({ state: (await begin()).state }))).toBe('sign-in-failed');
    expect(await codeOf(signIns.finish({ code: 'code-of-another', state: (await begin()).state }))).toBe('drive-signed-out');
  });

  it('is late after half an hour', async () => {
    const service = makeService('dropbox');
    const signIns = createSignIns(service.environment, random);
    const { url } = await signIns.begin('dropbox', fakeClientId, returnUrl);
    const answer = service.allow(url);
    service.clock.nowMs += 31 * 60_000;
    expect(await codeOf(signIns.finish(answer))).toBe('sign-in-failed');
  });

  it('has no grant behind a ticket that nobody gave', () => {
    const signIns = createSignIns(completeEnvironment(), random);
    expect(() => signIns.settle({ kind: 'dropbox', clientId: '', folder: '', grant: { ticket: 'none' } })).toThrow('drive-signed-out');
  });
});

describe('access', () => {
  const config = (kind: CloudKind, grant: OauthGrant): CloudConfig => ({ kind, clientId: fakeClientId, folder: '', grant });

  it('is renewed when its token ends or is refused, by one request for all who wait', async () => {
    const service = makeService('onedrive');
    const first = { ...service.consent.grant(), expiresAtMs: service.clock.nowMs + 1000 };
    const access = createAccess(config('onedrive', first), service.environment);
    expect(await access.token()).toBe(first.accessToken);
    service.clock.nowMs += 2000;
    const tokens = await Promise.all([access.token(), access.token(), access.token()]);
    expect(new Set(tokens).size).toBe(1);
    expect(service.asked).toHaveLength(1);
    access.refuse(tokens[0] ?? '');
    expect(await access.token()).not.toBe(tokens[0]);
    // OneDrive gives another refresh token each time, which is told so that it is kept.
    expect(new Set([first, ...service.grants].map(({ refreshToken }) => refreshToken)).size).toBe(3);
  });

  it('ends when consent was taken back, and at Google with its token', async () => {
    const service = makeService('dropbox');
    const ended = { ...service.consent.grant(), expiresAtMs: 0 };
    service.consent.revoke();
    expect(await codeOf(createAccess(config('dropbox', ended), service.environment).token())).toBe('drive-signed-out');
    const google = createAccess(config('google-drive', { ...ended, refreshToken: null }), service.environment);
    expect(await codeOf(google.token())).toBe('drive-signed-out');
  });

  it('tells a busy or failing service from one that has ended it', async () => {
    const service = makeService('dropbox');
    const ended = { ...service.consent.grant(), expiresAtMs: 0 };
    for (const [status, code] of [
      [429, 'drive-busy'],
      [503, 'drive-busy'],
      [500, 'drive-failed'],
      [401, 'sign-in-failed'],
    ] as const) {
      const environment = { ...service.environment, fetch: async () => new Response('no json', { status }) };
      expect(await codeOf(createAccess(config('dropbox', ended), environment).token()), String(status)).toBe(code);
    }
  });
});

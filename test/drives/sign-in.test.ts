// Consent at a service: what is asked, which answers count, how tokens are renewed.
import { describe, expect, it } from 'vitest';
import { fromBase64Url } from '../../src/crypto/base64url';
import { createAccess } from '../../src/drives/access';
import { completeEnvironment } from '../../src/drives/environment';
import { createSignIns } from '../../src/drives/sign-in';
import type { CloudConfig, CloudKind, OauthGrant } from '../../src/model/drive';
import { codeOf } from './conformance';
import { makeService, random, returnUrl } from './fakes/consent-service';
import { fakeClientId } from './fakes/fake-consent';

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

  it('goes on in another thread that what proves it ours was handed to, once, and within half an hour', async () => {
    const service = makeService('dropbox');
    const [left, came] = [createSignIns(service.environment, random), createSignIns(service.environment, random)];
    const { url, state } = await left.begin('dropbox', fakeClientId, returnUrl);
    const pending = left.hand(state);
    expect(() => left.hand(state)).toThrow('sign-in-failed');
    const answer = service.allow(url);
    expect(await codeOf(left.finish(answer))).toBe('sign-in-failed');
    came.resume(pending);
    expect(await came.finish(answer)).toMatchObject({ kind: 'dropbox', clientId: fakeClientId });
    for (const awayMs of [31 * 60_000, -31 * 60_000]) {
      const again = await left.begin('dropbox', fakeClientId, returnUrl);
      came.resume(left.hand(again.state));
      service.clock.nowMs += awayMs;
      expect(await codeOf(came.finish(service.allow(again.url)))).toBe('sign-in-failed');
    }
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

// The consent of a contract fake (RFC 6749, 6750, 7636): a page with two links, codes that serve once, tokens that end.
import { createHash, randomBytes } from 'node:crypto';
import { oauthServices } from '../../../src/drives/oauth-services';
import type { CloudKind, OauthGrant } from '../../../src/model/drive';
import type { FakeAnswer, FakeRequest } from './fake-service';

export interface FakeConsent {
  readonly clientId: string;
  readonly hosts: readonly string[];
  /** The answer where the request is one of consent or of tokens; null else. */
  answer(request: FakeRequest, violations: string[]): FakeAnswer | null;
  /** True where the request has a token that lives. */
  isSignedIn(request: FakeRequest): boolean;
  /** A grant without a page. */
  grant(): OauthGrant;
  /** Access tokens end; refresh tokens go on. */
  endTokens(): void;
  /** The owner takes consent back: nothing that was given serves any more. */
  revoke(): void;
  /** How long tokens live that are given from now on. */
  livesSeconds: number;
}

export const fakeClientId = 'client-of-the-tests';

export function createFakeConsent(kind: CloudKind): FakeConsent {
  const service = oauthServices[kind];
  const consent = new URL(service.consentUrl);
  const token = service.tokenUrl === null ? null : new URL(service.tokenUrl);
  const codes = new Map<string, { readonly challenge: string; readonly returnUrl: string }>();
  const [tokens, refreshTokens]: [Set<string>, Set<string>] = [new Set(), new Set()];
  const give = (): { access_token: string; token_type: string; expires_in: number; refresh_token?: string } => {
    const given = `token-${randomBytes(12).toString('hex')}`;
    tokens.add(given);
    return { access_token: given, token_type: 'bearer', expires_in: fake.livesSeconds };
  };
  const giveRefresh = (): string => {
    const given = `refresh-${randomBytes(12).toString('hex')}`;
    refreshTokens.add(given);
    return given;
  };
  const fake: FakeConsent = {
    clientId: fakeClientId,
    hosts: [consent.hostname, ...(token === null ? [] : [token.hostname])],
    livesSeconds: 3600,
    answer(request, violations) {
      if (request.host === consent.hostname && request.path === consent.pathname) return showConsent(request.query, violations);
      if (token === null || request.host !== token.hostname || request.path !== token.pathname) return null;
      return exchange(new URLSearchParams(request.body.toString()), violations);
    },
    isSignedIn: ({ headers }) => tokens.has(/^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1] ?? ''),
    grant() {
      const { access_token: accessToken } = give();
      return { accessToken, expiresAtMs: Date.now() + 3_600_000, refreshToken: token === null ? null : giveRefresh() };
    },
    endTokens: () => tokens.clear(),
    revoke() {
      tokens.clear();
      refreshTokens.clear();
    },
  };
  const showConsent = (query: URLSearchParams, violations: string[]): FakeAnswer => {
    const read = (name: string): string => query.get(name) ?? '';
    const returnUrl = read('redirect_uri');
    const expected = token === null ? 'token' : 'code';
    if (read('client_id') !== fakeClientId) violations.push('consent: unknown client');
    if (read('response_type') !== expected) violations.push(`consent: response_type ${read('response_type')}`);
    if (read('scope') !== service.scope) violations.push(`consent: scope ${read('scope')}`);
    if (read('state').length < 22) violations.push('consent: the state can be guessed');
    if (token !== null && (read('code_challenge_method') !== 'S256' || read('code_challenge').length !== 43))
      violations.push('consent: PKCE');
    const back = (answer: Record<string, string>): string => {
      const parameters = new URLSearchParams({ ...answer, state: read('state') }).toString();
      const isBehindHash = token === null || read('response_mode') === 'fragment';
      return `${returnUrl}${isBehindHash ? '#' : '?'}${parameters}`.replaceAll('&', '&amp;');
    };
    const allowed = (): Record<string, string> => {
      if (token === null) return Object.fromEntries(Object.entries(give()).map(([name, value]) => [name, String(value)]));
      const code = `code-${randomBytes(12).toString('hex')}`;
      codes.set(code, { challenge: read('code_challenge'), returnUrl });
      return { code };
    };
    const page = `<!doctype html><title>Consent</title><link rel="icon" href="data:,"><a href="${back(allowed())}">Allow</a> <a href="${back({ error: 'access_denied' })}">Refuse</a>`;
    // As the services' own pages do: whoever opened them is cut off.
    return { status: 200, headers: { 'Content-Type': 'text/html', 'Cross-Origin-Opener-Policy': 'same-origin' }, body: page };
  };
  const exchange = (form: URLSearchParams, violations: string[]): FakeAnswer => {
    const read = (name: string): string => form.get(name) ?? '';
    const refuse = (error: string): FakeAnswer => json(400, { error });
    if (read('client_id') !== fakeClientId) return refuse('invalid_client');
    if (form.has('client_secret')) violations.push('token: a page has no secret');
    if (read('grant_type') === 'refresh_token') {
      if (!refreshTokens.has(read('refresh_token'))) return refuse('invalid_grant');
      return json(200, { ...give(), ...(kind === 'onedrive' ? { refresh_token: giveRefresh() } : {}) });
    }
    if (read('grant_type') !== 'authorization_code') return refuse('unsupported_grant_type');
    const code = codes.get(read('code'));
    codes.delete(read('code'));
    const isProven = createHash('sha256').update(read('code_verifier')).digest('base64url') === code?.challenge;
    if (code === undefined || !isProven || code.returnUrl !== read('redirect_uri')) return refuse('invalid_grant');
    return json(200, { ...give(), refresh_token: giveRefresh() });
  };
  return fake;
}

export function json(status: number, value: unknown): FakeAnswer {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}

// How each service asks for consent and gives tokens to a page without a secret (backup.md §5.4–5.6).

import type { CloudKind } from '../model/drive';

export interface OauthService {
  /** The page of consent. */
  readonly consentUrl: string;
  /** Where a code, or a refresh token, is exchanged; null where a page gets its token from consent itself. */
  readonly tokenUrl: string | null;
  /** Asked for by name; '' where the registration of the app says it. */
  readonly scope: string;
  /** Parameters of the page of consent beside those that all have. */
  readonly consent: Readonly<Record<string, string>>;
}

/**
 * Dropbox: developers.dropbox.com/oauth-guide (PKCE; `token_access_type=offline` gives a refresh token that does not end).
 * OneDrive: the Microsoft identity platform's code flow for single-page apps; its refresh token lives for 24 hours.
 * Google: a web client's code cannot be exchanged without a secret, so that its token comes from consent (docs/decisions/0010-sign-in.md).
 */
export const oauthServices: Readonly<Record<CloudKind, OauthService>> = {
  dropbox: {
    consentUrl: 'https://www.dropbox.com/oauth2/authorize',
    tokenUrl: 'https://api.dropboxapi.com/oauth2/token',
    scope: 'account_info.read files.metadata.read files.content.read files.content.write',
    consent: { token_access_type: 'offline' },
  },
  onedrive: {
    consentUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    scope: 'Files.ReadWrite.AppFolder offline_access',
    // The code comes behind `#`, which no server is sent.
    consent: { response_mode: 'fragment' },
  },
  'google-drive': {
    consentUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: null,
    scope: 'https://www.googleapis.com/auth/drive.file',
    consent: { include_granted_scopes: 'false' },
  },
};

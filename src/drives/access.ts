// Access tokens of a service: asked for anew when they end or are refused, one request for all who wait.

import type { CloudConfig, OauthGrant } from '../model/drive';
import { CamphorError } from '../model/error';
import type { DriveEnvironment } from './environment';
import { oauthServices } from './oauth-services';
import { askForGrant } from './token-answer';

export interface Access {
  /** A token that lives, as far as is known. Throws `drive-signed-out` where only the owner can get one, and what a request throws. */
  token(): Promise<string>;
  /** The service refused this token: it is not given again. */
  refuse(token: string): void;
}

/** Tells `environment.onGrant` of each new grant, so that it is kept. */
export function createAccess(config: CloudConfig, environment: DriveEnvironment): Access {
  let grant: OauthGrant | null = 'ticket' in config.grant ? null : config.grant;
  let refused: string | null = null;
  let asking: Promise<OauthGrant> | null = null;
  const renew = async (): Promise<OauthGrant> => {
    const { tokenUrl } = oauthServices[config.kind];
    const refreshToken = grant?.refreshToken ?? null;
    if (tokenUrl === null || refreshToken === null) throw new CamphorError('drive-signed-out', { reason: 'ended' });
    const parameters = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: config.clientId };
    const newer = await askForGrant(environment, tokenUrl, parameters);
    grant = newer;
    environment.onGrant(newer);
    return newer;
  };
  return {
    async token() {
      const isAlive = grant !== null && grant.accessToken !== refused && grant.expiresAtMs > environment.nowMs();
      if (isAlive && grant !== null) return grant.accessToken;
      asking ??= renew().finally(() => (asking = null));
      return (await asking).accessToken;
    },
    refuse: (token) => void (refused = token),
  };
}

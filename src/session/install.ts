// The browser's offer to install the app, kept until the owner asks for it.

import { CamphorError } from '../model/error';

/** Chromium's event; other engines offer nothing and the owner installs from the browser's menu. */
interface InstallOffer extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

export interface Install {
  readonly possible: boolean;
  /** Rejects with `not-found` where there is no offer. */
  ask(): Promise<'accepted' | 'dismissed'>;
}

export function watchInstall(onOffer: () => void): Install {
  let offer: InstallOffer | null = null;
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offer = event as InstallOffer;
    onOffer();
  });
  addEventListener('appinstalled', () => (offer = null));
  return {
    get possible() {
      return offer !== null;
    },
    ask: async () => {
      if (offer === null) throw new CamphorError('not-found', { what: 'install' });
      const asked = offer;
      offer = null;
      return (await asked.prompt()).outcome;
    },
  };
}

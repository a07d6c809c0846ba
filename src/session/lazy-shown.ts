// Hidden conversations before anybody asks to see them: the first call loads what shows them.

import type { Session } from './session';
import type { ShownForNow } from './shown-for-now';

export interface LazyShown {
  readonly calls: Pick<Session, 'showHidden' | 'hideAgain'>;
  isShown(): boolean;
  /** The vault has been locked: nothing is shown, and nobody needs to hear of it. */
  end(): void;
}

export function lazyShown(
  { vaultWorker, limitMs }: Pick<ShownForNow, 'vaultWorker' | 'limitMs'>,
  onChange: (shown: boolean) => void,
): LazyShown {
  let shown = false;
  const forNow: ShownForNow = { vaultWorker, limitMs, isShown: () => shown, setShown: (next) => onChange((shown = next)) };
  return {
    calls: {
      showHidden: async (passphrase) => (await import('./shown-for-now')).showHidden(forNow, passphrase),
      hideAgain: async () => (await import('./shown-for-now')).hideAgain(forNow),
    },
    isShown: () => shown,
    end: () => void (shown = false),
  };
}

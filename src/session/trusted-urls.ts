// Addresses of code. Trusted Types forbid strings where a worker or the service worker is started; this policy lets through
// only scripts of the app's own folder and blobs that the session made itself.

const ownBlobs = new Set<string>();

function check(address: string): string {
  const url = new URL(address, document.baseURI);
  const own = url.href.startsWith(new URL('.', document.baseURI).href) && url.search === '';
  if (own || ownBlobs.has(address)) return address;
  throw new TypeError('not a script of this app');
}

const policy = globalThis.trustedTypes?.createPolicy('app-scripts', { createScriptURL: check }) ?? { createScriptURL: check };

/** A TrustedScriptURL where the browser has them; typed as what TypeScript's DOM library expects. */
function trusted(address: string): string {
  return policy.createScriptURL(address) as unknown as string;
}

/** An absolute address of a script of the app, accepted by `Worker` and `serviceWorker.register`. Throws TypeError for others. */
export function ownScriptUrl(address: string): string {
  return trusted(new URL(address, document.baseURI).href);
}

/** A module of `source`, to be revoked once it has been loaded. */
export function blobScriptUrl(source: string): { readonly url: string; revoke(): void } {
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  ownBlobs.add(address);
  return {
    url: trusted(address),
    revoke: () => {
      ownBlobs.delete(address);
      URL.revokeObjectURL(address);
    },
  };
}

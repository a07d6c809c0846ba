// Leaving the page for consent where no window opens, and what waits when it is back: the answer, sealed for the vault by oauth.html,
// beside the place in the app to go on from. Nothing in the clear but a public key, a hash, and a route, which names nobody.

import type { CloudKind, LeftSignIn } from '../model/drive';
import { toBase64Url } from './base64url';

/** The name that consent-return.ts uses. */
const leftItem = 'camphor-consent-left';

/** An app on the Home Screen of an iPhone: windows that it opens are cut off from it, and their answer is never heard. */
export function opensNoWindows(): boolean {
  return (navigator as { readonly standalone?: boolean }).standalone === true;
}

export interface LeftPlace {
  readonly kind: CloudKind;
  /** Where the app goes on. */
  readonly route: string;
}

/** Leaves for the service's page. */
export async function leaveForConsent({ url, state, publicKey }: LeftSignIn, { kind, route }: LeftPlace): Promise<void> {
  const stateHash = toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(state))));
  localStorage.setItem(leftItem, JSON.stringify({ publicKey, stateHash, kind, route }));
  location.assign(url);
}

/** The answer that came meanwhile for the place at that route, once; null where none did. */
export function takeConsentAnswer(route: string): { readonly kind: CloudKind; readonly sealed: string } | null {
  const text = localStorage.getItem(leftItem);
  const kept = text === null ? null : (JSON.parse(text) as LeftPlace & { readonly sealed?: string });
  if (kept === null || kept.sealed === undefined || kept.route !== route) return null;
  localStorage.removeItem(leftItem);
  return { kind: kept.kind, sealed: kept.sealed };
}

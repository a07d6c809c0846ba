// A passkey's secret for repositories, by WebAuthn's PRF extension. A convenience: the credential belongs to this address,
// so a moved app loses it, and the screen says so.

import { toBase64Url } from './base64url';

// The same for all repositories: which one it is, is known only once it is open. Each passkey has a secret of its own.
const salt = new TextEncoder().encode('camphor repository');

function outputOf(credential: Credential | null): string | null {
  if (!(credential instanceof PublicKeyCredential)) return null;
  const first = credential.getClientExtensionResults().prf?.results?.first;
  return first === undefined ? null : toBase64Url(new Uint8Array(ArrayBuffer.isView(first) ? first.buffer : first));
}

async function ask(): Promise<string | null> {
  const challenge = crypto.getRandomValues(new Uint8Array(32));
  const extensions = { prf: { eval: { first: salt } } };
  return outputOf(await navigator.credentials.get({ publicKey: { challenge, userVerification: 'required', extensions } }));
}

async function create(): Promise<string | null> {
  const random = (size: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(size));
  const credential = await navigator.credentials.create({
    publicKey: {
      challenge: random(32),
      rp: { name: 'Camphor' },
      user: { id: random(16), name: 'backup', displayName: 'Camphor' },
      pubKeyCredParams: [
        { type: 'public-key', alg: -7 },
        { type: 'public-key', alg: -257 },
      ],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      extensions: { prf: { eval: { first: salt } } },
    },
  });
  // Not every authenticator answers while it makes the credential.
  return outputOf(credential) ?? (credential === null ? null : ask());
}

/** base64url of 32 bytes; null where the owner or the browser declines. Needs a click. */
export async function passkeyText(mode: 'create' | 'ask'): Promise<string | null> {
  try {
    return await (mode === 'create' ? create() : ask());
  } catch (cause) {
    if (cause instanceof DOMException) return null;
    throw cause;
  }
}

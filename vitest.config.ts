import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGS, CHROMIUM_PATH } from './tests/chromium.ts';
import { LONG_WAIT } from './tests/helpers/wait.ts';
import { kernels } from './tools/kernels.ts';
import { messages } from './tools/messages.ts';

const worker = { format: 'es' as const, plugins: () => [kernels(), messages()] };

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [kernels(), messages()],
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/browser/**', 'tests/e2e/**'],
          // Waits, not speed, are what it ends: the machine may be busy with the journeys at the same time.
          testTimeout: 180_000,
          expect: { poll: LONG_WAIT },
        },
      },
      {
        plugins: [svelte(), kernels(), messages()],
        worker,
        // Found before the first test: a dependency met in the middle of a run would reload the page under it.
        optimizeDeps: {
          include: [
            'axe-core',
            'bits-ui',
            'vitest-browser-svelte',
            'mediabunny',
            '@mediabunny/flac-encoder',
            '@mediabunny/mp3-encoder',
          ],
          exclude: ['@lucide/svelte'],
        },
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 60_000,
          expect: { poll: LONG_WAIT },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            instances: [{ browser: 'chromium' }],
            provider: playwright({ launchOptions: { executablePath: CHROMIUM_PATH, args: CHROMIUM_ARGS } }),
          },
        },
      },
    ],
    // Two cores are all that can be counted on.
    maxWorkers: 2,
  },
});

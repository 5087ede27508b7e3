import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { csp } from './tools/csp.ts';
import { kernels } from './tools/kernels.ts';
import { messages } from './tools/messages.ts';
import { pageWorkers } from './tools/pageWorkers.ts';
import { schemas } from './tools/schemas.ts';
import { serviceWorker } from './tools/serviceWorker.ts';
import { silentTriggers } from './tools/silentTriggers.ts';

export default defineConfig({
  base: './',
  plugins: [
    svelte(),
    kernels(),
    messages(),
    silentTriggers(),
    pageWorkers('storage/backup/backup.worker.ts', 'formats/decode.worker.ts'),
    csp(),
    schemas(),
    serviceWorker(),
  ],
  worker: { format: 'es', plugins: () => [kernels(), messages(), silentTriggers()] },
  build: { target: 'es2022', assetsInlineLimit: 0 },
  optimizeDeps: {
    // Found only behind the first press: listed here so that the dev server does not reload the page at that moment.
    include: [
      'standardized-audio-context',
      'tone/build/esm/core/context/Context.js',
      'tone/build/esm/core/Global.js',
      'tone/build/esm/core/context/Gain.js',
      'tone/build/esm/component/analysis/Meter.js',
      'tone/build/esm/core/context/ToneAudioNode.js',
      'tone/build/esm/core/context/Destination.js',
      'mediabunny',
      '@mediabunny/flac-encoder',
      '@mediabunny/mp3-encoder',
    ],
  },
});

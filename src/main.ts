// Composition root: opens the stores, makes the page's state, mounts the page, then starts offline support.
import { mount } from 'svelte';
import { createHost } from './audio/host.ts';
import { createRenderClient } from './audio/renderClient.ts';
import { FACTORY } from './presets/factory.ts';
import { openStorage } from './storage/openStorage.ts';
import App from './ui/app/App.svelte';
import { createApp } from './ui/app/createApp.ts';
import { initLocale } from './ui/app/initLocale.ts';
import './ui/app/theme.css';
import { watchLinks } from './ui/features/import/watchLinks.ts';
import { Settings } from './ui/features/settings/settings.svelte.ts';
import './ui/kit/controls.css';
import './ui/kit/range.css';

async function start(target: HTMLElement): Promise<void> {
  await initLocale();
  const storage = await openStorage();
  const settings = new Settings(storage.settings);
  // What cannot be read now is shown by the library, which reads it once more.
  const none = { presets: [], unreadable: 0 };
  const [draft, saved] = await Promise.all([
    storage.drafts.load(),
    storage.presets.list().catch(() => none),
    settings.load(),
  ]);
  const all = [...saved.presets.map(({ preset }) => preset), ...FACTORY];
  const first = all.find(({ id }) => id === draft?.presetId) ?? FACTORY[0];
  if (!first) throw new Error('There is no sound to begin with.');
  const app = createApp({
    host: createHost(),
    renderer: createRenderClient(),
    storage,
    settings,
    first,
    draft,
  });
  target.replaceChildren();
  mount(App, { target, props: { app } });
  await Promise.all([app.savedPresets.load(), app.practice.load()]);
  watchLinks((fragment) => void app.importQueue.importLink(fragment));
  const { registerServiceWorker } = await import('./ui/features/offline/registerServiceWorker.ts');
  await registerServiceWorker(app);
}

const target = document.getElementById('app');
if (target) void start(target);
